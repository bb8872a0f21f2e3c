"""The second step of signing in: the code of an app, or one from paper."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta

from backend import web
from backend.accounts import entering
from backend.accounts.codes import CodeOver, WrongCode
from backend.accounts.pages.sign_in import CODE_COOKIE, AnyRequest, browser_of, code_token, led, told
from backend.errors import DomainError, TooMany


class Shown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of the app, or a recovery code."""

    code: Annotated[str, Meta(max_length=40)] = ""


@get("/sign-in/second", opt={"permission": None, "answers": (303,)})
async def form(request: AnyRequest) -> Response[Any]:
    """Only who has shown the password comes here."""
    return _page(request) if CODE_COOKIE in request.cookies else Redirect("/sign-in", status_code=303)


@post("/sign-in/second", status_code=303, opt={"permission": None, "refuses": (401, 429)})
async def show(request: AnyRequest, data: URLEncodedBody[Shown]) -> Response[Any]:
    """In, if it is a code of this account that was not used before."""
    try:
        return led(await entering.by_second(code_token(request), data.code, browser_of(request)))
    except (WrongCode, CodeOver, TooMany) as refusal:
        return _page(request, refusal)


def _page(request: AnyRequest, refusal: DomainError | None = None) -> Response[Any]:
    response = web.page(
        request,
        "accounts/second.html",
        status=refusal.http_status if refusal else 200,
        keep=False,
        over=isinstance(refusal, CodeOver),
        errors={"code": str(refusal)} if refusal else {},
    )
    return told(response, refusal)


ROUTES = (form, show)
