"""Parts that go back to work because it is not in order (C18, C19, P17), with what was left of their time (T7)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.actors.actor import Actor
from backend.complaints import settling, steps
from backend.complaints.lifecycle import SECOND_DISPUTE
from backend.complaints.states import Ending, Evidence, PartOutcome, PartStatus, PromiseReason, Status
from backend.complaints.tables import Assignment, Complaint
from backend.events.kinds import EventKind
from backend.operations import Operation
from backend.sla import actions as sla
from backend.sla import policy
from backend.sla import queries as sla_queries
from backend.sla.policy import ClockKind, ServiceClass

UNPROVEN = frozenset({Evidence.WEAK, Evidence.AWAITED})
NOT_DONE = frozenset({PartOutcome.NOT_FOUND, PartOutcome.NOT_POSSIBLE})


async def disputed(
    actor: Actor,
    op: Operation | None,
    complaint: Complaint,
    parts: Sequence[Assignment],
    *,
    note: UUID,
    part: UUID | None = None,
    by: str = "",
) -> None:
    """The first time the parts get back what was left of their time; the second time a moderator decides while their clocks stand."""
    now = steps.moment(complaint, actor)
    for kind in (ClockKind.SILENCE, ClockKind.MODERATION):
        await sla.stop(complaint.id, None, kind, now)
    await _at_work(parts, now)
    complaint.disputes += 1
    complaint.status = Status.DISPUTED
    complaint.review_due = False
    await complaint.save([Complaint.status, Complaint.disputes, Complaint.review_due])
    told: dict[str, str | None] = {"by": by, "agencies": codes(parts)}
    if complaint.disputes >= SECOND_DISPUTE:
        decision = await sla.start(complaint.id, None, ClockKind.MODERATION, policy.SECOND_DISPUTE_DECIDED, now)
        told |= {"decide_on": decision.due_on.isoformat()}
        await steps.record(EventKind.DISPUTED, actor, op, complaint, part=part, subject=note, times=complaint.disputes, told=told)
        return
    work_on = await _restarted(complaint.id, parts, now)
    told |= {"work_on": steps.iso(work_on)}
    await steps.record(EventKind.DISPUTED, actor, op, complaint, part=part, subject=note, times=complaint.disputes, told=told)
    await steps.promise_finish(actor, op, complaint, work_on, PromiseReason.DISPUTE)


async def again(actor: Actor, complaint: Complaint, parts: Sequence[Assignment]) -> date | None:
    """Back to work without a dispute, because a moderator did not find it done; returns the new finish date."""
    now = steps.moment(complaint, actor)
    await _at_work(parts, now)
    await settling.back_at_work(complaint, disputed=False)
    return await _restarted(complaint.id, parts, now)


async def in_time(actor: Actor, op: Operation, complaint: Complaint) -> bool:
    """Was it closed because nobody spoke, though the reporter had spoken in time (T4)? Then that counts."""
    if complaint.status != Status.CLOSED or complaint.ending != Ending.SILENCE:
        return False
    window = await sla_queries.last(complaint.id, None, ClockKind.SILENCE)
    return window is not None and steps.day_of_reporter(actor, op, complaint, window.started_at) <= window.due_on


def is_unproven(part: Assignment) -> bool:
    """Does silence alone not close it (C17): nothing shows that it is done, or it was not; and of an accusation never."""
    return part.evidence in UNPROVEN or part.outcome in NOT_DONE or part.service_class == ServiceClass.OVERSIGHT


def codes(parts: Sequence[Assignment]) -> str:
    """Their OPDs, as an event keeps them."""
    return ",".join(str(part.agency) for part in parts)


async def _at_work(parts: Sequence[Assignment], now: datetime) -> None:
    await Assignment.update({Assignment.status: PartStatus.IN_PROGRESS, Assignment.stepped_at: now}).where(
        Assignment.id.is_in([part.id for part in parts])
    )


async def _restarted(complaint: UUID, parts: Sequence[Assignment], now: datetime) -> date | None:
    """The finish clocks go on; an OPD whose class owes no finish date has one working day."""
    going = [await sla.restart(complaint, part.id, ClockKind.FINISH, now) for part in parts]
    return max((one.due_on for one in going if one), default=None)
