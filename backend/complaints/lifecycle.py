"""THE TABLE OF STEPS (`law.md` 4): from where to where, who may, what it needs, what it does to the clocks, what the citizen reads."""

from enum import StrEnum

import msgspec

from backend.actors.permissions import Permission
from backend.sla.policy import ClockKind

Clocks = tuple[ClockKind, ...]


class Status(StrEnum):
    """States of a complaint."""

    RECEIVED = "received"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    DISPUTED = "disputed"
    CLOSED = "closed"


class PartStatus(StrEnum):
    """States of a part, one OPD's assignment."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class PartOutcome(StrEnum):
    """How a part ended (C15). The first three count as handled in public."""

    FIXED = "fixed"
    ANSWERED = "answered"
    SETTLED = "settled"
    ALREADY_FIXED = "already_fixed"
    NOT_FOUND = "not_found"
    NOT_POSSIBLE = "not_possible"


class Evidence(StrEnum):
    """What stands behind a result. Awaited: the photo is still under way from the officer's phone."""

    PHOTO = "photo"
    AWAITED = "awaited"
    WEAK = "weak"


class Mode(StrEnum):
    """How a complaint is forwarded: one OPD, two matters side by side, or one matter nobody can do alone."""

    SINGLE = "single"
    PARALLEL = "parallel"
    JOINT = "joint"


class Decision(StrEnum):
    """What becomes of a step a person took on the screen they saw."""

    APPLY = "apply"
    CONFIRM = "confirm"
    CONFLICT = "conflict"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `law.md` 4. `sources` and `target` are states of a complaint (`of_part` false) or of a part."""

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

    @property
    def kind(self) -> str:
        """What a phone calls this step; `queueable`: it may wait there for signal."""
        return f"{'part' if self.of_part else 'complaint'}.{self.name}"


S, P, C, K = Status, PartStatus, Permission, ClockKind

STEPS: tuple[Step, ...] = (
    Step(code="C1", name="submit", of_part=False, sources=(), target=S.RECEIVED, permission=C.SUBMIT,
         starts=(K.MODERATION, K.PROMISE), note_required=True, photo_welcome=True, queueable=True),
    Step(code="C2", name="forward", of_part=False, sources=(S.RECEIVED,), target=S.FORWARDED, permission=C.FORWARD,
         stops=(K.MODERATION,)),
    Step(code="C16", name="confirm", of_part=False, sources=(S.RESOLVED,), target=S.CLOSED, permission=C.CONFIRM,
         stops=(K.SILENCE,), queueable=True),
    Step(code="C18", name="dispute", of_part=False, sources=(S.RESOLVED,), target=S.DISPUTED, permission=C.DISPUTE,
         stops=(K.SILENCE,), restarts=(K.FINISH,), note_required=True, photo_welcome=True, queueable=True),
    Step(code="P2", name="answer", of_part=True, sources=(P.ASSIGNED,), target=P.IN_PROGRESS, permission=C.ANSWER,
         stops=(K.ANSWER,), note_required=True),
    Step(code="P2i", name="answer_information", of_part=True, sources=(P.ASSIGNED,), target=P.DONE, permission=C.ANSWER,
         stops=(K.ANSWER, K.WORK, K.FINISH), note_required=True),
    Step(code="P3", name="name_officer", of_part=True, sources=(P.ASSIGNED, P.IN_PROGRESS), target="", permission=C.ASSIGN,
         stops=(K.ANSWER,)),
    Step(code="P4", name="visit", of_part=True, sources=(P.ASSIGNED, P.IN_PROGRESS), target=P.IN_PROGRESS, permission=C.VISIT,
         stops=(K.ANSWER, K.COORDINATE, K.WORK), starts=(K.FINISH,), note_required=True, photo_welcome=True, queueable=True),
    Step(code="P16", name="done", of_part=True, sources=(P.ASSIGNED, P.IN_PROGRESS), target=P.DONE, permission=C.DONE,
         stops=(K.ANSWER, K.COORDINATE, K.WORK, K.FINISH), note_required=True, photo_welcome=True, queueable=True),
)  # fmt: skip

STEP: dict[str, Step] = {step.name: step for step in STEPS}

OPEN = frozenset(Status) - {Status.CLOSED}
SECOND_DISPUTE = 2


def decide(current: str, seen: str, step: Step) -> Decision:
    """Apply when nothing moved since the person looked; confirm when it already stands where they wanted it; else conflict.

    A step that may be taken from its own target (a visit) does not stand there already: an answer leads there too.
    """
    if current == seen and current in step.sources:
        return Decision.APPLY
    if current == step.target and current not in step.sources:
        return Decision.CONFIRM
    return Decision.CONFLICT


def status_of(parts: tuple[PartStatus, ...], *, disputed: bool) -> Status:
    """The complaint's state by its parts: the first line of `law.md` 3.5 that fits."""
    if not parts:
        return Status.RECEIVED
    if all(part == PartStatus.DONE for part in parts):
        return Status.RESOLVED
    if disputed:
        return Status.DISPUTED
    if any(part in {PartStatus.IN_PROGRESS, PartStatus.DONE} for part in parts):
        return Status.IN_PROGRESS
    return Status.FORWARDED
