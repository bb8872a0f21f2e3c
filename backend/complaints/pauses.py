"""Standing still while the reporter is asked, and going on with what was left (T7, T8, G3): clocks, parts and promises."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from backend import clock
from backend.actors.actor import Actor
from backend.complaints import queries, settling, steps
from backend.complaints.lifecycle import MOST_PAUSED_DAYS, Step
from backend.complaints.states import PartStatus, PromiseReason, Status
from backend.complaints.tables import Assignment, Complaint, Question
from backend.operations import Operation
from backend.sla import actions as sla
from backend.sla import calendar
from backend.sla import queries as sla_queries
from backend.sla.policy import ClockKind

if TYPE_CHECKING:
    from backend.sla.tables import Clock

Moved = list[tuple[str, date, date]]
"""What was promised (answer or finish), the day before, and the day now."""


async def pause(step: Step, part: Assignment, complaint: Complaint, counted_at: datetime) -> bool:
    """Let a part's clocks stand still, with the lead's the promised answer too. False: nothing stands, it is late or has stood enough."""
    if await _days_left(part.id, complaint.id, None) < 1:
        return False
    paused = await sla.pause(complaint.id, part.id, step.stops, counted_at)
    if paused and part.lead:
        await sla.pause(complaint.id, None, (ClockKind.PROMISE,), counted_at)
    return bool(paused)


async def go_on(complaint: Complaint, question: Question, at: datetime, restarted_on: date) -> "tuple[list[Clock], Moved]":
    """What stood still goes on, and the asker is where he was; the promise moves along with the lead's pause or the moderator's (T8)."""
    if not question.paused:
        return [], []
    if question.part is None:
        going = await sla.resume(complaint.id, None, at, restarted_on)
        if complaint.status == Status.NEEDS_INFO:
            complaint.status = complaint.before_question
            await complaint.save([Complaint.status])
        return going, await _promise_answer(complaint, going)
    part = await Assignment.objects().get(Assignment.id == question.part)
    if part is None or part.status != PartStatus.NEEDS_INFO:
        return [], []
    restarted_on = min(restarted_on, await _last_paused_day(question, complaint.id))
    going = await sla.resume(complaint.id, part.id, at, restarted_on)
    part.status = part.before_question
    part.stepped_at = max(at, part.stepped_at)
    await part.save([Assignment.status, Assignment.stepped_at])
    await settling.back_at_work(complaint, disputed=complaint.status == Status.DISPUTED)
    if not part.lead:
        return going, []
    return going, [*await _answer_goes_on(complaint, at, restarted_on), *await _promise_finish(complaint, going)]


async def _answer_goes_on(complaint: Complaint, at: datetime, restarted_on: date) -> Moved:
    """The promised answer waits until no lead waits any more."""
    waiting = [part for part in await queries.parts_of(complaint.id) if part.lead and part.status == PartStatus.NEEDS_INFO]
    return [] if waiting else await _promise_answer(complaint, await sla.resume(complaint.id, None, at, restarted_on))


async def _promise_answer(complaint: Complaint, going: "list[Clock]") -> Moved:
    new = next((one.due_on for one in going if one.kind == ClockKind.PROMISE), None)
    old = complaint.promise_answer_on
    if new is None or new == old:
        return []
    complaint.promise_answer_on = new
    await complaint.save([Complaint.promise_answer_on])
    return [("answer", old, new)]


async def _promise_finish(complaint: Complaint, going: "list[Clock]") -> Moved:
    new = max((one.due_on for one in going if one.kind in {ClockKind.WORK, ClockKind.FINISH}), default=None)
    old = complaint.promise_finish_on
    if new is None or old is None or new <= old:
        return []
    complaint.promise_finish_on = new
    await complaint.save([Complaint.promise_finish_on])
    return [("finish", old, new)]


async def tell(actor: Actor, op: Operation | None, complaint: Complaint, moved: Moved) -> None:
    for what, old, new in moved:
        await steps.promise_moved(actor, op, complaint, what, old, new, PromiseReason.QUESTION)


async def asked(complaint: UUID, part: UUID | None) -> list[Question]:
    """The questions of one asker: of a part's OPD, or of the moderator."""
    of_part = Question.part.is_null() if part is None else Question.part == part
    return await Question.objects().where(Question.complaint == complaint, of_part).order_by(Question.asked_at)


async def _days_left(part: UUID, complaint: UUID, but: UUID | None) -> int:
    """Working days for which questions may still stop this part's clocks (G3); `but`: not counting this question."""
    off = await sla_queries.holidays()
    ended = [
        (clock.day_of(one.asked_at), one.reply_until if one.over_at else clock.day_of(one.answered_at))
        for one in await asked(complaint, part)
        if one.paused and one.id != but and (one.over_at or one.answered_at)
    ]
    return MOST_PAUSED_DAYS - sum(calendar.working_days_between(since, until, off) for since, until in ended)


async def _last_paused_day(question: Question, complaint: UUID) -> date:
    """However late the answer, a part stands still no longer than it may in all."""
    left = max(1, await _days_left(question.part, complaint, question.id))
    return calendar.nth_working_day(clock.day_of(question.asked_at), left, await sla_queries.holidays())


def due(going: "list[Clock]") -> dict[str, str | None]:
    """What is owed now, as the event tells it: the answer if there is none yet, else the work, else the finish date."""
    found = {ClockKind(one.kind): one.due_on for one in going}
    answer_on = max((found[kind] for kind in (ClockKind.ANSWER, ClockKind.COORDINATE, ClockKind.PROMISE) if kind in found), default=None)
    days = {"answer_on": answer_on, "work_on": found.get(ClockKind.WORK), "finish_on": found.get(ClockKind.FINISH)}
    return {name: steps.iso(day) for name, day in days.items()}
