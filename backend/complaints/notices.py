"""What a notification may know of a complaint: number, names of agencies, days, who takes part. Never a text, never a person's name."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

import msgspec

from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import claims
from backend.complaints.access import within
from backend.complaints.labels import short_name
from backend.complaints.lifecycle import ENDED_PARTS
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import Mode, PartStatus
from backend.complaints.tables import Accused, Assignment, Complaint, Follower
from backend.sla import queries as sla
from backend.sla.policy import ClockKind

Due = Mapping[tuple[UUID | None, str], date]
"""The day by which something is owed: (part or none, kind of clock) -> day, of clocks that run."""


class PartNotice(msgspec.Struct, frozen=True, kw_only=True):
    """One OPD's part: `agency` is its code, `agency_name` the citizen's; the days are of clocks that run."""

    id: UUID
    agency: str
    agency_name: str
    lead: bool
    done: bool
    officer: UUID | None
    answer_on: date | None
    finish_on: date | None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint; `concerned` are the parts an event is about, `parts` all that count. `public`: everybody may read its published copy.

    `forward_on`, `object_until`, `reply_until`: while those clocks run.
    """

    complaint: UUID
    number: str
    public_url: str
    anonymous: bool
    confidential: bool
    public: bool
    reporter: UUID | None
    decided_by: UUID | None
    joint: bool
    disputes: int
    forward_on: date | None
    object_until: date | None
    reply_until: date | None
    parts: tuple[PartNotice, ...]
    concerned: tuple[PartNotice, ...]


class AccusedOf(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an accusation is about: OPDs by code, and accounts."""

    agencies: frozenset[str]
    accounts: frozenset[UUID]


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
        public_url=f"/public/{complaint.number}",
        anonymous=complaint.secrecy == Secrecy.ANONYMOUS,
        confidential=complaint.confidential,
        public=complaint.published_at is not None and not complaint.confidential,
        reporter=complaint.reporter,
        decided_by=complaint.decided_by,
        joint=complaint.mode == Mode.JOINT,
        disputes=complaint.disputes,
        forward_on=due.get((None, ClockKind.MODERATION)),
        object_until=due.get((None, ClockKind.OBJECTION)),
        reply_until=due.get((part_id, ClockKind.REPLY)),
        parts=parts,
        concerned=tuple(part for part in parts if part_id in {None, part.id}),
    )


async def followers(complaint_id: UUID) -> set[UUID]:
    """The accounts that follow a complaint."""
    return set(await Follower.select(Follower.account).where(Follower.complaint == complaint_id).output(as_list=True))


async def accused(complaint_id: UUID) -> AccusedOf:
    """Whom it is about: for them it does not exist (guard Ga)."""
    rows = await Accused.select(Accused.agency, Accused.account).where(Accused.complaint == complaint_id)
    return AccusedOf(
        agencies=frozenset(row["agency"] for row in rows if row["agency"]),
        accounts=frozenset(row["account"] for row in rows if row["account"]),
    )


async def readable(actor: Actor, permission: Permission, complaint_ids: Collection[UUID]) -> dict[UUID, bool]:
    """Those of these complaints this person may read by `permission`, each with whether it is confidential."""
    if not complaint_ids:
        return {}
    query = Complaint.select(Complaint.id, Complaint.confidential).where(within(actor, permission))
    return {row["id"]: bool(row["confidential"]) for row in await query.where(Complaint.id.is_in(list(complaint_ids)))}


async def _parts(complaint_id: UUID, due: Due) -> tuple[PartNotice, ...]:
    """Those that were not taken back: who no longer has one no longer hears."""
    rows = (
        await Assignment.select(
            Assignment.id,
            Assignment.agency,
            Assignment.agency.citizen_name.as_alias("agency_name"),
            Assignment.lead,
            Assignment.status,
            Assignment.officer,
        )
        .where(Assignment.complaint == complaint_id, Assignment.status.not_in([str(status) for status in ENDED_PARTS]))
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
            finish_on=due.get((row["id"], ClockKind.FINISH)),
        )
        for row in rows
    )
