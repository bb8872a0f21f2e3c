"""What the city and the reporter have said to each other that still counts: open questions, a rejection, promises moved and broken."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from backend import clock
from backend.complaints import labels
from backend.complaints.cards import owed_view
from backend.complaints.labels_reasons import QUESTION_WORDS, REJECTION_WORDS
from backend.complaints.lifecycle import OPEN, STEP_BY_KIND
from backend.complaints.rows import Rows
from backend.complaints.sentences import MODERATOR, PROMISES
from backend.complaints.states import Status
from backend.complaints.tables import Question
from backend.complaints.views import BrokenView, OwedView, QuestionView, RejectionView, step_view
from backend.events.kinds import EventKind
from backend.sla import calendar
from backend.sla.policy import ClockKind
from backend.words import N_, tr

PROMISED = (ClockKind.PROMISE, ClockKind.WORK, ClockKind.FINISH, ClockKind.SILENCE)
"""The days that stand on their own. A reply's and an objection's stand with the question and the rejection."""
OF_THE_WHOLE = {"answer": ClockKind.PROMISE, "finish": ClockKind.FINISH}
"""Which clock holds the promise an event says has moved."""


def open_questions(rows: Rows) -> list[Question]:
    """Those that wait for an answer."""
    return [one for one in rows.questions if one.reply is None and one.over_at is None and rows.complaint.status in OPEN]


def questions(rows: Rows, *, may_reply: bool) -> list[QuestionView]:
    """The same as a page shows them; with the way to answer for whoever may."""
    step = STEP_BY_KIND["complaint.reply"]
    agencies = {part.id: labels.short_name(rows.agency_names[str(part.agency)]) for part in rows.parts}
    return [
        QuestionView(
            id=one.id,
            words=rows.notes[one.note].text,
            kind_word=tr(QUESTION_WORDS[one.kind]),
            asker=agencies.get(one.part, tr(MODERATOR)),
            reply_until=one.reply_until,
            step=step_view(step, rows.complaint.id, rows.complaint.status) if may_reply else None,
        )
        for one in open_questions(rows)
    ]


def rejection(rows: Rows) -> RejectionView | None:
    """Why it is not the city's; none while that is not what stands."""
    complaint = rows.complaint
    if complaint.status != Status.REJECTED:
        return None
    said = next((event.subject for event in reversed(rows.events) if event.kind == EventKind.REJECTED), None)
    window = next((one for one in rows.clocks if one.kind == ClockKind.OBJECTION and one.stopped_at is None), None)
    return RejectionView(
        reason_word=tr(REJECTION_WORDS[complaint.rejection]) if complaint.rejection else "",
        responsible=complaint.responsible,
        contact=complaint.responsible_contact,
        words=rows.notes[said].text if said in rows.notes else "",
        object_until=window.due_on if window else None,
        final=complaint.closed_at is not None,
    )


def owed(rows: Rows, *, desk: bool) -> list[OwedView]:
    """The promises that run: of each kind the slowest part's, with the day it was before, if it moved (T17)."""
    running = [one for one in rows.clocks if one.stopped_at is None]
    slowest = [max((one for one in running if one.kind == kind), key=lambda one: one.due_on, default=None) for kind in PROMISED]
    before = _before(rows)
    return [owed_view(one, rows.holidays, desk=desk)._replace(before=before.get((one.kind, one.due_on))) for one in slowest if one]


def broken(rows: Rows) -> Sequence[BrokenView]:
    """A promised answer that came too late stays visible, with whose time it was (T11)."""
    late = [one for one in rows.clocks if one.kind == ClockKind.PROMISE and not one.paused and _days_late(rows, one.due_on, one.stopped_at)]
    moderation = next((one for one in rows.clocks if one.kind == ClockKind.MODERATION), None)
    moderators = moderation is not None and _days_late(rows, moderation.due_on, moderation.stopped_at) > 0
    reason = tr(N_("Moderator terlambat meneruskan.")) if moderators else tr(N_("Dinas terlambat menjawab."))
    return [BrokenView(tr(PROMISES[ClockKind.PROMISE]).format(day=labels.day(one.due_on)), reason) for one in late]


def _days_late(rows: Rows, due_on: date, stopped_at: datetime | None) -> int:
    return calendar.days_late(due_on, clock.day_of(stopped_at), rows.holidays) if stopped_at else 0


def _before(rows: Rows) -> dict[tuple[str, date], date]:
    """(kind of clock, its day) -> the day before it moved there."""
    moves = [msgspec.json.decode(event.data) for event in rows.events if event.kind == EventKind.PROMISE_MOVED]
    return {(OF_THE_WHOLE[move["what"]], date.fromisoformat(move["new"])): date.fromisoformat(move["old"]) for move in moves}
