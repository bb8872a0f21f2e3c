"""A dispute, and what a moderator decides after the second one, or of a result nobody has confirmed (C17 to C20)."""

from collections.abc import Sequence
from uuid import UUID

from piccolo.columns import Column

from backend import clock
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.agencies.kinds import Kind
from backend.complaints import access, forwarding, photos, queries, reporters, reworking, settling, steps
from backend.complaints.lifecycle import SECOND_DISPUTE, STEP
from backend.complaints.operations import DisputeComplaint
from backend.complaints.refusals import DisputedEnough, HasAPartAlready, NotDisputedTwice, NotToReview
from backend.complaints.staff_operations import DecideDispute, RedirectAfterDispute, RedoAfterDispute, ReviewSilence
from backend.complaints.states import Ending, PartStatus, PromiseReason, Status
from backend.complaints.tables import Assignment, Complaint
from backend.errors import InvalidInput
from backend.events.kinds import EventKind
from backend.operations import Operation, Outcome, operation
from backend.sla import actions as sla
from backend.sla import calendar, policy
from backend.sla import queries as sla_queries
from backend.sla.policy import ClockKind, ServiceClass
from backend.words import N_

WITNESSES = frozenset({Kind.VILLAGE, Kind.DISTRICT})


async def by_reporter(actor: Actor, op: DisputeComplaint) -> Outcome:
    """C18, C19. Typed in time it counts, though it was closed meanwhile because nobody spoke (T4)."""
    complaint = await reporters.own(actor, Permission.DISPUTE, op, op.complaint, *(photo.id for photo in op.photos))
    parts = [part for part in await settling.living_parts(complaint.id) if op.part in {None, part.id}]
    if op.part is not None and not parts:
        raise InvalidInput({"part": N_("Pilih bagian dari aduan ini.")})
    reopens = await reworking.in_time(actor, op, complaint)
    current = Status.RESOLVED if reopens else complaint.status
    late = await steps.settle(
        actor, op, STEP["dispute"], complaint, current=current, seen=op.seen, part=op.part, text=op.text, photos_named=op.photos
    )
    if late:
        return late
    if complaint.disputes >= SECOND_DISPUTE:
        raise DisputedEnough
    if reopens:
        await settling.reopen(complaint, Status.RESOLVED)
    note = await steps.write(actor, complaint, "dispute", op.text, op, part=op.part)
    await photos.expect(complaint.id, op.part, note, actor.account, "dispute", op.photos)
    done = [part for part in parts if part.status == PartStatus.DONE]
    await reworking.disputed(actor, op, complaint, done, note=note, part=op.part)
    return await steps.accepted(op, complaint)


async def dispute_by_followers(actor: Actor, op: Operation, complaint: Complaint, note: UUID) -> None:
    """G1: as many followers as it takes say that it is not in order; it has the effect of the reporter's dispute. The complaint is held."""
    if complaint.status != Status.RESOLVED or complaint.disputes >= SECOND_DISPUTE:
        return
    await reworking.disputed(actor, op, complaint, await settling.living_parts(complaint.id), note=note, by="followers")


@operation
async def redo(actor: Actor, op: RedoAfterDispute) -> Outcome:
    """C20a. Back to the OPD by a binding date, with somebody of the kelurahan looking along."""
    complaint = await access.require(actor, Permission.DECIDE_DISPUTE, op.complaint)
    if late := await steps.settle(actor, op, STEP["redo"], complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    parts = await _undecided(complaint)
    kind = await _check_redo(op)
    now = clock.now()
    await sla.stop(complaint.id, None, ClockKind.MODERATION, now)
    note = await steps.write(actor, complaint, "decision", op.text, op)
    bound: dict[Column | str, object] = {Assignment.binding: True, Assignment.witness: op.witness, Assignment.finish_on: op.finish_on}
    await Assignment.update(bound).where(Assignment.id.is_in([part.id for part in parts]))
    for part in parts:
        await sla.start_until(complaint.id, part.id, ClockKind.FINISH, op.finish_on, now)
    await settling.back_at_work(complaint, disputed=False)
    told = {"finish_on": op.finish_on.isoformat(), "agencies": reworking.codes(parts), "witness": op.witness}
    variant = "district" if kind == Kind.DISTRICT else ""
    await steps.record(EventKind.REDO_DECIDED, actor, op, complaint, subject=note, variant=variant, told=told)
    await steps.promise_finish(actor, op, complaint, op.finish_on, PromiseReason.DECISION)
    return await steps.accepted(op, complaint)


@operation
async def redirect(actor: Actor, op: RedirectAfterDispute) -> Outcome:
    """C20a to another OPD: the disputed parts are taken back (P19), and the new ones start as in any forwarding."""
    await forwarding.check(op)
    complaint = await access.require(actor, Permission.DECIDE_DISPUTE, op.complaint)
    if late := await steps.settle(actor, op, STEP["redirect"], complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    taken = await _undecided(complaint)
    if {str(part.agency) for part in await queries.parts_of(complaint.id)} & {part.agency for part in op.parts}:
        raise InvalidInput({"parts": HasAPartAlready.sentence})
    if any(part.service_class == ServiceClass.NOTE for part in op.parts):
        raise InvalidInput({"parts": N_("Yang belum beres perlu dikerjakan; catatan saja tidak cukup.")})
    now = clock.now()
    await sla.stop(complaint.id, None, ClockKind.MODERATION, now)
    note = await steps.write(actor, complaint, "decision", op.text, op)
    await _take_back(complaint.id, taken)
    given = await forwarding.give(op, complaint)
    await settling.back_at_work(complaint, disputed=False)
    told = {**given.told(), "taken": reworking.codes(taken), "mode": op.mode}
    await steps.record(EventKind.REDIRECTED, actor, op, complaint, subject=note, told=told)
    await steps.promise_finish(actor, op, complaint, given.finish_on, PromiseReason.DECISION)
    return await steps.accepted(op, complaint)


@operation
async def decide(actor: Actor, op: DecideDispute) -> Outcome:
    """C20b. Closed against the reporter's word, with a reason everybody reads; never counted as success."""
    complaint = await access.require(actor, Permission.DECIDE_DISPUTE, op.complaint)
    if late := await steps.settle(actor, op, STEP["decide"], complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    await _undecided(complaint)
    note = await steps.write(actor, complaint, "decision", op.text, op)
    await settling.end(actor, complaint, Ending.DECIDED)
    await steps.record(EventKind.CLOSED_BY_DECISION, actor, op, complaint, subject=note)
    return await steps.accepted(op, complaint)


@operation
async def review_silence(actor: Actor, op: ReviewSilence) -> Outcome:
    """C17. A moderator has looked: the result stands and silence closes it, or it goes back to work without counting as a dispute."""
    complaint = await access.require(actor, Permission.REVIEW_SILENCE, op.complaint)
    if late := await steps.settle(actor, op, STEP["review_silence"], complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    window = await sla_queries.last(complaint.id, None, ClockKind.SILENCE)
    if not complaint.review_due or window is None or window.stopped_at is None:
        raise NotToReview
    await sla.stop(complaint.id, None, ClockKind.MODERATION, clock.now())
    note = await steps.write(actor, complaint, "decision", op.text, op)
    if op.stands:
        await settling.end(actor, complaint, Ending.SILENCE)
        until = window.due_on.isoformat()
        await steps.record(
            EventKind.CLOSED_SILENTLY, actor, op, complaint, subject=note, variant="reviewed", by="moderator", reply_until=until
        )
        return await steps.accepted(op, complaint)
    complaint.review_due = False
    await complaint.save([Complaint.review_due])
    living = await settling.living_parts(complaint.id)
    parts = [part for part in living if reworking.is_unproven(part)] or living
    finish_on = await reworking.again(actor, complaint, parts)
    told = {"agencies": reworking.codes(parts), "finish_on": steps.iso(finish_on)}
    await steps.record(EventKind.REDO_DECIDED, actor, op, complaint, subject=note, variant="review", told=told)
    await steps.promise_finish(actor, op, complaint, finish_on, PromiseReason.DECISION)
    return await steps.accepted(op, complaint)


async def _undecided(complaint: Complaint) -> list[Assignment]:
    """The parts that are not in order, once it is the moderator's to decide. Raises `NotDisputedTwice`."""
    if complaint.disputes < SECOND_DISPUTE:
        raise NotDisputedTwice
    return [part for part in await settling.living_parts(complaint.id) if part.status != PartStatus.DONE]


async def _check_redo(op: RedoAfterDispute) -> str:
    """The kind of office that looks along. Raises `InvalidInput`."""
    today, off = clock.day_of(clock.now()), await sla_queries.holidays()
    latest = calendar.nth_working_day(today, policy.BINDING_WITHIN, off)
    found = {}
    if not today <= op.finish_on <= latest or not calendar.is_working_day(op.finish_on, off):
        found["finish_on"] = N_("Pilih hari kerja, paling lama tiga hari kerja dari sekarang.")
    offices = {agency.code: agency.kind for agency in await agencies.agencies_on(today) if agency.kind in WITNESSES}
    if op.witness not in offices:
        found["witness"] = N_("Pilih kelurahan atau kecamatan yang ikut memeriksa.")
    if found:
        raise InvalidInput(found)
    return str(offices[op.witness])


async def _take_back(complaint: UUID, parts: Sequence[Assignment]) -> None:
    now = clock.now()
    await Assignment.update({Assignment.status: PartStatus.TAKEN_BACK, Assignment.stepped_at: now}).where(
        Assignment.id.is_in([part.id for part in parts])
    )
    for part in parts:
        await sla.stop_all(complaint, part.id, counted_at=now)
