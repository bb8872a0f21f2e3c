"""A forgotten password: asking for a link, and what it opens. The link's token stays in the fragment, which never reaches a log."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta

from backend import web
from backend.accounts import resets
from backend.accounts.codes import CodeOver
from backend.accounts.pages.sign_in import OF_A_PASSWORD, OF_AN_ADDRESS, AnyRequest, told
from backend.errors import DomainError, InvalidInput, TooMany


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose password was forgotten."""

    email: Annotated[str, Meta(max_length=254)] = ""


class Chosen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The token of the mail, and the new password."""

    token: Annotated[str, Meta(max_length=100)] = ""
    password: Annotated[str, Meta(max_length=1000)] = ""


@get("/reset", opt={"permission": None})
async def ask_form(request: AnyRequest) -> Response[str]:
    """Whose password was forgotten?"""
    return web.page(request, "accounts/reset.html", sent=False, email="", errors={})


@post("/reset", status_code=200, opt={"permission": None, **OF_AN_ADDRESS, "refuses": (429,)})
async def ask(request: AnyRequest, data: URLEncodedBody[Asked]) -> Response[Any]:
    """A link is on its way, whoever it is."""
    try:
        await resets.ask(data.email, web.source(request))
    except (InvalidInput, TooMany) as refusal:
        page = web.page(
            request,
            "accounts/reset.html",
            status=refusal.http_status,
            keep=False,
            sent=False,
            email=data.email,
            errors={"email": str(refusal)},
        )
        return told(page, refusal)
    return web.page(request, "accounts/reset.html", keep=False, sent=True, email=data.email.strip(), errors={})


@get("/reset/new", opt={"permission": None})
async def new_form(request: AnyRequest) -> Response[str]:
    """The new password. The same page for everybody: the token is filled in on the phone."""
    return _page(request)


@post(
    "/reset/new", status_code=303, opt={"permission": None, "needs": ("token", "password"), "fields": OF_A_PASSWORD, "refuses": (401, 429)}
)
async def new(request: AnyRequest, data: URLEncodedBody[Chosen]) -> Response[Any]:
    """From now on this password; everybody is out and signs in anew."""
    try:
        await resets.set_new(data.token.strip(), data.password, web.source(request))
    except (CodeOver, InvalidInput, TooMany) as refusal:
        return told(_page(request, refusal, token=data.token), refusal)
    return Redirect("/sign-in?done=reset", status_code=303)


def _page(request: AnyRequest, refusal: DomainError | None = None, *, token: str = "") -> Response[Any]:
    errors = refusal.fields if isinstance(refusal, InvalidInput) else {"token": str(refusal)} if refusal else {}
    status = refusal.http_status if refusal else 200
    return web.page(request, "accounts/reset_new.html", status=status, shell=True, keep=False, token=token, errors=errors)


ROUTES = (ask_form, ask, new_form, new)
