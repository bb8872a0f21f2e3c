"""What an OPD answers and how fast, for everybody: counted over the past year, and silent while there is too little to count."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec
from piccolo.query.functions import Count

from backend import clock
from backend.complaints.lifecycle import ENDED_PARTS
from backend.complaints.states import Ending, PartStatus, Status
from backend.complaints.tables import Assignment, Complaint
from backend.events import queries as events
from backend.events.kinds import EventKind
from backend.sla import calendar
from backend.sla import queries as sla
from backend.sla.policy import ClockKind, ServiceClass

if TYPE_CHECKING:
    from backend.sla.tables import Clock

FEWEST = 5
"""Below this a figure would tell of single people."""
MOST = 20_000
"""Parts of one OPD that are counted at most, the latest: no database takes more values in one question than some 32,000."""
YEAR = timedelta(days=365)

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

    @property
    def answered_share(self) -> int:
        """Of a hundred."""
        return round(100 * self.answered / self.received)


async def of_agency(codes: Sequence[str]) -> Figures | None:
    """The figures of an OPD and its units; none while they have received fewer than `FEWEST`."""
    rows = await _parts(codes)
    if len(rows) < FEWEST:
        return None
    ids = [row["id"] for row in rows]
    answers = await events.first_of_parts({row["complaint"] for row in rows}, ANSWERS)
    clocks, holidays = await sla.of_parts(ids), await sla.holidays()
    days = [
        calendar.working_days_between(clock.day_of(row["received_at"]), clock.day_of(answers[row["id"]]), holidays)
        for row in rows
        if row["id"] in answers
    ]
    late = sum(_is_late(clocks.get(part, []), clock.day_of(clock.now())) for part in ids)
    ends = Counter(_end(row) for row in rows)
    return Figures(
        received=len(rows),
        answered=len(days),
        days=float(median(days)) if len(days) >= FEWEST else None,
        late=late,
        late_share=round(100 * late / len(rows)),
        confirmed=ends[Ending.CONFIRMED],
        silent=ends[Ending.SILENCE],
        decided=ends[Ending.DECIDED],
        disputed=sum(row["complaint.disputes"] > 0 for row in rows),
        waiting=ends[Status.RESOLVED],
    )


async def received() -> dict[str, int]:
    """How many parts each OPD or unit has received in the past year: code -> number, those of fewer than `FEWEST` too."""
    rows = await Assignment.select(Assignment.agency, Count()).where(*_counted()).group_by(Assignment.agency)
    return {row["agency"]: row["count"] for row in rows}


async def _parts(codes: Sequence[str]) -> list[Row]:
    query = Assignment.select(
        Assignment.id,
        Assignment.complaint,
        Assignment.status,
        Assignment.received_at,
        Assignment.complaint.status,
        Assignment.complaint.ending,
        Assignment.complaint.disputes,
    ).where(*_counted(), Assignment.agency.is_in(list(codes)))
    return await query.order_by(Assignment.received_at, ascending=False).limit(MOST)


def _counted() -> tuple[Any, ...]:
    """Confidential complaints and accusations are in no public figure, nor are parts that were taken back."""
    return (
        Assignment.complaint.is_in(Complaint.select(Complaint.id).where(Complaint.confidential.eq(False))),
        Assignment.service_class != ServiceClass.OVERSIGHT,
        Assignment.status.not_in([str(status) for status in ENDED_PARTS]),
        Assignment.received_at >= _since(),
    )


def _since() -> datetime:
    return clock.now() - YEAR


def _is_late(clocks: "Sequence[Clock]", today: date) -> bool:
    """Was anything of this part done after its day, or is it still owed?"""
    return any(one.due_on < (clock.day_of(one.stopped_at) if one.stopped_at else today) for one in clocks if one.kind in OWED)


def _end(row: Row) -> str:
    """By whose word it is over; nothing while it is not."""
    if row["complaint.status"] == Status.CLOSED:
        return str(row["complaint.ending"])
    return Status.RESOLVED if row["complaint.status"] == Status.RESOLVED and row["status"] == PartStatus.DONE else ""
