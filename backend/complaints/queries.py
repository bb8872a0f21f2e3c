"""Reading complaints: lists and single ones by the same WHERE, what is owed, who proved which key."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from piccolo.columns.combination import And
from piccolo.custom_types import Combinable
from piccolo.query import Select

from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import claims
from backend.complaints.access import within, within_parts
from backend.complaints.lifecycle import OPEN, SECOND_DISPUTE
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import PartStatus, Status
from backend.complaints.tables import Assignment, Complaint, Note, Question
from backend.errors import NotFound
from backend.events import queries as events
from backend.operations import ComplaintReceipt, Owed
from backend.sla import queries as sla
from backend.sla.policy import ClockKind

if TYPE_CHECKING:
    from backend.sla.tables import Clock

PAGE = 50
MOST_CHANGES = 200
MOST_COUNTED = 1000
"""Nobody works on a list that long, and to count it would take longer than its page."""

OWED: dict[ClockKind, str] = {
    ClockKind.PROMISE: "answer",
    ClockKind.WORK: "work",
    ClockKind.FINISH: "finish",
}
"""What the citizen is promised by which clock."""


OBJECTED: Combinable = And(Complaint.status == Status.RECEIVED, Complaint.objected_at.is_not_null())
TWICE_DISPUTED: Combinable = And(Complaint.status == Status.DISPUTED, Complaint.disputes >= SECOND_DISPUTE)
TO_REVIEW: Combinable = And(Complaint.review_due.eq(True), Complaint.status.is_in([str(status) for status in OPEN]))


class Cursor(msgspec.Struct, frozen=True):
    """Where a list goes on: the last one's moment and id (keyset paging)."""

    at: datetime
    id: UUID


def fresh() -> Combinable:
    """Received, and no moderator's question is answered yet."""
    return And(_newly_told(), Complaint.id.not_in(_answered()))


def replied() -> Combinable:
    """Received, and the moderator's question is answered."""
    return And(_newly_told(), Complaint.id.is_in(_answered()))


async def one(actor: Actor, complaint_id: UUID) -> Complaint:
    """A complaint this person may read. Raises `NotFound`."""
    found = await Complaint.objects().where(within(actor, Permission.READ)).where(Complaint.id == complaint_id).first()
    if found is None:
        raise NotFound
    return found


async def mine(actor: Actor, after: Cursor | None = None) -> list[Complaint]:
    """What this person reported, the newest first."""
    own = Actor(account=actor.account, claimed=actor.claimed)
    query = (
        Complaint.objects().where(within(own, Permission.READ)).order_by(Complaint.received_at, Complaint.id, ascending=False).limit(PAGE)
    )
    if after:
        query = query.where(_before(after))
    return await query


async def awaiting_moderation(actor: Actor, after: Cursor | None = None) -> list[Complaint]:
    """The moderation queue, the oldest first: what is new, and neither objected to nor asked about."""
    return await waiting(actor, Permission.FORWARD, fresh(), after)


async def waiting(actor: Actor, permission: Permission, condition: Combinable, after: Cursor | None = None) -> list[Complaint]:
    """Complaints of a condition that wait for this person, the oldest first."""
    query = Complaint.objects().where(within(actor, permission), condition)
    if after:
        query = query.where((Complaint.received_at > after.at) | ((Complaint.received_at == after.at) & (Complaint.id > after.id)))
        query = query.where(Complaint.received_at >= after.at)  # the same said more widely, so that an index begins there
    return await query.order_by(Complaint.received_at, Complaint.id).limit(PAGE)


async def count_waiting(actor: Actor, permission: Permission, condition: Combinable) -> int:
    """How many there are; where they are more than `MOST_COUNTED`, one more than that."""
    return len(await Complaint.select(Complaint.id).where(within(actor, permission), condition).limit(MOST_COUNTED + 1))


async def parts_to_do(actor: Actor, permission: Permission) -> list[Assignment]:
    """Parts this person may take a step in and that are not done, of complaints that have not ended, the oldest first."""
    undone = And(Assignment.status != PartStatus.DONE, Assignment.complaint.status.is_in([str(status) for status in OPEN]))
    query = Assignment.objects().where(within_parts(actor, permission), undone)
    return await query.order_by(Assignment.received_at, Assignment.id).limit(PAGE)


async def parts_of(complaint_id: UUID) -> list[Assignment]:
    """The parts of one complaint, in the order in which they were given out."""
    return await Assignment.objects().where(Assignment.complaint == complaint_id).order_by(Assignment.received_at, Assignment.id)


async def complaint_of_part(actor: Actor, part_id: UUID) -> UUID:
    """The complaint of a part this person may read. Raises `NotFound`."""
    row = await Assignment.select(Assignment.complaint).where(Assignment.id == part_id).first()
    if row is None:
        raise NotFound
    return (await one(actor, row["complaint"])).id


async def parts_of_many(complaint_ids: Collection[UUID]) -> dict[UUID, list[Assignment]]:
    """The parts of several complaints, by complaint."""
    found: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    if complaint_ids:
        for part in (
            await Assignment.objects()
            .where(Assignment.complaint.is_in(list(complaint_ids)))
            .order_by(Assignment.received_at, Assignment.id)
        ):
            found[UUID(str(part.complaint))].append(part)
    return found


async def by_ids(complaint_ids: Collection[UUID]) -> dict[UUID, Complaint]:
    """Complaints by id, for somebody whose right to read them has been settled."""
    if not complaint_ids:
        return {}
    return {found.id: found for found in await Complaint.objects().where(Complaint.id.is_in(list(complaint_ids)))}


async def parts_with_steps(actor: Actor, permission: Permission, complaint_id: UUID) -> set[UUID]:
    """The parts of a complaint in which this person has `permission`."""
    rows = await Assignment.select(Assignment.id).where(within_parts(actor, permission), Assignment.complaint == complaint_id)
    return {row["id"] for row in rows}


async def may(actor: Actor, permission: Permission, complaint_id: UUID) -> bool:
    """Has this person `permission` for this complaint?"""
    return await Complaint.exists().where(within(actor, permission)).where(Complaint.id == complaint_id)


async def notes_of(complaint_id: UUID) -> dict[UUID, Note]:
    """The notes of a complaint, by id."""
    return {note.id: note for note in await Note.objects().where(Note.complaint == complaint_id)}


async def questions_of(complaint_id: UUID) -> list[Question]:
    """The questions put to the reporter, in order."""
    return await Question.objects().where(Question.complaint == complaint_id).order_by(Question.asked_at, Question.id)


async def questions_of_parts(parts: Collection[UUID]) -> dict[UUID, Question]:
    """The last question of each of these parts."""
    if not parts:
        return {}
    rows = await Question.objects().where(Question.part.is_in(list(parts))).order_by(Question.asked_at, Question.id)
    return {UUID(str(row.part)): row for row in rows}


async def receipt(complaint: Complaint, running: "Iterable[Clock] | None" = None) -> ComplaintReceipt:
    """What the sender of an operation is told of its complaint. `running`: its clocks, where they are known."""
    owed = owed_of(await sla.running(complaint.id) if running is None else running)
    return ComplaintReceipt(id=complaint.id, number=complaint.number, status=complaint.status, owed=owed)


def owed_of(running: "Iterable[Clock]") -> tuple[Owed, ...]:
    """The promises among running clocks, the slowest part's day for each."""
    latest: dict[str, str] = {}
    for clock in running:
        if what := OWED.get(ClockKind(clock.kind)):
            latest[what] = max(latest.get(what, ""), clock.due_on.isoformat())
    return tuple(Owed(what=what, by=latest[what]) for what in OWED.values() if what in latest)


async def proven(keys: Collection[str]) -> dict[UUID, bool]:
    """The complaints that these claim keys open, and whether each is anonymous."""
    hashes = [claims.hash_of(key) for key in keys]
    if not hashes:
        return {}
    rows = await Complaint.select(Complaint.id, Complaint.secrecy).where(Complaint.claim_hash.is_in(hashes))
    return {row["id"]: row["secrecy"] == Secrecy.ANONYMOUS for row in rows}


async def proven_by(key: str) -> UUID | None:
    """The complaint one key opens."""
    return next(iter(await proven([key])), None)


async def changed_since(actor: Actor, cursor: int) -> tuple[list[tuple[UUID, int]], int, bool]:
    """Complaints this person may read in which something happened after `cursor`: (id, position), the new cursor, and whether there is more."""
    latest, reached = await events.after(cursor, MOST_CHANGES)
    seen = (
        await Complaint.select(Complaint.id).where(within(actor, Permission.READ)).where(Complaint.id.is_in(list(latest))) if latest else []
    )
    return [(row["id"], latest[row["id"]]) for row in seen], reached, reached - cursor >= MOST_CHANGES


def _before(after: Cursor) -> Combinable:
    return (Complaint.received_at < after.at) | ((Complaint.received_at == after.at) & (Complaint.id < after.id))


def _newly_told() -> Combinable:
    return And(Complaint.status == Status.RECEIVED, Complaint.objected_at.is_null())


def _answered() -> Select[Any]:
    """A subquery is made when it is asked: it belongs to one engine, and an engine needs settings."""
    return Question.select(Question.complaint).where(And(Question.part.is_null(), Question.answered_at.is_not_null()))
