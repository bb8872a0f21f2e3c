"""One's own account: name, news by mail, password, and where one is signed in."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta

from backend import web
from backend.accounts import oneself, sessions
from backend.accounts.pages.sign_in import OF_A_PASSWORD, AnyRequest, account_of, told
from backend.errors import DomainError, InvalidInput, TooMany

HERE = "/account"
OF_A_NAME = {"name": {"type": "string", "maxLength": oneself.LONGEST_NAME, "pattern": r"\S"}}
"""What the contract says of a form that asks how somebody is called."""


class Called(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one is called, and whether news come by mail."""

    name: Annotated[str, Meta(max_length=200)] = ""
    mail_me: str = ""


class NewPassword(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The old password and the new one."""

    old: Annotated[str, Meta(max_length=1000)] = ""
    password: Annotated[str, Meta(max_length=1000)] = ""


class Ended(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which session ends: its id, `others` or `all`."""

    session: Annotated[str, Meta(max_length=64)] = ""


@get(HERE, opt={"permission": None, "account": True, "asks": ("done",)})
async def account(request: AnyRequest) -> Response[Any]:
    """What the account says of one."""
    return await page(request)


@post("/account/name", status_code=303, opt={"permission": None, "account": True, "needs": ("name",), "fields": OF_A_NAME})
async def name(request: AnyRequest, data: URLEncodedBody[Called]) -> Response[Any]:
    """Another name, other wishes."""
    me = account_of(request)
    try:
        await oneself.tell(me, data.name, mail_me=bool(data.mail_me))
    except InvalidInput as refusal:
        return await page(request, refusal)
    return Redirect(f"{HERE}?done=name", status_code=303)


@post(
    "/account/password",
    status_code=303,
    opt={"permission": None, "account": True, "needs": ("old", "password"), "fields": OF_A_PASSWORD, "refuses": (429,)},
)
async def password(request: AnyRequest, data: URLEncodedBody[NewPassword]) -> Response[Any]:
    """Another password, by who knows the old one; all other browsers are out."""
    me = account_of(request)
    try:
        await oneself.change_password(me, data.old, data.password, source=web.source(request), here=_token(request))
    except (oneself.WrongOldPassword, InvalidInput, TooMany) as refusal:
        return await page(request, refusal)
    return Redirect(f"{HERE}?done=password", status_code=303)


@post("/account/sessions/end", status_code=303, opt={"permission": None, "account": True})
async def end(request: AnyRequest, data: URLEncodedBody[Ended]) -> Redirect:
    """Sign one browser out, all others, or all."""
    me, here = account_of(request), _token(request)
    match data.session:
        case "all":
            await sessions.close_all(me)
        case "others":
            await sessions.close_all(me, but=here)
        case session:
            await sessions.end(me, session)
    if data.session in {"all", sessions.hashed(here)}:
        return Redirect("/", status_code=303, cookies=[web.without(sessions.ACCOUNT_COOKIE)])
    return Redirect(f"{HERE}?done=sessions", status_code=303)


async def page(request: AnyRequest, refusal: DomainError | None = None, *, field: str = "old") -> Response[Any]:
    """The account, with what was refused beside its `field`."""
    me = account_of(request)
    errors = refusal.fields if isinstance(refusal, InvalidInput) else {field: str(refusal)} if refusal else {}
    response = web.page(
        request,
        "accounts/account.html",
        status=refusal.http_status if refusal else 200,
        keep=False,
        me=await oneself.of(me),
        sessions=await sessions.of(me, _token(request)),
        claimed=len(web.actor(request).claimed),
        errors=errors,
        done=request.query_params.get("done", ""),
    )
    return told(response, refusal)


def _token(request: AnyRequest) -> str:
    return request.cookies.get(sessions.ACCOUNT_COOKIE, "")


ROUTES = (account, name, password, end)
