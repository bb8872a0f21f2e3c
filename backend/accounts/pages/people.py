"""Those who work for the city: who they are, inviting them, giving roles and taking them back, and agreeing to what was proposed."""

from collections.abc import Awaitable
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from backend import clock, web
from backend.accounts import ending, grants, invitations, offers, people
from backend.accounts.giving import Wish
from backend.accounts.pages.sign_in import OF_AN_ADDRESS, AnyRequest
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.errors import DomainError, InvalidInput, NotFound

MANAGING = (Permission.MANAGE_USERS,)
DECIDING = (Permission.CONFIRM_GRANT,)
EITHER = MANAGING + DECIDING
"""One of these opens the door; how far it leads, the rules say."""
OF_A_ROLE: dict[str, Any] = {"role": {"type": "string", "enum": [offer.value for offer in offers.OFFERS]}, "head": None}
OF_SOMEBODY_NEW: dict[str, Any] = {**OF_AN_ADDRESS["fields"], "name": {"type": "string"}}
"""What the contract says of these forms, beside `Wish`."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why, as the next person reads it."""

    reason: str


class EndGrant(Reason, frozen=True, kw_only=True):
    """Which role is taken back, or which proposal."""

    grant: UUID


@get("/people", opt={"permission": EITHER, "asks": ("q", "after", "past", "done")})
async def everybody(request: AnyRequest) -> Response[Any]:
    """Who works where one manages; what waits for a second person comes first."""
    return await _list(request, _allowed(request, EITHER))


@post(
    "/people/invite",
    status_code=303,
    opt={"permission": MANAGING, "form": Wish, "fields": {**OF_A_ROLE, **OF_SOMEBODY_NEW}, "refuses": (409,)},
)
async def invite(request: AnyRequest) -> Response[Any]:
    """A role for somebody who may have no account yet; a mail leads them in."""
    actor, values = _allowed(request, MANAGING), await _values(request)
    try:
        wish = offers.wish(values, clock.day_of(clock.now()))
        await invitations.invite(actor, values.get("email", ""), values.get("name", ""), wish)
    except NotFound:
        raise
    except DomainError as refusal:
        return await _list(request, actor, refusal, values)
    return Redirect("/people?done=invited", status_code=303)


@get("/people/{account:uuid}", opt={"permission": EITHER, "asks": ("done",)})
async def one(request: AnyRequest, account: FromPath[UUID]) -> Response[Any]:
    """One person, with every role: now, to come, and over."""
    return await _person(request, _allowed(request, EITHER), account)


@post("/people/{account:uuid}/grant", status_code=303, opt={"permission": MANAGING, "form": Wish, "fields": OF_A_ROLE, "refuses": (409,)})
async def give(request: AnyRequest, account: FromPath[UUID]) -> Response[Any]:
    """A further role."""
    actor, values = _allowed(request, MANAGING), await _values(request)
    await people.one(actor, account)

    async def giving() -> None:
        await grants.give(actor, account, offers.wish(values, clock.day_of(clock.now())))

    return await _done(request, actor, account, giving(), "given", values)


@post("/people/{account:uuid}/end-grant", status_code=303, opt={"permission": EITHER, "form": EndGrant, "refuses": (409,)})
async def end(request: AnyRequest, account: FromPath[UUID]) -> Response[Any]:
    """Take a role back, or a proposal."""
    actor, values = _allowed(request, EITHER), await _values(request)
    return await _done(request, actor, account, ending.end(actor, _id(values.get("grant", "")), values.get("reason", "")), "ended", values)


@post("/people/{account:uuid}/disable", status_code=303, opt={"permission": MANAGING, "form": Reason, "refuses": (409,)})
async def disable(request: AnyRequest, account: FromPath[UUID]) -> Response[Any]:
    """Close the account, with all its roles."""
    actor, values = _allowed(request, MANAGING), await _values(request)
    return await _done(request, actor, account, ending.close(actor, account, values.get("reason", "")), "closed", values)


@post("/people/{account:uuid}/invite-again", status_code=303, opt={"permission": MANAGING, "refuses": (409, 422)})
async def invite_again(request: AnyRequest, account: FromPath[UUID]) -> Response[Any]:
    """Another mail for somebody who has not come in yet."""
    actor = _allowed(request, MANAGING)
    await people.one(actor, account)
    return await _done(request, actor, account, invitations.again(account), "again", {})


@post("/grants/{grant:uuid}/confirm", status_code=303, opt={"permission": DECIDING, "refuses": (409, 422)})
async def confirm(request: AnyRequest, grant: FromPath[UUID]) -> Response[Any]:
    """The second person agrees."""
    actor = _allowed(request, DECIDING)
    return await _decided(request, actor, grants.confirm(actor, grant), "confirmed")


@post("/grants/{grant:uuid}/refuse", status_code=303, opt={"permission": DECIDING, "form": Reason, "refuses": (409,)})
async def refuse(request: AnyRequest, grant: FromPath[UUID]) -> Response[Any]:
    """The second person does not agree."""
    actor, values = _allowed(request, DECIDING), await _values(request)
    return await _decided(request, actor, grants.refuse(actor, grant, values.get("reason", "")), "refused")


def _allowed(request: AnyRequest, permissions: tuple[Permission, ...]) -> Actor:
    """Who is asking; for the others there is no such page."""
    actor = web.require_account(request)
    if max(actor.reach(permission) for permission in permissions) <= Reach.OWN:
        raise NotFound
    return actor


async def _done(
    request: AnyRequest, actor: Actor, account: UUID, step: Awaitable[None], done: str, values: dict[str, str]
) -> Response[Any]:
    try:
        await step
    except NotFound:
        raise
    except DomainError as refusal:
        return await _person(request, actor, account, refusal, values)
    return Redirect(f"/people/{account}?done={done}", status_code=303)


async def _decided(request: AnyRequest, actor: Actor, step: Awaitable[None], done: str) -> Response[Any]:
    try:
        await step
    except NotFound:
        raise
    except DomainError as refusal:
        return await _list(request, actor, refusal)
    return Redirect(f"/people?done={done}", status_code=303)


async def _list(
    request: AnyRequest, actor: Actor, refusal: DomainError | None = None, values: dict[str, str] | None = None
) -> Response[Any]:
    asked = {name: request.query_params.get(name, "") for name in ("q", "after", "past")}
    found = await people.listed(actor, text=asked["q"], after=_id_or_none(asked["after"]), past=bool(asked["past"]))
    return web.page(
        request,
        "accounts/people.html",
        status=refusal.http_status if refusal else 200,
        keep=False,
        people=found,
        more=found[-1].id if len(found) == people.PAGE else "",
        asked=asked,
        proposals=await people.proposals(actor),
        lacks=await people.short_of_admins(actor),
        **await _form(request, actor, refusal, values),
    )


async def _person(
    request: AnyRequest, actor: Actor, account: UUID, refusal: DomainError | None = None, values: dict[str, str] | None = None
) -> Response[Any]:
    person = await people.one(actor, account)
    status = refusal.http_status if refusal else 200
    form = await _form(request, actor, refusal, values)
    return web.page(request, "accounts/people_one.html", status=status, keep=False, person=person, **form)


async def _form(request: AnyRequest, actor: Actor, refusal: DomainError | None, values: dict[str, str] | None) -> dict[str, Any]:
    """What both pages offer, and what came of the last step."""
    offered = offers.offered(actor)
    return {
        "offers": offered,
        "places": await people.places(actor) if offered else [],
        "secretaries": await people.secretaries() if offered else [],
        "today": clock.day_of(clock.now()),
        "values": values or {},
        "errors": refusal.fields if isinstance(refusal, InvalidInput) else {"": str(refusal)} if refusal else {},
        "done": request.query_params.get("done", ""),
    }


async def _values(request: AnyRequest) -> dict[str, str]:
    return {name: value.strip() for name, value in (await web.form(request)).items() if isinstance(value, str)}


def _id(text: str) -> UUID:
    """An id of a form. Raises `NotFound` for what is none."""
    found = _id_or_none(text)
    if found is None:
        raise NotFound
    return found


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


ROUTES = (everybody, invite, one, give, end, disable, invite_again, confirm, refuse)
