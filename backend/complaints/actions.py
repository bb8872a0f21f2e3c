"""Steps of a complaint (`law.md` 4.1): it is told, forwarded, confirmed, disputed."""

from datetime import date
from sqlite3 import IntegrityError
from typing import TYPE_CHECKING
from uuid import UUID

from asyncpg.exceptions import UniqueViolationError

from backend import clock, database
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.agencies import contacts, places
from backend.agencies import queries as agencies
from backend.complaints import access, checks, claims, photos, queries, steps
from backend.complaints.lifecycle import SECOND_DISPUTE, STEP, Mode, PartStatus, Status
from backend.complaints.operations import ConfirmComplaint, DisputeComplaint, ForwardComplaint, Place, SubmitComplaint
from backend.complaints.refusals import ComplaintExists, DisputedEnough
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Assignment, Complaint
from backend.errors import InvalidInput, NotFound
from backend.events.kinds import EventKind
from backend.operations import Operation, Outcome, operation
from backend.settings import settings
from backend.sla import actions as sla
from backend.sla import policy
from backend.sla import queries as sla_queries
from backend.sla.policy import DEADLINES, ClockKind, ServiceClass

if TYPE_CHECKING:
    from backend.agencies.tables import Area
    from backend.sla.tables import Clock

NUMBER_TRIES = 8


@operation
async def submit(actor: Actor, op: SubmitComplaint) -> Outcome:
    """C1. Somebody tells the city something; the receipt promises an answer (T6)."""
    categories = {category.code: category for group in await agencies.offered_categories() for category in group.categories}
    areas = await agencies.areas()
    chosen = categories.get(op.category or "")
    found = checks.of_submit(op, chosen.service_class if chosen else None)
    if op.category and chosen is None:
        found["category"] = "Pilih kategori dari daftar, atau biarkan kosong."
    if op.place.area and op.place.area not in {area.code for area in areas}:
        found["place"] = "Pilih kelurahan dari daftar."
    if found:
        raise InvalidInput(found)
    complaint = await _insert(op, seems_outside=_seems_outside(op.place, areas))
    await photos.expect(complaint.id, None, None, op.owner, "report", op.photos)
    await sla.start(complaint.id, None, ClockKind.MODERATION, DEADLINES[ClockKind.MODERATION], complaint.received_at)
    await sla.start(complaint.id, None, ClockKind.PROMISE, DEADLINES[ClockKind.PROMISE], complaint.received_at)
    await steps.record(EventKind.RECEIVED, actor, op, complaint, photos=len(op.photos), answer_on=complaint.promise_answer_on.isoformat())
    notice = _notice(complaint)
    return await steps.accepted(op, complaint, notice=notice)


@operation
async def forward(actor: Actor, op: ForwardComplaint) -> Outcome:
    """C2, C2j. A moderator connects the complaint to the OPDs; each part gets its own clocks, the citizen a finish date."""
    if found := checks.of_forward(op):
        raise InvalidInput(found)
    complaint = await access.require(actor, Permission.FORWARD, op.complaint)
    if late := await steps.settle(actor, op, STEP["forward"], complaint, current=complaint.status, seen=op.seen):
        return late
    known = {agency.code for agency in await agencies.agencies_on(clock.day_of(clock.now()))}
    if not {part.agency for part in op.parts} <= known:
        raise InvalidInput({"parts": "Pilih dinas dari daftar."})
    now = clock.now()
    await sla.stop(complaint.id, None, ClockKind.MODERATION, now)
    due = [one for part in op.parts for one in await _assign(op, complaint, part.agency, part.service_class, lead=part.lead)]
    complaint.status = Status.FORWARDED
    complaint.mode = op.mode
    complaint.mode_reason = op.reason.strip()
    complaint.promise_finish_on = _latest(due, ClockKind.WORK, ClockKind.FINISH)
    await complaint.save([Complaint.status, Complaint.mode, Complaint.mode_reason, Complaint.promise_finish_on])
    answer_on, work_on = _latest(due, ClockKind.ANSWER, ClockKind.COORDINATE), _latest(due, ClockKind.WORK)
    await steps.record(EventKind.FORWARDED, actor, op, complaint, mode=op.mode, answer_on=steps.iso(answer_on), work_on=steps.iso(work_on))
    return await steps.accepted(op, complaint)


@operation
async def confirm(actor: Actor, op: ConfirmComplaint) -> Outcome:
    """C16. Only the reporter's word makes it "beres"."""
    complaint = await _reporters_own(actor, Permission.CONFIRM, op, op.complaint)
    if late := await steps.settle(actor, op, STEP["confirm"], complaint, current=complaint.status, seen=op.seen):
        return late
    await sla.stop_all(complaint.id, counted_at=steps.moment(complaint, actor))
    complaint.status = Status.CLOSED
    await complaint.save([Complaint.status])
    await steps.record(EventKind.CONFIRMED, actor, op, complaint)
    return await steps.accepted(op, complaint)


@operation
async def dispute(actor: Actor, op: DisputeComplaint) -> Outcome:
    """C18, P17: the parts go back to work with what was left of their time (T7). C19: the second time a moderator decides."""
    complaint = await _reporters_own(actor, Permission.DISPUTE, op, op.complaint, *(photo.id for photo in op.photos))
    parts = [part for part in await queries.parts_of(complaint.id) if op.part in {None, part.id}]
    if op.part is not None and not parts:
        raise InvalidInput({"part": "Pilih bagian dari aduan ini."})
    late = await steps.settle(
        actor, op, STEP["dispute"], complaint, current=complaint.status, seen=op.seen, part=op.part, text=op.text, photos_named=op.photos
    )
    if late:
        return late
    if complaint.disputes >= SECOND_DISPUTE:
        raise DisputedEnough
    now = steps.moment(complaint, actor)
    note = await steps.write(actor, complaint, "dispute", op.text, op, part=op.part)
    await photos.expect(complaint.id, op.part, note, actor.account, "dispute", op.photos)
    await sla.stop(complaint.id, None, ClockKind.SILENCE, now)
    complaint.disputes += 1
    await Assignment.update({Assignment.status: PartStatus.IN_PROGRESS, Assignment.stepped_at: now}).where(
        Assignment.id.is_in([part.id for part in parts])
    )
    if complaint.disputes < SECOND_DISPUTE:
        restarted = [await sla.restart(complaint.id, part.id, ClockKind.FINISH, now) for part in parts]
        complaint.promise_finish_on = max((one.due_on for one in restarted if one), default=complaint.promise_finish_on)
    else:
        restarted = [await sla.start(complaint.id, None, ClockKind.MODERATION, policy.SECOND_DISPUTE_DECIDED, now)]
    work_on = max((one.due_on for one in restarted if one), default=None)
    complaint.status = Status.DISPUTED
    await complaint.save([Complaint.status, Complaint.disputes, Complaint.promise_finish_on])
    await steps.record(
        EventKind.DISPUTED, actor, op, complaint, part=op.part, subject=note, times=complaint.disputes, work_on=steps.iso(work_on)
    )
    return await steps.accepted(op, complaint)


async def _reporters_own(actor: Actor, permission: Permission, op: Operation, complaint_id: UUID, *ids: UUID) -> Complaint:
    """The complaint, for a step of whoever told it: its account, or the holder of its key, in whose name alone the step is kept."""
    complaint = await access.require(actor, permission, complaint_id)
    if complaint.reporter != op.owner:
        raise NotFound
    if steps.is_anonymous(complaint) and checks.tells_who(op, *ids):
        raise InvalidInput({"secrecy": checks.NAMELESS})
    return complaint


async def _insert(op: SubmitComplaint, *, seems_outside: bool) -> Complaint:
    """The row, under a number nobody has yet."""
    if await Complaint.exists().where(Complaint.id == op.complaint):
        raise ComplaintExists
    anonymous = op.secrecy == Secrecy.ANONYMOUS
    received_at = clock.coarse(clock.now()) if anonymous else clock.now()
    place = op.place
    complaint = Complaint(
        id=op.complaint,
        status=Status.RECEIVED,
        secrecy=op.secrecy,
        reporter=op.owner,
        claim_hash=op.claim_hash,
        text=op.text.strip(),
        category=op.category,
        latitude=place.latitude,
        longitude=place.longitude,
        accuracy_m=place.accuracy_m,
        area=place.area,
        area_estimated=place.area_estimated,
        address=place.address.strip(),
        seems_outside=seems_outside,
        occurred_at=op.occurred_at,
        received_at=received_at,
        promise_answer_on=await sla_queries.due_on(received_at, DEADLINES[ClockKind.PROMISE]),
    )
    for _ in range(NUMBER_TRIES):
        complaint.number = claims.new_number()
        try:
            async with database.transaction():
                await Complaint.insert(complaint)
        except (IntegrityError, UniqueViolationError):
            continue
        return complaint
    raise ComplaintExists


def _seems_outside(place: Place, areas: "list[Area]") -> bool:
    if place.latitude is None or place.longitude is None:
        return False
    return places.seems_outside(place.latitude, place.longitude, areas, settings().outside_km)


def _notice(complaint: Complaint) -> str:
    """A plain word on who may be responsible, where the place seems to lie outside the city."""
    if complaint.latitude is None or complaint.longitude is None or not complaint.seems_outside:
        return ""
    return contacts.outside_notice(complaint.latitude, complaint.longitude)


async def _assign(op: ForwardComplaint, complaint: Complaint, agency: str, service_class: ServiceClass, *, lead: bool) -> "list[Clock]":
    """P1. One OPD's part, and the clocks that start with it."""
    now = clock.now()
    joint = op.mode == Mode.JOINT
    part = Assignment(
        id=database.new_id(),
        complaint=complaint.id,
        agency=agency,
        service_class=ServiceClass.JOINT if joint else service_class,
        lead=lead or not joint,
        status=PartStatus.ASSIGNED,
        received_at=now,
        stepped_at=now,
    )
    await Assignment.insert(part)
    owed = policy.owed(ServiceClass(part.service_class), lead=part.lead)
    return [await sla.start(complaint.id, part.id, kind, days, now) for kind, days in owed.items()]


def _latest(clocks: "list[Clock]", *kinds: ClockKind) -> date | None:
    return max((one.due_on for one in clocks if one.kind in kinds), default=None)
