"""How a complaint ends without an OPD's doing (C14, C17): its reporter withdraws it, or nobody speaks until the window is over."""

from uuid import UUID

from backend import clock, database
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.complaints import questions, rejections, reporters, reworking, settling, steps
from backend.complaints.lifecycle import STEP
from backend.complaints.operations import WithdrawComplaint
from backend.complaints.refusals import WithdrawnAlready
from backend.complaints.states import Ending, Status
from backend.complaints.tables import Complaint
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation
from backend.sla import actions as sla
from backend.sla import policy
from backend.sla import queries as sla_queries
from backend.sla.policy import ClockKind, ServiceClass


@operation
async def withdraw(actor: Actor, op: WithdrawComplaint) -> Outcome:
    """C14. What endangers others, or accuses somebody, goes on without its reporter; so does what was not withdrawn freely (G16)."""
    complaint = await reporters.own(actor, Permission.WITHDRAW, op, op.complaint)
    if late := await steps.settle(actor, op, STEP["withdraw"], complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    if complaint.withdrawn_at is not None:
        raise WithdrawnAlready
    note = await steps.write(actor, complaint, "withdrawal", op.text, op) if op.text.strip() else None
    now = steps.moment(complaint, actor)
    variant = "" if op.own_will else "pressed"
    if not op.own_will:
        complaint.review_due = True
        await complaint.save([Complaint.review_due])
    elif await _concerns_others(complaint):
        variant = "goes_on"
        complaint.withdrawn_at = now
        await complaint.save([Complaint.withdrawn_at])
    else:
        complaint.withdrawn_at = now
        await complaint.save([Complaint.withdrawn_at])
        await settling.end(actor, complaint, Ending.WITHDRAWN)
    on = clock.day_of(now).isoformat()
    await steps.record(EventKind.WITHDRAWN, actor, op, complaint, subject=note, on=on, variant=variant, own_will=op.own_will)
    return await steps.accepted(op, complaint)


async def clock_over(clock_id: UUID) -> None:
    """What follows when the last day of a window is over. Once, and not at all if the reporter acted meanwhile: his step stopped the clock."""
    window = await sla_queries.one(clock_id)
    if window is None:
        return
    complaint = await database.locked(Complaint.objects().where(Complaint.id == window.complaint)).first()
    window = await sla_queries.one(clock_id)  # again, now that nobody else can move it
    if complaint is None or window is None or window.stopped_at is not None:
        return
    match window.kind:
        case ClockKind.REPLY:
            await questions.reply_over(complaint, window.part)
        case ClockKind.SILENCE:
            await _close_silent(complaint)
        case ClockKind.OBJECTION:
            await rejections.objection_over(complaint)


async def _close_silent(complaint: Complaint) -> None:
    """C17. What nothing proves, or somebody was talked out of (G16), is looked at first, within two working days."""
    window = await sla_queries.last(complaint.id, None, ClockKind.SILENCE)
    if window is None or complaint.status != Status.RESOLVED:
        return
    await sla.stop(complaint.id, None, ClockKind.SILENCE, clock.last_moment_of(window.due_on))
    if complaint.review_due or any(reworking.is_unproven(part) for part in await settling.living_parts(complaint.id)):
        complaint.review_due = True
        await complaint.save([Complaint.review_due])
        look = await sla.start(complaint.id, None, ClockKind.MODERATION, policy.RESULT_REVIEWED, clock.now())
        await steps.record(EventKind.REVIEW_DUE, NOBODY, None, complaint, decide_on=look.due_on.isoformat())
        return
    await settling.end(NOBODY, complaint, Ending.SILENCE)
    await steps.record(EventKind.CLOSED_SILENTLY, NOBODY, None, complaint, reply_until=window.due_on.isoformat())


async def _concerns_others(complaint: Complaint) -> bool:
    """Is somebody in danger, or accused?"""
    if complaint.danger or any(part.service_class == ServiceClass.OVERSIGHT for part in await settling.living_parts(complaint.id)):
        return True
    category = await agencies.category(str(complaint.category)) if complaint.category else None
    return category is not None and category.service_class == ServiceClass.OVERSIGHT
