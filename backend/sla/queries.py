"""Reading days off and clocks."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from backend import clock
from backend.sla import calendar
from backend.sla.policy import ClockKind
from backend.sla.tables import Clock, Holiday


async def holidays() -> frozenset[date]:
    """Every day that does not count. Read anew each time: a day added now counts at the next request."""
    return frozenset(await Holiday.select(Holiday.day).output(as_list=True))


async def due_on(start: datetime, working_days: int) -> date:
    """The day by which something is owed that starts now (T2)."""
    return calendar.nth_working_day(clock.day_of(start), working_days, await holidays())


async def one(clock_id: UUID) -> Clock | None:
    """A clock by its id."""
    return await Clock.objects().get(Clock.id == clock_id)


async def last(complaint: UUID, part: UUID | None, kind: ClockKind) -> Clock | None:
    """The newest clock of this kind, running or not, of a part or (none) of the complaint itself."""
    of_part = Clock.part.is_null() if part is None else Clock.part == part
    clocks = Clock.objects().where(Clock.complaint == complaint, of_part, Clock.kind == kind)
    return await clocks.order_by(Clock.started_at, Clock.due_on, ascending=False).first()


async def running(complaint: UUID) -> list[Clock]:
    """The clocks of a complaint and its parts that run, the most pressing first."""
    return await Clock.objects().where(Clock.complaint == complaint, Clock.stopped_at.is_null()).order_by(Clock.due_on, Clock.started_at)


async def of_complaints(complaints: Collection[UUID]) -> dict[UUID, list[Clock]]:
    """All clocks of several complaints, each complaint's in the order of their start. Without clocks: an empty list."""
    found: defaultdict[UUID, list[Clock]] = defaultdict(list)
    if complaints:
        for row in await Clock.objects().where(Clock.complaint.is_in(list(complaints))).order_by(Clock.started_at, Clock.due_on):
            found[row.complaint].append(row)
    return found


async def of_parts(parts: Collection[UUID]) -> dict[UUID, list[Clock]]:
    """All clocks of several parts. Without clocks: an empty list."""
    found: defaultdict[UUID, list[Clock]] = defaultdict(list)
    if parts:
        for row in await Clock.objects().where(Clock.part.is_in(list(parts))):
            found[row.part].append(row)
    return found
