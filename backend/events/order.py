"""The order of the log: committed events get their position, gapless, by one relay at a time."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend import database
from backend.database.sqlite import SQLiteEngine
from backend.events.kinds import EventKind
from backend.events.tables import Event

LOCK_NUMBER = 35_73_01
"""The key of PostgreSQL's advisory lock around the relay."""

_NUMBER = """
UPDATE event SET "position" = numbered."position"
FROM (
    SELECT id, CAST({} AS BIGINT) + row_number() OVER (ORDER BY id) AS "position"
    FROM event WHERE "position" IS NULL ORDER BY id LIMIT CAST({} AS BIGINT)
) AS numbered
WHERE event.id = numbered.id
"""


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One event, as those read it who act upon it."""

    id: UUID
    kind: EventKind
    complaint: UUID | None
    part: UUID | None
    subject: UUID | None
    actor: UUID | None
    at: datetime
    data: dict[str, str | int | bool | None]


async def number(limit: int) -> list[Happened]:
    """Give the next positions to events that have none, in the caller's transaction. Nothing while another relay is at it.

    A sequence would give them too early: a late commit with a lower number would be behind the cursor of a phone.
    """
    if not await _alone():
        return []
    last = await Event.select(Event.position).where(Event.position.is_not_null()).order_by(Event.position, ascending=False).first()
    before = last["position"] if last else 0
    await Event.raw(_NUMBER, before, limit)
    rows = await Event.select(*_COLUMNS).where(Event.position > before).order_by(Event.position)
    return [_read(row) for row in rows]


async def unnumbered() -> bool:
    """Has anything happened that has no position yet?"""
    return bool(await Event.exists().where(Event.position.is_null()))


async def one(event_id: UUID) -> Happened | None:
    """An event by its id."""
    row = await Event.select(*_COLUMNS).where(Event.id == event_id).first()
    return _read(row) if row else None


_COLUMNS = (Event.id, Event.kind, Event.complaint, Event.part, Event.subject, Event.actor, Event.at, Event.data)


def _read(row: dict[str, Any]) -> Happened:
    return msgspec.convert({**row, "data": msgspec.json.decode(row["data"])}, Happened)


async def _alone() -> bool:
    """Is no other relay at work? SQLite has one writer."""
    if isinstance(database.current(), SQLiteEngine):
        return True
    [row] = await Event.raw("SELECT pg_try_advisory_xact_lock({}) AS taken", LOCK_NUMBER)
    return bool(row["taken"])
