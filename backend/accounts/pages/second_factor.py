"""Setting the second factor up, taking it away, and the codes on paper that stand in for it."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta

from backend import web
from backend.accounts import entering, oneself, second_factor, sessions
from backend.accounts.codes import WrongCode
from backend.accounts.entering import SET_UP
from backend.accounts.pages.sign_in import AnyRequest, account_of, browser_of, told
from backend.accounts.second_factor import NotNow
from backend.errors import DomainError, NotFound, TooMany


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be done, proved by a code of the app."""

    step: Literal["start", "confirm", "remove"]
    code: Annotated[str, Meta(max_length=40)] = ""


class Proof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of the app."""

    code: Annotated[str, Meta(max_length=40)] = ""


@get(SET_UP, opt={"permission": None, "staff": True})
async def form(request: AnyRequest) -> Response[Any]:
    """What to do next: begin, scan and confirm, or what there is."""
    return await _page(request)


@post(SET_UP, status_code=303, opt={"permission": None, "staff": True, "answers": (200,), "refuses": (409, 429)})
async def change(request: AnyRequest, data: URLEncodedBody[Step]) -> Response[Any]:
    """One step. What proves the factor ends every session and opens this one anew."""
    account = account_of(request)
    await _of_the_city(request)
    try:
        match data.step:
            case "start":
                await second_factor.start(account)
                return Redirect(SET_UP, status_code=303)
            case "confirm":
                led, codes = await entering.set_up(account, data.code, browser_of(request))
                return _codes(request, codes, session=led.session)
            case "remove":
                await entering.prove_again(account, data.code, browser_of(request))
                await second_factor.clear(account)
                return Redirect(SET_UP, status_code=303)
    except (WrongCode, NotNow, TooMany) as refusal:
        return await _page(request, refusal)


@post("/account/recovery-codes", status_code=200, opt={"permission": None, "staff": True, "refuses": (429,)})
async def renew(request: AnyRequest, data: URLEncodedBody[Proof]) -> Response[Any]:
    """Ten new codes; the earlier ones are worth nothing."""
    account = account_of(request)
    await _of_the_city(request)
    try:
        await entering.prove_again(account, data.code, browser_of(request))
    except (WrongCode, TooMany) as refusal:
        return await _page(request, refusal)
    return _codes(request, await second_factor.renew_recovery(account))


async def _of_the_city(request: AnyRequest) -> oneself.Oneself:
    """Only who works for the city has a second factor, and who once did."""
    me = await oneself.of(account_of(request))
    if not me.works_for_the_city and me.second_factor_since is None:
        raise NotFound
    return me


async def _page(request: AnyRequest, refusal: DomainError | None = None) -> Response[Any]:
    me = await _of_the_city(request)
    response = web.page(
        request,
        "accounts/second_factor.html",
        status=refusal.http_status if refusal else 200,
        keep=False,
        me=me,
        setup=await second_factor.waiting(account_of(request)),
        errors={"code": str(refusal)} if refusal else {},
    )
    return told(response, refusal)


def _codes(request: AnyRequest, codes: list[str], *, session: str = "") -> Response[Any]:
    """Shown once: neither a phone nor a cache keeps it."""
    response = web.page(request, "accounts/recovery_codes.html", keep=False, codes=codes)
    if session:
        response.set_cookie(web.cookie(sessions.ACCOUNT_COOKIE, session))
    return response


ROUTES = (form, change, renew)
