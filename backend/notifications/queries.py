"""Reading: the browsers that hear of an event, and somebody's inbox."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from piccolo.columns.combination import And, Or, WhereRaw
from piccolo.custom_types import Combinable

from backend import clock
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import notices
from backend.notifications import messages
from backend.notifications.audience import Channel, Hearer
from backend.notifications.recipients import Told
from backend.notifications.tables import Follow, Notice, Subscription
from backend.notifications.webpush import Receiver

PAGE = 50
MOST_COUNTED = 100
"""Unread lines are counted so far; beyond it nobody reads the number."""
NOTHING = WhereRaw("1 = 0")


class Listener(msgspec.Struct, frozen=True, kw_only=True):
    """A browser, and as whom its owner hears."""

    subscription: UUID
    receiver: Receiver
    hearer: Hearer


class Cursor(msgspec.Struct, frozen=True, kw_only=True):
    """Where a list goes on, or until where it was read: a line's moment and event (keyset paging)."""

    at: datetime
    event: UUID


class LineView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the inbox."""

    id: UUID
    title: str
    body: str
    url: str
    at: datetime
    unread: bool


class DayView(NamedTuple):
    """The lines of one day."""

    day: date
    lines: list[LineView]


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """A page of it: by day, the newest first; `newest` and `oldest` are of all that was looked through, `more`: there are older ones."""

    days: list[DayView]
    unread: int
    newest: Cursor | None
    oldest: Cursor | None
    more: bool


async def listeners(told: Told, *, only: UUID | None = None) -> list[Listener]:
    """The browsers of those who are pushed to, and those that follow the complaint by its key; or whether `only` this one is among them."""
    people = {account: heard.hearer for account, heard in told.people.items() if Channel.PUSH in heard.channels}
    reached: list[Combinable] = [Subscription.account.is_in(list(people))] if people else []
    if told.notice and told.by_key and Channel.PUSH in told.by_key.channels:
        reached.append(Subscription.id.is_in(Follow.select(Follow.subscription).where(Follow.complaint == told.notice.complaint)))
    if not reached:
        return []
    query = Subscription.objects().where(Or(*reached) if len(reached) > 1 else reached[0])
    rows = await (query.where(Subscription.id == only) if only else query)
    return [_listener(row, people) for row in rows]


async def inbox(actor: Actor, after: Cursor | None = None) -> Inbox:
    """A page of what this person was told, as far as they may still read it. A line of the key's holder is the reporter's."""
    mine = of(actor)
    query = Notice.select(*Notice.all_columns()).where(mine)
    if after:
        query = query.where(Or(Notice.at < after.at, And(Notice.at == after.at, Notice.event < after.event)))
    rows = await query.order_by(Notice.at, Notice.event, ascending=False).limit(PAGE)
    shown = [_line(row, sealed=sealed) for row, sealed in await _open(actor, rows)]
    return Inbox(
        days=[DayView(day, list(lines)) for day, lines in groupby(shown, key=lambda line: clock.day_of(line.at))],
        unread=sum(line.unread for line in shown),
        newest=_cursor(rows[0]) if rows else None,
        oldest=_cursor(rows[-1]) if rows else None,
        more=len(rows) == PAGE,
    )


async def unread(actor: Actor) -> int:
    """How many lines wait to be read, `MOST_COUNTED` at most."""
    mine = of(actor)
    if mine is NOTHING:
        return 0
    query = Notice.select(Notice.hearer, Notice.complaint).where(mine, Notice.read_at.is_null())
    return len(await _open(actor, await query.limit(MOST_COUNTED)))


def of(actor: Actor) -> Combinable:
    """The lines that are this person's: the account's, and the reporter's of complaints whose keys were proved."""
    mine: list[Combinable] = []
    if actor.account:
        mine.append(Notice.account == actor.account)
    if actor.claimed:
        mine.append(And(Notice.complaint.is_in(list(actor.claimed)), Notice.hearer == Hearer.REPORTER))
    return reduce(Or, mine) if mine else NOTHING


async def _open(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], bool]]:
    """Those of these lines whose complaint is still open to this person, each with whether it is confidential by now."""
    kept = list(rows)
    followed = {row["complaint"] for row in kept if row["hearer"] == Hearer.FOLLOWER}
    others = {row["complaint"] for row in kept if row["complaint"] and row["hearer"] != Hearer.FOLLOWER}
    public = await notices.readable(actor, Permission.READ_PUBLIC, followed)
    readable = await notices.readable(actor, Permission.READ, others)
    found = []
    for row in kept:
        allowed = public if row["hearer"] == Hearer.FOLLOWER else readable
        if row["complaint"] is None or row["complaint"] in allowed:
            found.append((row, allowed.get(row["complaint"], False)))
    return found


def _line(row: Mapping[str, Any], *, sealed: bool) -> LineView:
    return LineView(
        id=row["id"],
        title=messages.shell(Hearer(row["hearer"])) if sealed else row["title"],
        body="" if sealed else row["body"],
        url=row["url"],
        at=row["at"],
        unread=row["read_at"] is None,
    )


def _cursor(row: Mapping[str, Any]) -> Cursor:
    return Cursor(at=row["at"], event=row["event"])


def _listener(row: Subscription, people: Mapping[UUID, Hearer]) -> Listener:
    """Who follows by key is the reporter."""
    return Listener(
        subscription=row.id,
        receiver=Receiver(endpoint=row.endpoint, p256dh=row.p256dh, auth=row.auth),
        hearer=people.get(row.account, Hearer.REPORTER),
    )
