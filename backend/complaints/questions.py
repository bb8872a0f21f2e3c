"""Questions to the reporter and their answers (C4 to C6, P5, P6): what is asked stands still, and goes on with what was left (T7, T8)."""

from datetime import datetime
from uuid import UUID

from backend import clock, database
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Permission, Role
from backend.complaints import access, checks, pauses, photos, reporters, settling, steps
from backend.complaints.lifecycle import MOST_QUESTIONS, OPEN, STEP_BY_KIND
from backend.complaints.operations import AddToComplaint, ReplyComplaint
from backend.complaints.refusals import AskedEnough, NotAnsweredYet
from backend.complaints.staff_operations import AskForPart, AskReporter
from backend.complaints.states import PartStatus, Status
from backend.complaints.tables import Assignment, Complaint, Question
from backend.errors import InvalidInput, NotFound
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation
from backend.sla import actions as sla
from backend.sla.policy import DEADLINES, ClockKind
from backend.words import N_, tr

UNKNOWN = N_("Saya tidak tahu.")
TOO_LATE = N_("Batas waktu menjawab sudah lewat, jadi pekerjaan sudah dilanjutkan. Keterangan Anda tetap kami simpan dan dibaca petugas.")


@operation
async def ask(actor: Actor, op: AskReporter) -> Outcome:
    """C4. The moderator's one question, before it is forwarded."""
    complaint = await access.require(actor, Permission.ASK, op.complaint)
    step = STEP_BY_KIND["complaint.ask"]
    if late := await steps.settle(actor, op, step, complaint, current=complaint.status, seen=op.seen, text=op.text):
        return late
    await _check(op, complaint, None)
    counted_at = steps.counted(op, complaint.received_at)
    paused = await sla.pause(complaint.id, None, step.stops, counted_at)
    await _put(actor, op, complaint, None, counted_at, paused=bool(paused))
    if paused:
        complaint.before_question = complaint.status
        complaint.status = Status.NEEDS_INFO
        await complaint.save([Complaint.before_question, Complaint.status])
    return await steps.accepted(op, complaint)


@operation
async def ask_for_part(actor: Actor, op: AskForPart) -> Outcome:
    """P5. The OPD's question: its own clocks stand still, with the lead's the promise; after the due day nothing does (G3, T8)."""
    part, complaint = await access.require_part(actor, Permission.ASK, op.part)
    if not works_on(actor, part):
        raise NotFound
    step = STEP_BY_KIND["part.ask"]
    if late := await steps.settle_part(actor, op, step, part, complaint, seen=op.seen, text=op.text):
        return late
    await _check(op, complaint, part.id)
    counted_at = steps.counted(op, part.stepped_at)
    paused = await pauses.pause(step, part, complaint, counted_at)
    await _put(actor, op, complaint, part.id, counted_at, paused=paused)
    if paused:
        part.before_question = part.status
        part.status = PartStatus.NEEDS_INFO
        part.stepped_at = counted_at
        await part.save([Assignment.before_question, Assignment.status, Assignment.stepped_at])
        await settling.back_at_work(complaint, disputed=complaint.status == Status.DISPUTED)
    return await steps.accepted(op, complaint)


@operation
async def reply(actor: Actor, op: ReplyComplaint) -> Outcome:
    """C5, P6. What was asked goes on; an answer after the window is kept and read, but moves nothing."""
    complaint = await reporters.own(actor, Permission.REPLY, op, op.complaint, *(photo.id for photo in op.photos))
    question = await Question.objects().get((Question.id == op.question) & (Question.complaint == complaint.id))
    text = op.text.strip() or (tr(UNKNOWN) if op.unknown else "")
    if question is None:
        raise InvalidInput({"question": N_("Pertanyaan ini tidak ada lagi. Muat ulang halamannya.")})
    if not text and not op.photos:
        raise InvalidInput({"text": N_("Tuliskan jawaban Anda, atau tekan “Saya tidak tahu”.")})
    if complaint.status not in OPEN:
        late = await steps.settle(
            actor, op, STEP_BY_KIND["complaint.reply"], complaint, current=complaint.status, seen="", text=text, photos_named=op.photos
        )
        assert late is not None  # noqa: S101  (from an end no reply leads on)
        return late
    note = await steps.write(actor, complaint, "reply", text, op, part=question.part)
    await photos.expect(complaint.id, question.part, note, actor.account, "reply", op.photos)
    if question.reply is not None:
        await steps.record(EventKind.ADDED, actor, op, complaint, part=question.part, subject=note)
        return await steps.accepted(op, complaint, code="already")
    in_time = steps.day_of_reporter(actor, op, complaint, question.asked_at) <= question.reply_until
    if not in_time and question.over_at is None:  # its day is past, and the sweep has not come by yet
        await _over(complaint, question)
    return await _take(actor, op, complaint, question, note, in_time=in_time)


@operation
async def add(actor: Actor, op: AddToComplaint) -> Outcome:
    """C13, the reporter's own: what was written stands, this comes after it."""
    complaint = await reporters.own(actor, Permission.EDIT, op, op.complaint, *(photo.id for photo in op.photos))
    step = STEP_BY_KIND["complaint.add"]
    now = complaint.status
    if late := await steps.settle(actor, op, step, complaint, current=now, seen=now, text=op.text, photos_named=op.photos):
        return late
    note = await steps.write(actor, complaint, "added", op.text, op)
    await photos.expect(complaint.id, None, note, actor.account, "added", op.photos)
    await steps.record(EventKind.ADDED, actor, op, complaint, subject=note)
    return await steps.accepted(op, complaint)


async def reply_over(complaint: Complaint, part: UUID | None) -> None:
    """C6. Nobody answered: it goes on, as if from the last day of the window (T7). Once: what was answered or told before stays."""
    question = next((one for one in await pauses.asked(complaint.id, part) if one.reply is None and one.over_at is None), None)
    if question is not None:
        await _over(complaint, question)


async def open_of(complaint: UUID) -> list[Question]:
    """The questions that wait for an answer."""
    waiting = Question.reply.is_null() & Question.over_at.is_null()
    return await Question.objects().where(Question.complaint == complaint, waiting).order_by(Question.asked_at)


def works_on(actor: Actor, part: Assignment) -> bool:
    """Is this person of the OPD, or the officer it was given to? A moderator asks before it is forwarded, not in an OPD's name."""
    return str(part.agency) in actor.agencies.get(Role.AGENCY_ADMIN, frozenset()) or (
        Role.OFFICER in actor.roles and part.officer is not None and part.officer == actor.account
    )


async def _check(op: AskReporter | AskForPart, complaint: Complaint, part: UUID | None) -> None:
    if found := checks.of_question(op.text, anonymous=steps.is_anonymous(complaint)):
        raise InvalidInput(found)
    before = await pauses.asked(complaint.id, part)
    if any(one.reply is None and one.over_at is None for one in before):
        raise NotAnsweredYet
    if len(before) >= MOST_QUESTIONS:
        raise AskedEnough


async def _put(
    actor: Actor, op: AskReporter | AskForPart, complaint: Complaint, part: UUID | None, counted_at: datetime, *, paused: bool
) -> None:
    """Keep the question, and start the window for its answer (T9)."""
    note = await steps.write(actor, complaint, "question", op.text, op, part=part)
    window = await sla.start(complaint.id, part, ClockKind.REPLY, DEADLINES[ClockKind.REPLY], clock.now())
    row = Question(
        id=database.new_id(),
        complaint=complaint.id,
        part=part,
        kind=op.question_kind,
        note=note,
        paused=paused,
        asked_at=counted_at,
        reply_until=window.due_on,
    )
    await Question.insert(row)
    until = window.due_on.isoformat()
    await steps.record(EventKind.ASKED, actor, op, complaint, part=part, subject=note, question=op.question_kind, reply_until=until)


async def _take(actor: Actor, op: ReplyComplaint, complaint: Complaint, question: Question, note: UUID, *, in_time: bool) -> Outcome:
    """Keep the answer beside its question. One in time that comes after the sweep counts, but its clocks run already."""
    now = steps.moment(complaint, actor)
    was_over = question.over_at is not None
    question.reply = note
    question.answered_at = now
    await question.save([Question.reply, Question.answered_at])
    told: dict[str, str | None] = {} if in_time else {"variant": "late"}
    if not was_over:
        await sla.stop(complaint.id, question.part, ClockKind.REPLY, steps.counted_of_reporter(actor, op, complaint, question.asked_at))
        going, moved = await pauses.go_on(complaint, question, now, clock.day_of(now))
        told = pauses.due(going)
    await steps.record(EventKind.REPLIED, actor, op, complaint, part=question.part, subject=note, told=told)
    if not was_over:
        await pauses.tell(actor, op, complaint, moved)
    return await steps.accepted(op, complaint, code="" if in_time else "late", notice="" if in_time else tr(TOO_LATE))


async def _over(complaint: Complaint, question: Question) -> None:
    now = clock.now()
    question.over_at = now
    await question.save([Question.over_at])
    await sla.stop(complaint.id, question.part, ClockKind.REPLY, clock.last_moment_of(question.reply_until))
    going, moved = await pauses.go_on(complaint, question, now, question.reply_until)
    await steps.record(EventKind.REPLY_OVER, NOBODY, None, complaint, part=question.part, told=pauses.due(going))
    await pauses.tell(NOBODY, None, complaint, moved)
