"""WHO HEARS OF WHAT (`law.md` 5): each event, who is told of it, and how: in the inbox, by push, by mail."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from backend.complaints.lifecycle import SECOND_DISPUTE
from backend.events.kinds import EventKind


class Hearer(StrEnum):
    """As what somebody hears. Who is several of these is told once, in the words of the first.

    Heads are told of what the law notes for them and of nothing else; the other moderators are those who have not decided it before.
    """

    REPORTER = "reporter"
    FOLLOWER = "follower"
    OFFICER = "officer"
    AGENCY_ADMIN = "agency_admin"
    LEAD_ADMIN = "lead_admin"
    HEAD = "head"
    MODERATOR = "moderator"
    OTHER_MODERATOR = "other_moderator"
    SECRETARY = "secretary"
    SELF = "self"


class Channel(StrEnum):
    """How somebody is told, by the letters of the law."""

    INBOX = "B"
    PUSH = "P"
    MAIL = "M"


Channels = frozenset[Channel]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What decides who hears, beside the event: how secret it is, how far it has come, whose act or question it was."""

    anonymous: bool = False
    confidential: bool = False
    joint: bool = False
    others_open: bool = False
    disputes: int = 0
    by_reporter: bool = False
    of_a_part: bool = False


class Line(NamedTuple):
    """One cell of the law's table: who, how, and when not always."""

    hearer: Hearer
    channels: Channels
    when: Callable[[Case], bool] = lambda _: True


B = frozenset({Channel.INBOX})
BP = B | {Channel.PUSH}
BPM = BP | {Channel.MAIL}
"""Whatever rings or is mailed stands in the inbox too: "B, always"."""

K, H = EventKind, Hearer


def _second(case: Case) -> bool:
    return case.disputes >= SECOND_DISPUTE


def _first(case: Case) -> bool:
    return not _second(case)


def _by_the_desk(case: Case) -> bool:
    return not case.by_reporter


def _of_a_part(case: Case) -> bool:
    return case.of_a_part


def _of_the_desk(case: Case) -> bool:
    return not case.of_a_part


def _others_open(case: Case) -> bool:
    return case.others_open


def _led_others_open(case: Case) -> bool:
    return case.joint and case.others_open


QUESTION_OVER = (
    Line(H.REPORTER, B),
    Line(H.OFFICER, BP, _of_a_part),
    Line(H.AGENCY_ADMIN, BP, _of_a_part),
    Line(H.MODERATOR, BP, _of_the_desk),
)
ENDED = (Line(H.REPORTER, B), Line(H.FOLLOWER, B))
DECIDED = (
    Line(H.REPORTER, BPM),
    Line(H.FOLLOWER, B),
    Line(H.OFFICER, BP),
    Line(H.AGENCY_ADMIN, BP),
    Line(H.HEAD, BP),
    Line(H.MODERATOR, BP),
)
OBJECTION = (Line(H.REPORTER, BPM), Line(H.OTHER_MODERATOR, BP))
ROLE_CHANGED = (Line(H.SELF, BP),)
"""The mail, which names the role and the reason, is written where roles are given (`accounts.role_letters`)."""
NOBODY: tuple[Line, ...] = ()

HEARS: dict[EventKind, tuple[Line, ...]] = {
    K.RECEIVED: (Line(H.REPORTER, BPM), Line(H.MODERATOR, BP)),
    K.FORWARDED: (Line(H.REPORTER, BPM), Line(H.FOLLOWER, B), Line(H.AGENCY_ADMIN, BP)),
    K.OFFICER_NAMED: (Line(H.REPORTER, BP), Line(H.FOLLOWER, B), Line(H.OFFICER, BP)),
    K.ASKED: (Line(H.REPORTER, BPM),),
    K.REPLIED: QUESTION_OVER,
    K.REPLY_OVER: QUESTION_OVER,
    K.ANSWERED: (Line(H.REPORTER, BPM), Line(H.FOLLOWER, BP)),
    K.VISITED: (Line(H.REPORTER, BP), Line(H.FOLLOWER, B)),
    K.PART_DONE: (Line(H.REPORTER, B, _others_open), Line(H.FOLLOWER, B, _others_open), Line(H.LEAD_ADMIN, BP, _led_others_open)),
    K.RESOLVED: (Line(H.REPORTER, BPM), Line(H.FOLLOWER, BP)),
    K.CONFIRMED: ENDED,
    K.CLOSED_SILENTLY: ENDED,
    K.WITHDRAWN: ENDED,
    K.NOTED: ENDED,
    K.REVIEW_DUE: NOBODY,  # on the moderators' list
    K.DISPUTED: (
        Line(H.REPORTER, B, _first),
        Line(H.REPORTER, BPM, _second),
        Line(H.FOLLOWER, B),
        Line(H.OFFICER, BP),
        Line(H.AGENCY_ADMIN, BP),
        Line(H.HEAD, BP),
        Line(H.MODERATOR, BP, _second),
    ),
    K.REDO_DECIDED: DECIDED,
    K.REDIRECTED: DECIDED,
    K.CLOSED_BY_DECISION: DECIDED,
    K.REJECTED: (Line(H.REPORTER, BPM),),
    K.OBJECTED: OBJECTION,
    K.OBJECTION_REFUSED: OBJECTION,
    K.OBJECTION_GRANTED: OBJECTION,
    K.EDITED: (Line(H.REPORTER, BP, _by_the_desk),),
    K.SECRECY_CHANGED: (Line(H.REPORTER, BP, _by_the_desk),),
    K.PROMISE_MOVED: (Line(H.REPORTER, BPM), Line(H.FOLLOWER, B)),
    K.CONTACT_VIEWED: (Line(H.REPORTER, B),),
    K.ROLE_PROPOSED: (Line(H.SECRETARY, BP),),  # as of a holiday that waits for the second person
    K.ROLE_GIVEN: ROLE_CHANGED,
    K.ROLE_CONFIRMED: ROLE_CHANGED,
    K.ROLE_ENDED: ROLE_CHANGED,
    K.ROLE_REFUSED: NOBODY,
    K.ACCOUNT_DISABLED: NOBODY,
    K.CONFLICTED: NOBODY,
    K.ADDED: NOBODY,
    K.PHOTOS_RELEASED: NOBODY,
    K.RATED: NOBODY,
    K.FOLLOWED: NOBODY,
    K.STILL_BROKEN: NOBODY,
    K.CONTINUED: NOBODY,
    K.CLAIMED: NOBODY,
    K.CLOCK_OVER: NOBODY,
    K.PHOTO_UPLOADED: NOBODY,
    K.PHOTO_READY: NOBODY,
    K.PHOTO_REFUSED: NOBODY,
}
"""Digests, walls and lists (D, W) are read, not told. Also the reporter's own acts are told to the reporter: it is the receipt."""

QUIET_FROM = time(21)
QUIET_UNTIL = time(6)


def lines(kind: EventKind, case: Case) -> list[Line]:
    """Who hears of it, the first meaning first. Of somebody anonymous nothing is known but the key: no push, no mail.

    Of what is confidential no follower hears.
    """
    heard = [line for line in HEARS[kind] if line.when(case)]
    if case.confidential:
        heard = [line for line in heard if line.hearer != Hearer.FOLLOWER]
    if case.anonymous:
        heard = [line._replace(channels=line.channels & B) if line.hearer == Hearer.REPORTER else line for line in heard]
    return heard


def not_before(local: datetime) -> datetime:
    """When a push may ring: at once, or after the quiet of the night. `local` is Malang's time."""
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return local
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, local.tzinfo)
