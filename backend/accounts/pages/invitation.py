"""Accepting an invitation: a name, a password, and then the second factor."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import URLEncodedBody
from msgspec import Meta

from backend import web
from backend.accounts import invitations
from backend.accounts.codes import CodeOver
from backend.accounts.pages.sign_in import OF_A_PASSWORD, AnyRequest, browser_of, led, told
from backend.errors import DomainError, InvalidInput, TooMany


class Accepted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The token of the mail, and who it is that accepts."""

    token: Annotated[str, Meta(max_length=100)] = ""
    name: Annotated[str, Meta(max_length=200)] = ""
    password: Annotated[str, Meta(max_length=1000)] = ""


@get("/invitation", opt={"permission": None})
async def form(request: AnyRequest) -> Response[str]:
    """The same page for everybody: the token is filled in on the phone."""
    return _page(request)


@post(
    "/invitation", status_code=303, opt={"permission": None, "needs": ("token", "password"), "fields": OF_A_PASSWORD, "refuses": (401, 429)}
)
async def accept(request: AnyRequest, data: URLEncodedBody[Accepted]) -> Response[Any]:
    """In, and on to the second factor."""
    try:
        return led(await invitations.accept(data.token.strip(), data.name, data.password, browser_of(request)))
    except (CodeOver, InvalidInput, TooMany) as refusal:
        return told(_page(request, refusal, token=data.token, name=data.name), refusal)


def _page(request: AnyRequest, refusal: DomainError | None = None, *, token: str = "", name: str = "") -> Response[Any]:
    errors = refusal.fields if isinstance(refusal, InvalidInput) else {"token": str(refusal)} if refusal else {}
    status = refusal.http_status if refusal else 200
    return web.page(request, "accounts/invitation.html", status=status, shell=True, keep=False, token=token, name=name, errors=errors)


ROUTES = (form, accept)
