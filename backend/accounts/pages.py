"""Signing in and out."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta

from backend import web
from backend.accounts import actions, queries, sessions
from backend.accounts.actions import WrongPassword
from backend.errors import DomainError, TooMany


class SignIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the form of signing in sends; `next` is the page to go on to."""

    email: Annotated[str, Meta(max_length=254)] = ""
    password: Annotated[str, Meta(max_length=1000)] = ""
    next: Annotated[str, Meta(max_length=2000)] = "/"


@get("/sign-in", name="sign_in")
async def sign_in_form(request: Request[Any, Any, Any]) -> Response[Any]:
    """The form; who is signed in goes on at once."""
    then = web.local_path(request.query_params.get("next", "/"))
    return await _form(request, then) if web.actor(request).account is None else Redirect(then, status_code=303)


@post("/sign-in", status_code=303)
async def sign_in(request: Request[Any, Any, Any], data: URLEncodedBody[SignIn]) -> Response[Any]:
    """A new session under a new token; the browser's earlier one ends."""
    then = web.local_path(data.next)
    try:
        account = await actions.sign_in(data.email, data.password, web.source(request))
    except (WrongPassword, TooMany) as refusal:
        return await _form(request, then, email=data.email, refusal=refusal)
    opened = await sessions.open_for(account.id, replacing=request.cookies.get(sessions.ACCOUNT_COOKIE))
    return Redirect(then, status_code=303, cookies=[web.cookie(sessions.ACCOUNT_COOKIE, opened.token)])


@post("/sign-out", status_code=303)
async def sign_out(request: Request[Any, Any, Any]) -> Redirect:
    """Out, also as a guest: the next person at this phone shall find nothing open. What waits in its queue stays."""
    names = (sessions.ACCOUNT_COOKIE, sessions.GUEST_COOKIE)
    for token in filter(None, map(request.cookies.get, names)):
        await sessions.close(token)
    return Redirect("/", status_code=303, cookies=[web.without(name) for name in names])


async def _form(request: Request[Any, Any, Any], then: str, *, email: str = "", refusal: DomainError | None = None) -> Response[Any]:
    status, errors = (refusal.http_status, {"email": str(refusal)}) if refusal else (200, {})
    demo = await queries.has_demo()
    response = web.page(request, "accounts/sign_in.html", status=status, next=then, values={"email": email}, errors=errors, demo=demo)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


router = Router("/", route_handlers=[sign_in_form, sign_in, sign_out])
