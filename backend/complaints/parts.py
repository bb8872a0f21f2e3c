"""Steps of a part (`law.md` 4.2): the OPD answers, sends somebody, visits, finishes."""

from datetime import date

from backend import clock
from backend.accounts import queries as accounts
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import access, photos, settling, steps
from backend.complaints.labels import day
from backend.complaints.lifecycle import STEP, Step
from backend.complaints.refusals import HelpersFirst, NotAnOfficer
from backend.complaints.staff_operations import AnswerPart, FinishPart, NameOfficer, VisitPart
from backend.complaints.states import Evidence, Mode, PartOutcome, PartStatus, PromiseReason
from backend.complaints.tables import Assignment, Complaint
from backend.errors import InvalidInput
from backend.events.kinds import EventKind
from backend.operations import Operation, Outcome, operation
from backend.sla import actions as sla
from backend.sla import calendar, policy
from backend.sla import queries as sla_queries
from backend.sla.policy import ClockKind, ServiceClass
from backend.words import N_, tr

SHORTEST_GROUND = 30
"""Characters for why something cannot be done."""


@operation
async def answer(actor: Actor, op: AnswerPart) -> Outcome:
    """P2: the answer reaches the reporter at once. P2i: a question is done with it."""
    part, complaint = await access.require_part(actor, Permission.ANSWER, op.part)
    step = STEP["answer_information" if part.service_class == ServiceClass.INFORMATION else "answer"]
    if late := await steps.settle_part(actor, op, step, part, complaint, seen=op.seen, text=op.text):
        return late
    note = await steps.write(actor, complaint, "answer", op.text, op, part=part.id)
    if step.target == PartStatus.DONE:
        part.outcome = PartOutcome.ANSWERED
        part.work_done = op.text.strip()
    await _move(op, step, part, complaint)
    await steps.record(EventKind.ANSWERED, actor, op, complaint, part=part.id, subject=note)
    await settling.by_parts(actor, op, complaint, part.id, note)
    return await steps.accepted(op, complaint)


@operation
async def name_officer(actor: Actor, op: NameOfficer) -> Outcome:
    """P3. Somebody is sent, on a day the citizen is told."""
    part, complaint = await access.require_part(actor, Permission.ASSIGN, op.part)
    step = STEP["name_officer"]
    if late := await steps.settle_part(actor, op, step, part, complaint, seen=op.seen):
        return late
    if op.officer not in {officer.id for officer in await accounts.officers_of(str(part.agency))}:
        raise NotAnOfficer
    if op.visit_on < clock.day_of(clock.now()):
        raise InvalidInput({"visit_on": N_("Pilih hari ini atau sesudahnya.")})
    part.officer = op.officer
    part.visit_on = op.visit_on
    await part.save([Assignment.officer, Assignment.visit_on])
    await _move(op, step, part, complaint)
    await steps.record(EventKind.OFFICER_NAMED, actor, op, complaint, part=part.id, visit_on=op.visit_on.isoformat())
    return await steps.accepted(op, complaint)


@operation
async def visit(actor: Actor, op: VisitPart) -> Outcome:
    """P4. Somebody was there; the finish date is a promise with its own clock."""
    part, complaint = await access.require_part(actor, Permission.VISIT, op.part)
    step = STEP["visit"]
    if late := await steps.settle_part(actor, op, step, part, complaint, seen=op.seen, text=op.text, photos_named=op.photos):
        return late
    await _check_finish_date(op, part)
    note = await steps.write(actor, complaint, "visit", op.text, op, part=part.id)
    await photos.expect(complaint.id, part.id, note, actor.account, "visit", op.photos)
    part.finish_on = op.finish_on
    await part.save([Assignment.finish_on])
    await _move(op, step, part, complaint)
    await sla.start_until(complaint.id, part.id, ClockKind.FINISH, op.finish_on, clock.now())
    await steps.record(EventKind.VISITED, actor, op, complaint, part=part.id, subject=note, finish_on=op.finish_on.isoformat())
    promised = max(op.finish_on, complaint.promise_finish_on or op.finish_on)
    await steps.promise_finish(actor, op, complaint, promised, PromiseReason.FINISH_DATE)
    await settling.by_parts(actor, op, complaint, part.id, note)
    return await steps.accepted(op, complaint)


@operation
async def finish(actor: Actor, op: FinishPart) -> Outcome:
    """P16, C15. Done by the OPD's word; the last part makes the complaint resolved, and the reporter is asked."""
    part, complaint = await access.require_part(actor, Permission.DONE, op.part)
    step = STEP["done"]
    if late := await steps.settle_part(actor, op, step, part, complaint, seen=op.seen, text=op.work_done, photos_named=op.photos):
        return late
    others = [other for other in await settling.living_parts(complaint.id) if other.id != part.id]
    if complaint.mode == Mode.JOINT and part.lead and any(other.status != PartStatus.DONE for other in others):
        raise HelpersFirst
    _check_result(op)
    note = await steps.write(actor, complaint, "result", op.work_done, op, part=part.id)
    await photos.expect(complaint.id, part.id, note, actor.account, "after", op.photos)
    last = all(other.status == PartStatus.DONE for other in others)  # what it means then is told by the complaint's own event
    part.outcome = op.outcome
    part.work_done = op.work_done.strip()
    part.work_done_on = op.work_done_on
    part.work_done_by = op.work_done_by.strip()
    part.evidence = _evidence(part, op)
    await part.save([Assignment.outcome, Assignment.work_done, Assignment.work_done_on, Assignment.work_done_by, Assignment.evidence])
    await _move(op, step, part, complaint)
    await steps.record(EventKind.PART_DONE, actor, op, complaint, part=part.id, subject=note, outcome=op.outcome, last=last)
    await settling.by_parts(actor, op, complaint, part.id, note)
    return await steps.accepted(op, complaint)


async def _move(op: Operation, step: Step, part: Assignment, complaint: Complaint) -> None:
    """Take the part to the step's target and stop the clocks the step stops."""
    counted_at = steps.counted(op, part.stepped_at)
    for kind in step.stops:
        await sla.stop(complaint.id, part.id, kind, counted_at)
    if ClockKind.ANSWER in step.stops and not await _answers_owed(complaint):
        await sla.stop(complaint.id, None, ClockKind.PROMISE, counted_at)
    part.status = step.target or part.status
    part.stepped_at = counted_at
    await part.save([Assignment.status, Assignment.stepped_at, Assignment.outcome, Assignment.work_done])


async def _answers_owed(complaint: Complaint) -> bool:
    return any(clock_.kind == ClockKind.ANSWER for clock_ in await sla_queries.running(complaint.id))


async def _check_finish_date(op: VisitPart, part: Assignment) -> None:
    """A working day, not before the visit, and no later than an OPD may promise by itself."""
    visited_on = clock.day_of(steps.counted(op, part.stepped_at))
    if op.finish_on < visited_on or not calendar.is_working_day(op.finish_on, await sla_queries.holidays()):
        raise InvalidInput({"finish_on": N_("Pilih hari kerja, hari ini atau sesudahnya.")})
    latest = await _latest_finish(part)
    if op.finish_on > latest:
        raise InvalidInput({"finish_on": tr(N_("Paling lambat {day}.")).format(day=day(latest))})


async def _latest_finish(part: Assignment) -> date:
    """By its class (`law.md` 3.1) or by a clock a dispute started anew; a binding date is the last (C20a). Over, it is the next working day."""
    if part.binding and part.finish_on is not None:
        return (
            max(part.finish_on, await sla_queries.due_on(clock.now(), 1)) if part.finish_on < clock.day_of(clock.now()) else part.finish_on
        )
    row = policy.CLASSES[ServiceClass(part.service_class)]
    days = row.finish_within or row.finish
    by_class = [await sla_queries.due_on(part.received_at, days)] if days else []
    running = [one.due_on for one in await sla_queries.running(part.complaint) if one.part == part.id and one.kind == ClockKind.FINISH]
    return max([*by_class, *running, await sla_queries.due_on(clock.now(), 1)])


def _check_result(op: FinishPart) -> None:
    """C15: done by now, and what cannot be done says on what ground."""
    found = {}
    if op.work_done_on > clock.day_of(clock.now()):
        found["work_done_on"] = N_("Tanggal pengerjaan tidak boleh sesudah hari ini.")
    if op.outcome == PartOutcome.NOT_POSSIBLE and len(op.work_done.strip()) < SHORTEST_GROUND:
        found["work_done"] = N_("Sebutkan dasar hukum atau alasan teknisnya, sedikitnya satu kalimat.")
    if found:
        raise InvalidInput(found)


def _evidence(part: Assignment, op: FinishPart) -> Evidence | None:
    if op.photos:
        return Evidence.AWAITED
    return Evidence.WEAK if part.service_class in {ServiceClass.FIELD_WORK, ServiceClass.JOINT} else None
