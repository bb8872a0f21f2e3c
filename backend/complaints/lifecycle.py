"""THE TABLE OF STEPS (`law.md` 4): from where to where, who may, what it needs, what it does to the clocks, what the citizen reads."""

from enum import StrEnum

import msgspec

from backend.actors.permissions import Permission
from backend.complaints.states import PartStatus, Status
from backend.sla.policy import ClockKind

Clocks = tuple[ClockKind, ...]


class Decision(StrEnum):
    """What becomes of a step a person took on the screen they saw."""

    APPLY = "apply"
    CONFIRM = "confirm"
    CONFLICT = "conflict"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `law.md` 4. `sources` and `target` are states of a complaint (`of_part` false) or of a part.

    `own_words`: it says something of its own, so that another's step to the same state is not the same.
    """

    code: str
    name: str
    of_part: bool
    sources: tuple[str, ...]
    target: str
    permission: Permission
    starts: Clocks = ()
    stops: Clocks = ()
    restarts: Clocks = ()
    note_required: bool = False
    photo_welcome: bool = False
    queueable: bool = False
    own_words: bool = False

    @property
    def kind(self) -> str:
        """What a phone calls this step; `queueable`: it may wait there for signal."""
        return f"{'part' if self.of_part else 'complaint'}.{self.name}"


S, P, C, K = Status, PartStatus, Permission, ClockKind

WITH_AN_OPD = (S.FORWARDED, S.IN_PROGRESS, S.NEEDS_INFO, S.RESOLVED, S.DISPUTED)
UNDER_WAY = (S.RECEIVED, *WITH_AN_OPD)
AT_WORK = (P.ASSIGNED, P.IN_PROGRESS)

STEPS: tuple[Step, ...] = (
    Step(code="C1", name="submit", of_part=False, sources=(), target=S.RECEIVED, permission=C.SUBMIT,
         starts=(K.MODERATION, K.PROMISE), note_required=True, photo_welcome=True, queueable=True),
    Step(code="C2", name="forward", of_part=False, sources=(S.RECEIVED,), target=S.FORWARDED, permission=C.FORWARD,
         stops=(K.MODERATION,)),
    Step(code="C4", name="ask", of_part=False, sources=(S.RECEIVED,), target=S.NEEDS_INFO, permission=C.ASK,
         stops=(K.MODERATION, K.PROMISE), starts=(K.REPLY,), note_required=True, own_words=True),
    Step(code="C5", name="reply", of_part=False, sources=UNDER_WAY, target="", permission=C.REPLY,
         stops=(K.REPLY,), restarts=(K.MODERATION, K.PROMISE), note_required=True, photo_welcome=True, queueable=True),
    Step(code="C7", name="reject", of_part=False, sources=(S.RECEIVED,), target=S.REJECTED, permission=C.REJECT,
         stops=(K.MODERATION, K.PROMISE), starts=(K.OBJECTION,), note_required=True),
    Step(code="C8", name="object", of_part=False, sources=(S.REJECTED,), target=S.RECEIVED, permission=C.OBJECT,
         stops=(K.OBJECTION,), starts=(K.MODERATION,), note_required=True, queueable=True),
    Step(code="C9a", name="grant_objection", of_part=False, sources=(S.RECEIVED,), target=S.FORWARDED, permission=C.DECIDE_OBJECTION,
         stops=(K.MODERATION,), note_required=True),
    Step(code="C9b", name="refuse_objection", of_part=False, sources=(S.RECEIVED,), target=S.REJECTED, permission=C.DECIDE_OBJECTION,
         stops=(K.MODERATION,), note_required=True),
    Step(code="C13", name="edit", of_part=False, sources=UNDER_WAY, target="", permission=C.EDIT, note_required=True),
    Step(code="C13a", name="add", of_part=False, sources=UNDER_WAY, target="", permission=C.EDIT,
         note_required=True, photo_welcome=True, queueable=True),
    Step(code="C14", name="withdraw", of_part=False, sources=UNDER_WAY, target=S.CLOSED, permission=C.WITHDRAW,
         stops=tuple(K), queueable=True),
    Step(code="C16", name="confirm", of_part=False, sources=(S.RESOLVED,), target=S.CLOSED, permission=C.CONFIRM,
         stops=(K.SILENCE,), queueable=True),
    Step(code="C16r", name="rate", of_part=False, sources=(S.CLOSED,), target="", permission=C.RATE, queueable=True),
    Step(code="C17", name="review_silence", of_part=False, sources=(S.RESOLVED,), target=S.CLOSED, permission=C.REVIEW_SILENCE,
         stops=(K.MODERATION,), note_required=True),
    Step(code="C18", name="dispute", of_part=False, sources=(S.RESOLVED,), target=S.DISPUTED, permission=C.DISPUTE,
         stops=(K.SILENCE,), restarts=(K.FINISH,), note_required=True, photo_welcome=True, queueable=True),
    Step(code="C20a", name="redo", of_part=False, sources=(S.DISPUTED,), target=S.IN_PROGRESS, permission=C.DECIDE_DISPUTE,
         stops=(K.MODERATION,), starts=(K.FINISH,), note_required=True),
    Step(code="C20c", name="redirect", of_part=False, sources=(S.DISPUTED,), target=S.FORWARDED, permission=C.DECIDE_DISPUTE,
         stops=(K.MODERATION,), note_required=True),
    Step(code="C20b", name="decide", of_part=False, sources=(S.DISPUTED,), target=S.CLOSED, permission=C.DECIDE_DISPUTE,
         stops=tuple(K), note_required=True),
    Step(code="P2", name="answer", of_part=True, sources=(P.ASSIGNED,), target=P.IN_PROGRESS, permission=C.ANSWER,
         stops=(K.ANSWER,), note_required=True),
    Step(code="P2i", name="answer_information", of_part=True, sources=(P.ASSIGNED,), target=P.DONE, permission=C.ANSWER,
         stops=(K.ANSWER, K.WORK, K.FINISH), note_required=True),
    Step(code="P3", name="name_officer", of_part=True, sources=AT_WORK, target="", permission=C.ASSIGN,
         stops=(K.ANSWER,)),
    Step(code="P4", name="visit", of_part=True, sources=AT_WORK, target=P.IN_PROGRESS, permission=C.VISIT,
         stops=(K.ANSWER, K.COORDINATE, K.WORK), starts=(K.FINISH,), note_required=True, photo_welcome=True, queueable=True),
    Step(code="P5", name="ask", of_part=True, sources=AT_WORK, target=P.NEEDS_INFO, permission=C.ASK,
         stops=(K.ANSWER, K.COORDINATE, K.WORK, K.FINISH), starts=(K.REPLY,), note_required=True, queueable=True, own_words=True),
    Step(code="P16", name="done", of_part=True, sources=AT_WORK, target=P.DONE, permission=C.DONE,
         stops=(K.ANSWER, K.COORDINATE, K.WORK, K.FINISH), note_required=True, photo_welcome=True, queueable=True),
)  # fmt: skip
"""A step without a target leaves the state as it is, or (a reply) leads back to the one before the question."""

STEP: dict[str, Step] = {step.name: step for step in STEPS if not (step.of_part and step.name == "ask")}
STEP_BY_KIND: dict[str, Step] = {step.kind: step for step in STEPS}
"""The same name may be a step of a complaint and one of a part; the kind is unique."""

OPEN = frozenset(Status) - {Status.CLOSED, Status.REJECTED}
ENDED_PARTS = frozenset({PartStatus.TAKEN_BACK})
"""Parts that count for nothing any more."""
SECOND_DISPUTE = 2
MOST_QUESTIONS = 2
"""Questions one asker (the moderator, or one part) may put (G3)."""
MOST_PAUSED_DAYS = 10
"""Working days in all for which questions may stop a part's clocks."""
RECURRENCE_DAYS, RECURRENCE_METRES = 30, 50
"""Within these "Lapor lagi" counts as a recurrence (C21)."""
FOLLOWERS_DISPUTE = 2
"""So many followers who say that it is still broken count as the reporter's dispute (G1)."""


def decide(current: str, seen: str, step: Step) -> Decision:
    """Apply when nothing moved since the person looked; confirm when it already stands where they wanted it; else conflict.

    A step that may be taken from its own target (a visit) does not stand there already: an answer leads there too.
    """
    if current == seen and current in step.sources:
        return Decision.APPLY
    if current == step.target and current not in step.sources and not step.own_words:
        return Decision.CONFIRM
    return Decision.CONFLICT


def status_of(parts: tuple[tuple[PartStatus, bool], ...], *, disputed: bool) -> Status:
    """The complaint's state by its parts, each with whether it leads: the first line of `law.md` 3.5 that fits."""
    living = [(status, lead) for status, lead in parts if status not in ENDED_PARTS]
    states = {status for status, _ in living}
    if not living:
        return Status.RECEIVED
    if states == {PartStatus.DONE}:
        return Status.RESOLVED
    if disputed:
        return Status.DISPUTED
    if any(status == PartStatus.NEEDS_INFO and lead for status, lead in living):
        return Status.NEEDS_INFO
    if states & {PartStatus.IN_PROGRESS, PartStatus.DONE, PartStatus.NEEDS_INFO}:
        return Status.IN_PROGRESS
    return Status.FORWARDED
