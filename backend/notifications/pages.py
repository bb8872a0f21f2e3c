"""Browsers that want to be told, or no longer: the key to subscribe with, and the two doors."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.params import JSONBody
from msgspec import Meta

from backend import web
from backend.accounts import limits
from backend.accounts.limits import Guess
from backend.notifications import actions, webpush
from backend.notifications.actions import NeverAnonymous, Wish
from backend.notifications.endpoints import LONGEST_ENDPOINT


class PushKey(msgspec.Struct, frozen=True, kw_only=True):
    """Our public key (VAPID), base64url: `applicationServerKey`."""

    key: str


class Goodbye(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A browser that no longer wants to be told."""

    endpoint: Annotated[str, Meta(max_length=LONGEST_ENDPOINT)]


@get("/key", sync_to_thread=True)
def push_key() -> Response[PushKey]:
    """The same for everybody, made on the first start."""
    return Response(PushKey(key=webpush.public_key()), headers={"Cache-Control": "no-cache"})


@post("/", status_code=201)
async def subscribe(request: Request[Any, Any, Any], data: JSONBody[Wish]) -> Response[None]:
    """201 for a new browser, 200 for one that is known. Keys that open nothing are counted as guesses."""
    taken = await limits.take(Guess.CLAIM, source=web.source(request)) if data.claims else ()
    try:
        new = await actions.subscribe(web.actor(request), data)
    except NeverAnonymous:  # the keys were right
        await limits.give_back(taken)
        raise
    await limits.give_back(taken)
    return Response(None, status_code=201 if new else 200, headers={"Cache-Control": "no-store"})


@delete("/")
async def unsubscribe(data: JSONBody[Goodbye]) -> None:
    """204, whether it was known or not."""
    await actions.unsubscribe(data.endpoint)


router = Router("/api/push", route_handlers=[push_key, subscribe, unsubscribe])
