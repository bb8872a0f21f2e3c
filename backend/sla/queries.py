"""Reading days off and clocks."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from backend import clock, database
from backend.sla import calendar
from backend.sla.policy import ClockKind
from backend.sla.tables import Clock, Holiday


@database.once_a_transaction
async def holidays() -> frozenset[date]:
    """Every day that does not count. Read anew by each request: a day added now counts at the next one."""
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


async def late_parts(parts: Collection[UUID], kinds: Collection[ClockKind]) -> set[UUID]:
    """Those of these parts in which something of `kinds` was done after its day, or is still owed after it."""
    if not parts:
        return set()
    today = clock.day_of(clock.now())
    over = Clock.part.is_in(list(parts)) & Clock.kind.is_in([str(kind) for kind in kinds]) & (Clock.due_on < today)
    rows = await Clock.select(Clock.part, Clock.due_on, Clock.stopped_at).where(over)
    return {row["part"] for row in rows if row["stopped_at"] is None or row["due_on"] < clock.day_of(row["stopped_at"])}
