"""Reading the log."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from backend.events.kinds import EventKind
from backend.events.tables import Event


async def history(complaint_id: UUID) -> list[Event]:
    """What happened to a complaint, from its receipt on, in the order of the log; what the relay has not numbered yet comes last.

    Times do not order it: of somebody anonymous only the full hour is kept. Nor do ids, by which the relay numbers what it
    finds together: theirs tell no time either.
    """
    happened = await Event.objects().where(Event.complaint == complaint_id)
    return sorted(happened, key=lambda one: (one.kind != EventKind.RECEIVED, one.position is None, one.position or 0, one.at, one.id))


async def first_of_parts(complaints: Collection[UUID], kinds: Collection[EventKind]) -> dict[UUID, datetime]:
    """When one of `kinds` first happened to each part of these complaints, for those it happened to."""
    if not complaints:
        return {}
    wanted = Event.complaint.is_in(list(complaints)) & Event.part.is_not_null() & Event.kind.is_in([str(kind) for kind in kinds])
    latest_first = await Event.select(Event.part, Event.at).where(wanted).order_by(Event.at, ascending=False)
    return {row["part"]: row["at"] for row in latest_first}


async def after(position: int, limit: int) -> tuple[dict[UUID, int], int]:
    """Complaints in which something happened after `position`, each with its latest; and the position reached, after `limit` events at most."""
    query = Event.select(Event.complaint, Event.position).where(Event.position > position).order_by(Event.position).limit(limit)
    rows = await query
    latest = {row["complaint"]: row["position"] for row in rows if row["complaint"]}
    return latest, rows[-1]["position"] if rows else position


async def last_at() -> datetime | None:
    """When the last one happened that is known to the relay."""
    row = await Event.select(Event.at).where(Event.position.is_not_null()).order_by(Event.position, ascending=False).first()
    return row["at"] if row else None


async def newest() -> tuple[int, int]:
    """Moves with every event: the newest position given, and how many wait for theirs."""
    row = await Event.select(Event.position).where(Event.position.is_not_null()).order_by(Event.position, ascending=False).first()
    return row["position"] if row else 0, int(await Event.count().where(Event.position.is_null()))
