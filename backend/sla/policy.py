"""The policy rows (`law.md` 3.1): what each class of complaint owes, in working days, and whose time counts after hours offline."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec


class ServiceClass(StrEnum):
    """What kind of work a complaint asks for. Danger is a flag beside it, moderation a clock and no class."""

    INFORMATION = "information"
    PUBLIC_SERVICE = "public_service"
    FIELD_WORK = "field_work"
    JOINT = "joint"
    OVERSIGHT = "oversight"
    PROPOSAL = "proposal"
    NOTE = "note"


class ClockKind(StrEnum):
    """What a clock counts towards (`law.md` 4). Coordinate is the lead's answer for all parts of a joint complaint."""

    MODERATION = "moderation"
    PROMISE = "promise"
    ANSWER = "answer"
    COORDINATE = "coordinate"
    WORK = "work"
    FINISH = "finish"
    REPLY = "reply"
    SILENCE = "silence"
    OBJECTION = "objection"


class ClassPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Working days a class gives for each thing owed, from the part's receipt; none: not owed.

    `finish_within` is the last working day an OPD may give as finish date by itself; none: it may give no date of its own.
    """

    answer: int | None = None
    coordinate: int | None = None
    work: int | None = None
    finish: int | None = None
    finish_within: int | None = None


JOINT_WORK = 7
"""The day by which every part of a joint complaint is worked on ("day 7")."""
JOINT_ADDED = 3
"""Working days at least for a part that joins later (T13)."""

CLASSES: dict[ServiceClass, ClassPolicy] = {
    ServiceClass.INFORMATION: ClassPolicy(answer=1, finish=1),
    ServiceClass.PUBLIC_SERVICE: ClassPolicy(answer=1, finish=2, finish_within=14),
    ServiceClass.FIELD_WORK: ClassPolicy(answer=1, work=3, finish=3, finish_within=14),
    ServiceClass.JOINT: ClassPolicy(answer=1, coordinate=3, work=JOINT_WORK, finish=JOINT_WORK, finish_within=21),
    ServiceClass.OVERSIGHT: ClassPolicy(answer=1, work=14, finish=60),
    ServiceClass.PROPOSAL: ClassPolicy(answer=1, work=5, finish=5),
    ServiceClass.NOTE: ClassPolicy(),
}

DEADLINES: dict[ClockKind, int] = {
    ClockKind.MODERATION: 1,
    ClockKind.PROMISE: 2,
    ClockKind.REPLY: 5,
    ClockKind.SILENCE: 10,
    ClockKind.OBJECTION: 10,
}
"""Working days of what is owed whatever the class (T6, T9)."""

SECOND_DISPUTE_DECIDED = 2
"""Working days a moderator has to decide a second dispute (C19)."""
OBJECTION_DECIDED = 2
"""Working days another person has to decide an objection (C8)."""
RESULT_REVIEWED = 2
"""Working days a moderator has to look at a result that silence alone does not close (C17)."""
BINDING_WITHIN = 3
"""Working days a moderator may give after a second dispute (C20a)."""
LONGEST_OFFLINE = timedelta(hours=24)
"""How far back a phone's own time is believed (T4)."""

SWEPT = frozenset({ClockKind.REPLY, ClockKind.SILENCE, ClockKind.OBJECTION})
"""Windows of the citizen: when their last day is over, something follows by itself."""
LEAD_ONLY = frozenset({ClockKind.ANSWER, ClockKind.COORDINATE})


def owed(service_class: ServiceClass, *, lead: bool = True) -> dict[ClockKind, int]:
    """The clocks that start when a part is received, with their working days. In a joint complaint only the lead owes the answers."""
    row = CLASSES[service_class]
    days = {
        ClockKind.ANSWER: row.answer,
        ClockKind.COORDINATE: row.coordinate,
        ClockKind.WORK: row.work,
        ClockKind.FINISH: row.finish,
    }
    helper = service_class == ServiceClass.JOINT and not lead
    return {kind: count for kind, count in days.items() if count is not None and not (helper and kind in LEAD_ONLY)}


def counted_at(device: datetime, server: datetime, previous: datetime) -> datetime:
    """The moment that stops a clock: the device's, never in the future, at most 24 h back, never before the step it follows."""
    return max(min(max(device, server - LONGEST_OFFLINE), server), previous)
