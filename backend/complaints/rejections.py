"""What is not the city's (C7 to C9): rejected with whom to turn to, objected to once, decided by another person."""

from backend import clock
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.complaints import access, forwarding, reporters, settling, steps
from backend.complaints.lifecycle import STEP
from backend.complaints.operations import ObjectToRejection
from backend.complaints.refusals import AnotherPerson, NothingObjected, ObjectedAlready, ObjectionFirst, ObjectionTooLate
from backend.complaints.staff_operations import GrantObjection, RefuseObjection, RejectComplaint
from backend.complaints.states import Ending, Rejection, Status
from backend.complaints.tables import Complaint
from backend.errors import InvalidInput
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation
from backend.sla import actions as sla
from backend.sla import policy
from backend.sla import queries as sla_queries
from backend.sla.policy import DEADLINES, ClockKind
from backend.words import N_

SOMEBODY_ELSES = frozenset({Rejection.NOT_CITY, Rejection.OTHER_REGION})
"""Reasons that name whose it is and how to reach them; the others may."""


@operation
async def reject(actor: Actor, op: RejectComplaint) -> Outcome:
    """C7. Never "unclear" (G19); the reporter hears whose it is, and may object for ten working days."""
    complaint = await access.require(actor, Permission.REJECT, op.complaint)
    step = STEP["reject"]
    if late := await steps.settle(actor, op, step, complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    if complaint.objected_at is not None:
        raise ObjectionFirst
    complaint.responsible, complaint.responsible_contact = await _responsible(op)
    now = clock.now()
    for kind in step.stops:
        await sla.stop(complaint.id, None, kind, now)
    window = await sla.start(complaint.id, None, ClockKind.OBJECTION, DEADLINES[ClockKind.OBJECTION], now)
    note = await steps.write(actor, complaint, "rejection", op.text, op)
    complaint.status = Status.REJECTED
    complaint.rejection = op.reason
    complaint.elsewhere = op.elsewhere
    complaint.decided_by = actor.account
    await complaint.save([
        Complaint.status, Complaint.rejection, Complaint.elsewhere, Complaint.responsible, Complaint.responsible_contact, Complaint.decided_by,
    ])  # fmt: skip
    until = window.due_on.isoformat()
    await steps.record(EventKind.REJECTED, actor, op, complaint, subject=note, reason=op.reason, object_until=until)
    return await steps.accepted(op, complaint)


@operation
async def object_to(actor: Actor, op: ObjectToRejection) -> Outcome:
    """C8. Once, until the end of the window; typed in time counts, whenever it arrives (T4)."""
    complaint = await reporters.own(actor, Permission.OBJECT, op, op.complaint)
    if complaint.status == Status.REJECTED and complaint.objected_at is not None:
        raise ObjectedAlready
    step = STEP["object"]
    if late := await steps.settle(actor, op, step, complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    window = await sla_queries.last(complaint.id, None, ClockKind.OBJECTION)
    counted_at = steps.counted_of_reporter(actor, op, complaint, window.started_at if window else complaint.received_at)
    if window is None or clock.day_of(counted_at) > window.due_on:
        raise ObjectionTooLate
    now = steps.moment(complaint, actor)
    await sla.stop(complaint.id, None, ClockKind.OBJECTION, counted_at)
    decision = await sla.start(complaint.id, None, ClockKind.MODERATION, policy.OBJECTION_DECIDED, now)
    note = await steps.write(actor, complaint, "objection", op.text, op)
    complaint.objected_at = now
    await complaint.save([Complaint.objected_at])
    await settling.reopen(complaint, Status.RECEIVED)
    await steps.record(EventKind.OBJECTED, actor, op, complaint, subject=note, decide_on=decision.due_on.isoformat())
    return await steps.accepted(op, complaint)


@operation
async def grant_objection(actor: Actor, op: GrantObjection) -> Outcome:
    """C9. Another person finds it the city's after all: forwarded as any other."""
    await forwarding.check(op)
    complaint = await access.require(actor, Permission.DECIDE_OBJECTION, op.complaint)
    if late := await steps.settle(actor, op, STEP["grant_objection"], complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    _other_than_before(actor, complaint)
    await sla.stop(complaint.id, None, ClockKind.MODERATION, clock.now())
    note = await steps.write(actor, complaint, "decision", op.text, op)
    given = await forwarding.give(op, complaint)
    await steps.record(EventKind.OBJECTION_GRANTED, actor, op, complaint, subject=note, agencies=",".join(given.agencies))
    await forwarding.forwarded(actor, op, complaint, given)
    return await steps.accepted(op, complaint)


@operation
async def refuse_objection(actor: Actor, op: RefuseObjection) -> Outcome:
    """C9. Another person comes to the same end, and that is the last word of the city."""
    complaint = await access.require(actor, Permission.DECIDE_OBJECTION, op.complaint)
    step = STEP["refuse_objection"]
    if late := await steps.settle(actor, op, step, complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    _other_than_before(actor, complaint)
    note = await steps.write(actor, complaint, "decision", op.text, op)
    await settling.end(actor, complaint, Ending.REJECTED, Status.REJECTED)
    await steps.record(EventKind.OBJECTION_REFUSED, actor, op, complaint, subject=note)
    return await steps.accepted(op, complaint)


async def objection_over(complaint: Complaint) -> None:
    """Nobody objected: what was said stands."""
    await settling.end(NOBODY, complaint, Ending.REJECTED, Status.REJECTED)


def waits_for_decision(complaint: Complaint) -> bool:
    """Was it objected to, and has nobody decided yet?"""
    return complaint.objected_at is not None and complaint.status in {Status.RECEIVED, Status.NEEDS_INFO}


def may_decide(actor: Actor, complaint: Complaint) -> bool:
    """Is there something to decide, and was the first decision another person's (Gp)?"""
    return waits_for_decision(complaint) and (complaint.decided_by is None or complaint.decided_by != actor.account)


def _other_than_before(actor: Actor, complaint: Complaint) -> None:
    """Two persons, never the same (Gp)."""
    if not waits_for_decision(complaint):
        raise NothingObjected
    if not may_decide(actor, complaint):
        raise AnotherPerson


async def _responsible(op: RejectComplaint) -> tuple[str, str]:
    """Whose it is and how to reach them, by a confirmed row of the city's table or in words. Raises `InvalidInput`."""
    if op.elsewhere:
        row = next((each for each in await agencies.elsewhere() if each.code == op.elsewhere), None)
        if row is None:
            raise InvalidInput({"elsewhere": N_("Pilih instansi dari daftar yang sudah diperiksa.")})
        return row.owner, row.contact
    said = (op.responsible.strip(), op.contact.strip())
    missing = {
        "responsible": N_("Tuliskan instansi yang berwenang, atau pilih dari daftar."),
        "contact": N_("Tuliskan cara menghubungi instansi itu."),
    }
    found = {name: words for (name, words), given in zip(missing.items(), said, strict=True) if not given}
    if found and (op.reason in SOMEBODY_ELSES or len(found) == 1):
        raise InvalidInput(found)
    return said
