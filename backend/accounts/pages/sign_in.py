"""Signing in, with a password or a code from the mailbox, and out."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta

from backend import web
from backend.accounts import browsers, demo, entering, passwords, queries, sessions
from backend.accounts.actions import WrongPassword
from backend.accounts.codes import CodeOver, WrongCode
from backend.accounts.entering import Browser, Led
from backend.accounts.titles import title
from backend.errors import DomainError, InvalidInput, NotSignedIn, TooMany
from backend.mail import actions as mail
from backend.settings import settings

AnyRequest = Request[Any, Any, Any]

CODE_COOKIE = "__Host-code"
"""Binds a code to the browser that asked for it."""
OF_AN_ADDRESS: dict[str, Any] = {
    "needs": ("email",),
    "fields": {"email": {"type": "string", "maxLength": mail.LONGEST_ADDRESS, "pattern": f"^{mail.ADDRESS}$"}},
}
"""What the contract says of a form that asks for an address."""
OF_A_PASSWORD = {"password": {"type": "string", "minLength": passwords.SHORTEST, "maxLength": passwords.LONGEST}}
"""The same of one that asks for a new password."""


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the form of signing in sends. Without a password a code is sent; `next` is the page to go on to."""

    email: Annotated[str, Meta(max_length=254)] = ""
    password: Annotated[str, Meta(max_length=1000)] = ""
    next: Annotated[str, Meta(max_length=2000)] = "/"


class MailedCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code of the mail; `name` is how a new account shall be called."""

    code: Annotated[str, Meta(max_length=40)] = ""
    name: Annotated[str, Meta(max_length=80)] = ""


@get("/sign-in", name="sign_in", opt={"permission": None, "asks": ("next", "done"), "answers": (303,)})
async def sign_in_form(request: AnyRequest) -> Response[Any]:
    """The form; who is signed in goes on at once."""
    then = web.local_path(request.query_params.get("next", "/"))
    return await _form(request, then) if web.actor(request).account is None else Redirect(then, status_code=303)


@post("/sign-in", status_code=303, opt={"permission": None, **OF_AN_ADDRESS, "refuses": (401, 429)})
async def sign_in(request: AnyRequest, data: URLEncodedBody[SignIn]) -> Response[Any]:
    """With a password in, or on to the second factor; without, a code is on its way, whoever it is."""
    then = web.local_path(data.next)
    try:
        if data.password:
            return led(await entering.by_password(data.email, data.password, browser_of(request), then))
        return led(await entering.ask_code(data.email, browser_of(request), then))
    except (WrongPassword, InvalidInput, TooMany) as refusal:
        return await _form(request, then, email=data.email, refusal=refusal)


@get("/sign-in/code", opt={"permission": None, "answers": (303,)})
async def code_form(request: AnyRequest) -> Response[Any]:
    """Where the code of the mail is typed; the same for a known address and an unknown one."""
    return await _code_page(request) if CODE_COOKIE in request.cookies else Redirect("/sign-in", status_code=303)


@post("/sign-in/code", status_code=303, opt={"permission": None, "refuses": (401, 429)})
async def code(request: AnyRequest, data: URLEncodedBody[MailedCode]) -> Response[Any]:
    """In, if it is the code that was sent for this browser."""
    try:
        return led(await entering.by_code(code_token(request), data.code, data.name, browser_of(request)))
    except (WrongCode, CodeOver, TooMany) as refusal:
        return await _code_page(request, name=data.name, refusal=refusal)


@post("/sign-out", status_code=303, opt={"permission": None})
async def sign_out(request: AnyRequest) -> Redirect:
    """Out, also as a guest: the next person at this phone shall find nothing open. What waits in its queue stays."""
    names = (sessions.ACCOUNT_COOKIE, sessions.GUEST_COOKIE)
    for token in filter(None, map(request.cookies.get, names)):
        await sessions.close(token)
    return Redirect("/", status_code=303, cookies=[web.without(name) for name in names])


def browser_of(request: AnyRequest) -> Browser:
    """What somebody comes in with."""
    return Browser(
        source=web.source(request),
        words=browsers.described(request.headers.get("user-agent", "")),
        earlier=request.cookies.get(sessions.ACCOUNT_COOKIE),
    )


def led(on: Led) -> Redirect:
    """On to the next page, with the cookie it needs; a code that was used is forgotten."""
    kept = [web.cookie(sessions.ACCOUNT_COOKIE, on.session), web.without(CODE_COOKIE)] if on.session else []
    asked = [web.cookie(CODE_COOKIE, on.code)] if on.code else []
    return Redirect(on.to, status_code=303, cookies=kept + asked)


def account_of(request: AnyRequest) -> UUID:
    """Whose account is open here. Raises `NotSignedIn`."""
    account = web.actor(request).account
    if account is None:
        raise NotSignedIn
    return account


def code_token(request: AnyRequest) -> str:
    """What binds a code to this browser; empty where it asked for none."""
    return request.cookies.get(CODE_COOKIE, "")


def told(response: Response[Any], refusal: DomainError | None) -> Response[Any]:
    """When to come back, where there were too many tries."""
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


async def _form(request: AnyRequest, then: str, *, email: str = "", refusal: DomainError | None = None) -> Response[Any]:
    response = web.page(
        request,
        "accounts/sign_in.html",
        status=refusal.http_status if refusal else 200,
        next=then,
        values={"email": email},
        errors={"email": str(refusal)} if refusal else {},
        demo=_examples() if await queries.has_demo() else {},
        done=request.query_params.get("done", ""),
    )
    return told(response, refusal)


def _examples() -> dict[str, str]:
    """One account of each role to try the app with: what it is, and its address. None in a city's real installation."""
    if settings().production:
        return {}
    examples: dict[str, str] = {}
    for each in demo.ACCOUNTS:
        examples.setdefault(title(each.role, head=each.head, delegate=bool(each.acts_for)), each.email)
    return examples


async def _code_page(request: AnyRequest, *, name: str = "", refusal: DomainError | None = None) -> Response[Any]:
    asked = await entering.asked_by(code_token(request))
    response = web.page(
        request,
        "accounts/code.html",
        status=refusal.http_status if refusal else 200,
        keep=False,
        email=asked.email if asked else "",
        next=asked.then if asked else "/",
        name=name,
        errors={"code": str(refusal)} if refusal else {},
    )
    return told(response, refusal)


ROUTES = (sign_in_form, sign_in, code_form, code, sign_out)
