"""Steps of a complaint (`law.md` 4.1): it is told, forwarded, confirmed, disputed."""

from backend import clock
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import access, again, disputes, forwarding, publishing, receiving, reporters, reworking, settling, steps
from backend.complaints.lifecycle import STEP
from backend.complaints.operations import ConfirmComplaint, DisputeComplaint, SubmitComplaint
from backend.complaints.refusals import ObjectionFirst
from backend.complaints.staff_operations import ForwardComplaint
from backend.complaints.states import Ending, Status
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation
from backend.sla import actions as sla
from backend.sla.policy import ClockKind


@operation
async def submit(actor: Actor, op: SubmitComplaint) -> Outcome:
    """C1. Somebody tells the city something; the receipt promises an answer (T6). C21: it may go on from one that has ended."""
    await receiving.check(op)
    previous = await again.previous_of(actor, op)
    origin = receiving.Origin(reporter=op.owner, previous=op.previous, recurrence=again.recurs(previous, op.place))
    complaint, clocks = await receiving.keep(op, origin)
    await steps.record(EventKind.RECEIVED, actor, op, complaint, photos=len(op.photos), answer_on=complaint.promise_answer_on.isoformat())
    if previous is not None:
        await again.link(actor, op, previous, complaint)
    return await steps.accepted(op, complaint, notice=receiving.notice(complaint), running=clocks)


@operation
async def forward(actor: Actor, op: ForwardComplaint) -> Outcome:
    """C2, C2j. A moderator connects the complaint to the OPDs; each part gets its own clocks, the citizen a finish date."""
    await forwarding.check(op)
    complaint = await access.require(actor, Permission.FORWARD, op.complaint)
    if late := await steps.settle(actor, op, STEP["forward"], complaint, current=complaint.status, seen=op.seen):
        return late
    if complaint.objected_at is not None:
        raise ObjectionFirst
    await sla.stop(complaint.id, None, ClockKind.MODERATION, clock.now())
    given = await forwarding.give(op, complaint)
    await forwarding.forwarded(actor, op, complaint, given)
    await publishing.publish(actor, op, complaint)
    return await steps.accepted(op, complaint)


@operation
async def confirm(actor: Actor, op: ConfirmComplaint) -> Outcome:
    """C16. Only the reporter's word makes it "beres"; said in time it counts, though it was closed meanwhile because nobody spoke (T4)."""
    complaint = await reporters.own(actor, Permission.CONFIRM, op, op.complaint)
    current = Status.RESOLVED if await reworking.in_time(actor, op, complaint) else complaint.status
    if late := await steps.settle(actor, op, STEP["confirm"], complaint, current=current, seen=op.seen):
        return late
    await settling.end(actor, complaint, Ending.CONFIRMED)
    await steps.record(EventKind.CONFIRMED, actor, op, complaint)
    return await steps.accepted(op, complaint)


@operation
async def dispute(actor: Actor, op: DisputeComplaint) -> Outcome:
    """C18, P17: the parts go back to work with what was left of their time (T7). C19: the second time a moderator decides."""
    return await disputes.by_reporter(actor, op)
