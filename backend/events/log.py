"""Writing to the log, and waking whoever reads it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

import msgspec

from backend import clock, database
from backend.events.kinds import EventKind
from backend.events.tables import Event

Data = dict[str, str | int | bool | None]

_doorbells: list[Callable[[], None]] = []


class Refers(TypedDict, total=False):
    """What an event may refer to."""

    complaint: UUID | None
    part: UUID | None
    subject: UUID | None
    actor: UUID | None
    operation: UUID | None
    device_at: datetime | None


async def record(kind: EventKind, *, data: Data | None = None, anonymous: bool = False, **refers: Unpack[Refers]) -> UUID:
    """Write one event into the open transaction; after COMMIT the relay is woken. `data` holds codes, never text or identity."""
    now = clock.now()
    event_id = database.new_id(anonymous=anonymous)
    if anonymous:
        refers["device_at"] = None
    await database.insert(
        Event(id=event_id, kind=kind, data=msgspec.json.encode(data or {}).decode(), at=clock.coarse(now) if anonymous else now, **refers)
    )
    database.after_commit(ring)
    return event_id


async def record_each(kind: EventKind, refers: Sequence[Refers], data: Sequence[Data]) -> None:
    """Write the same of several, each with its data. What the house does by itself: nobody's time is told."""
    now = clock.now()
    rows = [
        Event(id=database.new_id(), kind=kind, data=msgspec.json.encode(of_it).decode(), at=now, **each)
        for each, of_it in zip(refers, data, strict=True)
    ]
    if rows:
        await database.insert(*rows)
        database.after_commit(ring)


def ring() -> None:
    """Wake those who wait for events in this process. Nobody listening is no loss: the relay also looks by itself."""
    for doorbell in _doorbells:
        doorbell()


def on_ring(doorbell: Callable[[], None]) -> Callable[[], None]:
    """Call `doorbell` whenever an event has been committed in this process. Returns what takes it off again."""
    _doorbells.append(doorbell)
    return lambda: _doorbells.remove(doorbell)
