"""What a notification may know of a complaint: number, names of agencies, days. Never a text, never a person's name."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from backend.complaints import claims
from backend.complaints.labels import short_name
from backend.complaints.lifecycle import Mode, PartStatus
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Assignment, Complaint
from backend.sla import queries as sla
from backend.sla.policy import ClockKind

Due = Mapping[tuple[UUID | None, str], date]
"""The day by which something is owed: (part or none, kind of clock) -> day, of clocks that run."""


class PartNotice(msgspec.Struct, frozen=True, kw_only=True):
    """One OPD's part: `agency` is its code, `agency_name` the citizen's; `answer_on` until it has answered."""

    id: UUID
    agency: str
    agency_name: str
    lead: bool
    done: bool
    officer: UUID | None
    answer_on: date | None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint; `concerned` are the parts an event is about, `parts` all of them. `forward_on` until it is forwarded."""

    complaint: UUID
    number: str
    anonymous: bool
    reporter: UUID | None
    joint: bool
    disputes: int
    forward_on: date | None
    parts: tuple[PartNotice, ...]
    concerned: tuple[PartNotice, ...]


async def for_notice(complaint_id: UUID, part_id: UUID | None) -> Notice | None:
    """The complaint of an event, as it stands now; without a part the event is about all of them."""
    complaint = await Complaint.objects().get(Complaint.id == complaint_id)
    if complaint is None:
        return None
    due: Due = {(clock.part, clock.kind): clock.due_on for clock in await sla.running(complaint_id)}
    parts = await _parts(complaint_id, due)
    return Notice(
        complaint=complaint.id,
        number=claims.spoken(complaint.number),
        anonymous=complaint.secrecy == Secrecy.ANONYMOUS,
        reporter=complaint.reporter,
        joint=complaint.mode == Mode.JOINT,
        disputes=complaint.disputes,
        forward_on=due.get((None, ClockKind.MODERATION)),
        parts=parts,
        concerned=tuple(part for part in parts if part_id in {None, part.id}),
    )


async def _parts(complaint_id: UUID, due: Due) -> tuple[PartNotice, ...]:
    rows = (
        await Assignment.select(
            Assignment.id,
            Assignment.agency,
            Assignment.agency.citizen_name.as_alias("agency_name"),
            Assignment.lead,
            Assignment.status,
            Assignment.officer,
        )
        .where(Assignment.complaint == complaint_id)
        .order_by(Assignment.received_at, Assignment.id)
    )
    return tuple(
        PartNotice(
            id=row["id"],
            agency=row["agency"],
            agency_name=short_name(row["agency_name"]),
            lead=bool(row["lead"]),
            done=row["status"] == PartStatus.DONE,
            officer=row["officer"],
            answer_on=due.get((row["id"], ClockKind.ANSWER)),
        )
        for row in rows
    )
