"""What an OPD answers and how fast, for everybody: counted over the past year, and silent while there is too little to count."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

import msgspec

from backend import clock, database
from backend.complaints.lifecycle import ENDED_PARTS
from backend.complaints.states import Ending, PartStatus, Status
from backend.complaints.tables import Assignment, Complaint
from backend.events import queries as events
from backend.events.kinds import EventKind
from backend.sla import calendar
from backend.sla import queries as sla
from backend.sla.policy import ClockKind, ServiceClass

FEWEST = 5
"""Below this a figure would tell of single people."""
MOST = 20_000
"""Parts of one OPD that are counted at most, the latest: no database takes more values in one question than some 32,000."""
YEAR = timedelta(days=365)
AGE = timedelta(minutes=5)

ANSWERS = (EventKind.ANSWERED, EventKind.OFFICER_NAMED, EventKind.VISITED, EventKind.PART_DONE)
"""By any of these an OPD has answered (`law.md` 4.2, P2 to P4)."""
OWED = frozenset({ClockKind.ANSWER, ClockKind.COORDINATE, ClockKind.WORK, ClockKind.FINISH})

Row = dict[str, Any]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """An OPD's year. `days` to the first answer are working days; shares in per cent; ends are counted apart, each by whose word it is."""

    received: int
    answered: int
    days: float | None
    late: int
    late_share: int
    confirmed: int
    silent: int
    decided: int
    disputed: int
    waiting: int


class _Counted(NamedTuple):
    at: datetime
    engine: database.Engine
    figures: Figures | None


_counted_before: dict[tuple[str, ...], _Counted] = {}


async def lately(codes: Sequence[str]) -> Figures | None:
    """The figures, at most `AGE` old: a page everybody may ask for again and again counts a year only now and then."""
    now, engine, key = clock.now(), database.current(), tuple(codes)
    known = _counted_before.get(key)
    if known is None or known.engine is not engine or not timedelta(0) <= now - known.at < AGE:
        known = _counted_before[key] = _Counted(now, engine, await of_agency(codes))
    return known.figures


async def of_agency(codes: Sequence[str]) -> Figures | None:
    """The figures of an OPD and its units; none while they have received fewer than `FEWEST`."""
    rows = await _parts(codes)
    if len(rows) < FEWEST:
        return None
    ids = [row["id"] for row in rows]
    answers = await events.first_of_parts({row["complaint"] for row in rows}, ANSWERS)
    late, holidays = await sla.late_parts(ids, OWED), await sla.holidays()
    days = [
        calendar.working_days_between(clock.day_of(row["received_at"]), clock.day_of(answers[row["id"]]), holidays)
        for row in rows
        if row["id"] in answers
    ]
    ends = Counter(_end(row) for row in rows)
    return Figures(
        received=len(rows),
        answered=len(days),
        days=float(median(days)) if len(days) >= FEWEST else None,
        late=len(late),
        late_share=round(100 * len(late) / len(rows)),
        confirmed=ends[Ending.CONFIRMED],
        silent=ends[Ending.SILENCE],
        decided=ends[Ending.DECIDED],
        disputed=sum(row["complaint.disputes"] > 0 for row in rows),
        waiting=ends[Status.RESOLVED],
    )


async def _parts(codes: Sequence[str]) -> list[Row]:
    query = Assignment.select(
        Assignment.id,
        Assignment.complaint,
        Assignment.status,
        Assignment.received_at,
        Assignment.complaint.status,
        Assignment.complaint.ending,
        Assignment.complaint.disputes,
    ).where(*_conditions(), Assignment.agency.is_in(list(codes)))
    return await query.order_by(Assignment.received_at, ascending=False).limit(MOST)


def _conditions() -> tuple[Any, ...]:
    """Confidential complaints and accusations are in no public figure, nor are parts that were taken back."""
    return (
        Assignment.complaint.is_in(Complaint.select(Complaint.id).where(Complaint.confidential.eq(False))),
        Assignment.service_class != ServiceClass.OVERSIGHT,
        Assignment.status.not_in([str(status) for status in ENDED_PARTS]),
        Assignment.received_at >= _since(),
    )


def _since() -> datetime:
    return clock.now() - YEAR


def _end(row: Row) -> str:
    """By whose word it is over; nothing while it is not."""
    if row["complaint.status"] == Status.CLOSED:
        return str(row["complaint.ending"])
    return Status.RESOLVED if row["complaint.status"] == Status.RESOLVED and row["status"] == PartStatus.DONE else ""
