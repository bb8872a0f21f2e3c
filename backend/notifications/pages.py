"""The inbox, and the doors of browsers that want to be told, or no longer."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.params import JSONBody
from litestar.response import Redirect
from msgspec import Meta

from backend import web
from backend.accounts import limits
from backend.accounts.limits import Guess
from backend.forms import decode, written
from backend.notifications import actions, queries, subscriptions, webpush
from backend.notifications.endpoints import LONGEST_ENDPOINT
from backend.notifications.queries import Cursor
from backend.notifications.subscriptions import NeverAnonymous, Wish

AnyRequest = Request[Any, Any, Any]


class PushKey(msgspec.Struct, frozen=True, kw_only=True):
    """Our public key (VAPID), base64url: `applicationServerKey`."""

    key: str


class Goodbye(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A browser that no longer wants to be told."""

    endpoint: Annotated[str, Meta(max_length=LONGEST_ENDPOINT)]


class Seen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What has been read: all lines down from `until` (`moment_event`), one `line`, those of one `complaint`, or with none of them all."""

    until: Annotated[str, Meta(max_length=100)] = ""
    line: UUID | None = None
    complaint: UUID | None = None


@get("/inbox", opt={"permission": None, "asks": ("after",)})
async def inbox(request: AnyRequest) -> Response[str]:
    """What this person was told: as an account, or of complaints whose keys were proved in this browser. Reading changes nothing."""
    found = await queries.inbox(web.actor(request), _cursor(request.query_params.get("after", "")))
    return web.page(request, "notifications/inbox.html", inbox=found, until=_written(found.newest), after=_written(found.oldest))


@post("/inbox/read", opt={"permission": None, "form": Seen, "answers": (204,)}, status_code=303)
async def read(request: AnyRequest) -> Response[Any]:
    """Lines have been seen: told by a button, or by the page itself a moment after it was shown."""
    seen = decode(written(await web.form(request), Seen.__struct_fields__), Seen)
    await actions.read(web.actor(request), until=_cursor(seen.until), line=seen.line, complaint=seen.complaint)
    return Response(None, status_code=204) if "HX-Request" in request.headers else Redirect("/inbox", status_code=303)


@get("/key", opt={"permission": None}, sync_to_thread=True)
def push_key() -> Response[PushKey]:
    """The same for everybody, made on the first start."""
    return Response(PushKey(key=webpush.public_key()), headers={"Cache-Control": "no-cache"})


@post("/", opt={"permission": None, "answers": (200,), "refuses": (404, 429)}, status_code=201)
async def subscribe(request: AnyRequest, data: JSONBody[Wish]) -> Response[None]:
    """201 for a new browser, 200 for one that is known. Keys that open nothing are counted as guesses."""
    taken = await limits.take(Guess.CLAIM, source=web.source(request)) if data.claims else ()
    try:
        new = await subscriptions.subscribe(web.actor(request), data)
    except NeverAnonymous:  # the keys were right
        await limits.give_back(taken)
        raise
    await limits.give_back(taken)
    return Response(None, status_code=201 if new else 200, headers={"Cache-Control": "no-store"})


@delete("/", opt={"permission": None})
async def unsubscribe(data: JSONBody[Goodbye]) -> None:
    """204, whether it was known or not."""
    await subscriptions.unsubscribe(data.endpoint)


def _cursor(written: str) -> Cursor | None:
    """A place in the list, from `moment_event`; anything else is none."""
    moment, _, event = written.partition("_")
    try:
        return msgspec.convert({"at": datetime.fromisoformat(moment).astimezone(UTC), "event": event}, Cursor)
    except (ValueError, OverflowError, msgspec.ValidationError):
        return None


def _written(cursor: Cursor | None) -> str:
    return f"{cursor.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}+00:00_{cursor.event}" if cursor else ""


router = Router("/", route_handlers=[inbox, read, Router("/api/push", route_handlers=[push_key, subscribe, unsubscribe])])
