"""What a step leaves a complaint in: the state its parts give it (`law.md` 3.5), or its end."""

from uuid import UUID

from backend import clock
from backend.actors.actor import Actor
from backend.complaints import lifecycle, queries, steps
from backend.complaints.lifecycle import ENDED_PARTS
from backend.complaints.states import Ending, PartStatus, Status
from backend.complaints.tables import Assignment, Complaint, Question
from backend.events.kinds import EventKind
from backend.operations import Operation
from backend.sla import actions as sla
from backend.sla.policy import DEADLINES, ClockKind


async def living_parts(complaint: UUID) -> list[Assignment]:
    """The parts that still count for something."""
    return [part for part in await queries.parts_of(complaint) if part.status not in ENDED_PARTS]


async def by_parts(actor: Actor, op: Operation, complaint: Complaint, part: UUID, note: UUID) -> None:
    """Bring the complaint to the state its parts give it; resolved by `part`, it asks the reporter and starts the silence window (C15)."""
    if not await _moves(complaint, disputed=complaint.status == Status.DISPUTED) or complaint.status != Status.RESOLVED:
        return
    await sla.stop(complaint.id, None, ClockKind.MODERATION, clock.now())
    silence = await sla.start(complaint.id, None, ClockKind.SILENCE, DEADLINES[ClockKind.SILENCE], clock.now())
    await steps.record(EventKind.RESOLVED, actor, op, complaint, part=part, subject=note, reply_until=silence.due_on.isoformat())


async def back_at_work(complaint: Complaint, *, disputed: bool) -> None:
    """The same where parts went on or back, so that nothing new can be resolved."""
    await _moves(complaint, disputed=disputed)


async def end(actor: Actor, complaint: Complaint, ending: Ending, status: Status = Status.CLOSED) -> None:
    """Close it: how, when, and with it every clock and every open question."""
    now = steps.moment(complaint, actor)
    complaint.status = status
    complaint.ending = ending
    complaint.closed_at = now
    complaint.review_due = False
    await complaint.save([Complaint.status, Complaint.ending, Complaint.closed_at, Complaint.review_due])
    await sla.stop_all(complaint.id, counted_at=now)
    unanswered = Question.reply.is_null() & Question.over_at.is_null()
    await Question.update({Question.over_at: now}).where(Question.complaint == complaint.id, unanswered)


async def reopen(complaint: Complaint, status: Status) -> None:
    """What ended only because nobody spoke goes on: somebody had spoken in time (T4)."""
    complaint.status = status
    complaint.ending = ""
    complaint.closed_at = None
    await complaint.save([Complaint.status, Complaint.ending, Complaint.closed_at])


async def _moves(complaint: Complaint, *, disputed: bool) -> bool:
    """Does its state change? Then the row says so."""
    states = tuple((PartStatus(each.status), each.lead) for each in await queries.parts_of(complaint.id))
    status = lifecycle.status_of(states, disputed=disputed)
    if status == complaint.status:
        return False
    complaint.status = status
    await complaint.save([Complaint.status])
    return True
