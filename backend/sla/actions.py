"""Starting, moving, pausing, stopping and restarting clocks, inside the caller's transaction and under the caller's lock of the complaint."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from piccolo.columns.combination import And

from backend import clock, database
from backend.events import log
from backend.events.kinds import EventKind
from backend.sla import calendar, queries
from backend.sla.policy import SWEPT, ClockKind
from backend.sla.tables import Clock

SWEPT_AT_ONCE = 200


async def start(complaint: UUID, part: UUID | None, kind: ClockKind, working_days: int, at: datetime) -> Clock:
    """A clock that runs from `at`, by the server's time (T3); its due day is stored now and does not follow later changes of policy."""
    [started] = await start_each(complaint, part, {kind: working_days}, at)
    return started


async def start_each(complaint: UUID, part: UUID | None, working_days: Mapping[ClockKind, int], at: datetime) -> list[Clock]:
    """Several that run from the same moment, each for so many working days."""
    rows = [_row(complaint, part, kind, days, at, await queries.due_on(at, days)) for kind, days in working_days.items()]
    if rows:
        await database.insert(*rows)
    return rows


async def start_until(complaint: UUID, part: UUID | None, kind: ClockKind, due_on: date, at: datetime) -> Clock:
    """A clock towards a given day. One of this kind that runs already is moved to it and keeps its start."""
    running = await Clock.objects().get(_of(complaint, part, kind) & Clock.stopped_at.is_null())
    started_at = at if running is None else running.started_at
    working_days = calendar.working_days_between(clock.day_of(started_at), due_on, await queries.holidays())
    if running is None:
        return await _insert(complaint, part, kind, working_days, at, due_on)
    running.due_on = due_on
    running.working_days = working_days
    await running.save([Clock.due_on, Clock.working_days])
    return running


async def stop(complaint: UUID, part: UUID | None, kind: ClockKind, counted_at: datetime) -> None:
    """Stop the running clock of this kind, if there is one, at the counted moment (T4)."""
    await Clock.update({Clock.stopped_at: counted_at}).where(_of(complaint, part, kind), Clock.stopped_at.is_null())


async def stop_all(complaint: UUID, part: UUID | None = None, *, counted_at: datetime) -> None:
    """Stop whatever runs for a part; without a part, for the whole complaint."""
    of_these = Clock.complaint == complaint if part is None else _of_part(complaint, part)
    await Clock.update({Clock.stopped_at: counted_at}).where(of_these, Clock.stopped_at.is_null())


async def restart(complaint: UUID, part: UUID | None, kind: ClockKind, at: datetime) -> Clock | None:
    """A new clock with what the last stopped one had left (T7); the old row keeps what was late. None: none stands still."""
    clocks = await Clock.objects().where(_of(complaint, part, kind)).order_by(Clock.started_at, Clock.due_on)
    if not clocks or any(each.stopped_at is None for each in clocks):
        return None
    return await _again(clocks[-1], at, clock.day_of(at))


async def pause(complaint: UUID, part: UUID | None, kinds: Collection[ClockKind], counted_at: datetime) -> list[Clock]:
    """Let these clocks stand still from the counted moment, until `resume`. What is late already runs on (T8). Returns those that stand."""
    in_time = And(
        And(Clock.kind.is_in([str(kind) for kind in kinds]), Clock.stopped_at.is_null()), Clock.due_on >= clock.day_of(counted_at)
    )
    still = await Clock.objects().where(_of_part(complaint, part), in_time)
    if still:
        await Clock.update({Clock.stopped_at: counted_at, Clock.paused: True}).where(Clock.id.is_in([each.id for each in still]))
    return still


async def resume(complaint: UUID, part: UUID | None, at: datetime, restarted_on: date) -> list[Clock]:
    """The clocks that stand still go on from that day, each with what it had left (T7)."""
    still = await Clock.objects().where(_of_part(complaint, part), Clock.paused.eq(True)).order_by(Clock.due_on)
    if still:
        await Clock.update({Clock.paused: False}).where(Clock.id.is_in([each.id for each in still]))
    return [await _again(each, at, restarted_on) for each in still]


async def sweep(now: datetime) -> bool:
    """Tell of each window of the citizen whose last day is over, once; that day counts whole (T1, T9). True: there may be more."""
    past = And(Clock.kind.is_in(sorted(SWEPT)), Clock.due_on < clock.day_of(now))
    untold = And(past, And(Clock.stopped_at.is_null(), Clock.over_at.is_null()))
    if not await Clock.exists().where(untold):  # who only looks leaves the writer to others
        return False
    async with database.transaction():
        rows = await database.claim(Clock, untold, {Clock.over_at: now}, order_by=Clock.due_on, limit=SWEPT_AT_ONCE)
        await log.record_each(
            EventKind.CLOCK_OVER,
            [{"complaint": row["complaint"], "part": row["part"], "subject": row["id"]} for row in rows],
            [{"kind": row["kind"], "on": row["due_on"].isoformat()} for row in rows],
        )
    return len(rows) >= SWEPT_AT_ONCE


async def _again(last: Clock, at: datetime, restarted_on: date) -> Clock:
    """A clock that stood still, in a row of its own, so that the old one keeps what was late."""
    off = await queries.holidays()
    due_on = calendar.restarted(clock.day_of(last.stopped_at), restarted_on, last.due_on, off)
    working_days = calendar.working_days_between(restarted_on, due_on, off)
    return await _insert(last.complaint, last.part, ClockKind(last.kind), working_days, at, due_on)


async def _insert(complaint: UUID, part: UUID | None, kind: ClockKind, working_days: int, at: datetime, due_on: date) -> Clock:
    row = _row(complaint, part, kind, working_days, at, due_on)
    await database.insert(row)
    return row


def _row(complaint: UUID, part: UUID | None, kind: ClockKind, working_days: int, at: datetime, due_on: date) -> Clock:
    return Clock(
        id=database.new_id(anonymous=True),  # an id that holds its moment would tell more than the full hour kept of an anonymous complaint
        complaint=complaint,
        part=part,
        kind=kind,
        working_days=working_days,
        started_at=at,
        due_on=due_on,
    )


def _of(complaint: UUID, part: UUID | None, kind: ClockKind) -> And:
    return _of_part(complaint, part) & (Clock.kind == kind)


def _of_part(complaint: UUID, part: UUID | None) -> And:
    return (Clock.complaint == complaint) & (Clock.part.is_null() if part is None else Clock.part == part)
