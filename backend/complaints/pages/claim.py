"""Opening a complaint by its key: who holds the card opens the case."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from backend import web
from backend.accounts import limits, sessions
from backend.accounts.limits import Guess
from backend.accounts.pages import account
from backend.complaints import claiming, claims, queries
from backend.complaints.claiming import AnothersAccount, StaysAnonymous
from backend.errors import NotFound, TooMany
from backend.security import wants_json
from backend.words import N_

AnyRequest = Request[Any, Any, Any]

MOST_KEYS = 50
WRONG = N_("Kunci ini tidak membuka aduan apa pun. Periksa lagi tulisannya di kartu aduan.")


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """One key, or several: one a line, in groups or not."""

    key: str = ""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint a key has opened."""

    id: UUID
    number: str
    anonymous: bool


class Proved(msgspec.Struct, frozen=True, kw_only=True):
    """What the keys have opened."""

    complaints: tuple[Opened, ...]


class WrongKey(NotFound):
    """The same for every key that opens nothing."""

    sentence = WRONG


@get("/claim", opt={"permission": None})
async def form(request: AnyRequest) -> Response[str]:
    """The form; a key in the address's fragment never reaches us, the page takes it out at once."""
    return web.page(request, "claim.html", shell=True, errors={})


@post("/claim", status_code=200, opt={"permission": None, "form": Keys, "json": Proved, "answers": (303,), "refuses": (404, 429)})
async def claim(request: AnyRequest) -> Response[Any]:
    """Prove one or several keys; opens a guest's session. An anonymous complaint's key opens a session for it alone."""
    sent = await web.form(request)
    try:
        proved = await _prove(request, claims.keys_in(str(sent.get("key", "")))[:MOST_KEYS])
    except WrongKey as refusal:
        if wants_json(request.scope):  # type: ignore[arg-type]  # Litestar's typed dict of the same scope
            raise
        return web.page(request, "claim.html", status=refusal.http_status, shell=True, errors={"key": str(refusal)})
    alone = next((complaint for complaint, anonymous in proved.items() if anonymous), None)
    opened = await sessions.open_guest(
        [alone] if alone else list(proved), add_to=request.cookies.get(sessions.GUEST_COOKIE), alone=alone is not None
    )
    cookies = [web.cookie(sessions.GUEST_COOKIE, opened.token)]
    if wants_json(request.scope):  # type: ignore[arg-type]  # as above
        found = await queries.by_ids([alone] if alone else list(proved))
        content = Proved(complaints=tuple(Opened(id=one.id, number=one.number, anonymous=proved[one.id]) for one in found.values()))
        return Response(content, cookies=cookies, headers={"Cache-Control": "no-store"})
    target = f"/complaints/{alone or next(iter(proved))}" if alone or len(proved) == 1 else "/complaints"
    return Redirect(target, status_code=303, cookies=cookies)


@post("/complaints/claimed", status_code=303, opt={"permission": None, "account": True, "form": Keys, "refuses": (429,)})
async def take(request: AnyRequest) -> Response[Any]:
    """Bring complaints into the account: those of the keys that are sent, or those this browser has opened."""
    actor = web.require_account(request)
    typed = str((await web.form(request)).get("key", "")).strip()
    try:
        proved = actor.claimed if not typed and actor.claimed else frozenset(await _prove(request, claims.keys_in(typed)[:MOST_KEYS]))
        await claiming.take_into_account(actor.holding(proved), proved)
    except (WrongKey, StaysAnonymous, AnothersAccount, TooMany) as refusal:
        return await account.page(request, refusal, field="key")
    return Redirect("/account?done=claimed", status_code=303)


async def _prove(request: AnyRequest, keys: list[str]) -> dict[Any, bool]:
    """The complaints the keys open. Raises `WrongKey`, or `TooMany` after many guesses."""
    taken = await limits.take(Guess.CLAIM, source=web.source(request))
    proved = await queries.proven(keys)
    if not proved:
        raise WrongKey
    await limits.give_back(taken)
    return proved


ROUTES = (form, claim, take)
