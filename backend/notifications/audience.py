"""WHO HEARS OF WHAT (`law.md` 5, column by column where it says P): events of the walk and those a push tells of them."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from backend.complaints.lifecycle import SECOND_DISPUTE
from backend.events.kinds import EventKind


class Hearer(StrEnum):
    """As what somebody hears. Who is several of these hears once, as the first."""

    REPORTER = "reporter"
    OFFICER = "officer"
    AGENCY_ADMIN = "agency_admin"
    LEAD_ADMIN = "lead_admin"
    MODERATOR = "moderator"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What decides who hears: does nobody know the reporter, does an OPD lead others that are still at work, which dispute is it."""

    anonymous: bool
    led_others_open: bool
    disputes: int


class Line(NamedTuple):
    """One cell of the law's table: who, and when not always."""

    hearer: Hearer
    when: Callable[[Case], bool] = lambda _: True


REPORTER, OFFICER, ADMIN, LEAD, MODERATOR = (Line(hearer) for hearer in Hearer)

HEARS: dict[EventKind, tuple[Line, ...]] = {
    EventKind.RECEIVED: (MODERATOR,),
    EventKind.FORWARDED: (REPORTER, ADMIN),
    EventKind.ANSWERED: (REPORTER,),
    EventKind.OFFICER_NAMED: (REPORTER, OFFICER),
    EventKind.VISITED: (REPORTER,),
    EventKind.PART_DONE: (Line(Hearer.LEAD_ADMIN, lambda case: case.led_others_open),),
    EventKind.RESOLVED: (REPORTER,),
    EventKind.CONFIRMED: (),
    EventKind.DISPUTED: (OFFICER, ADMIN, Line(Hearer.MODERATOR, lambda case: case.disputes >= SECOND_DISPUTE)),
    EventKind.CONFLICTED: (),
    EventKind.PHOTO_UPLOADED: (),
    EventKind.PHOTO_READY: (),
    EventKind.PHOTO_REFUSED: (),
}

QUIET_FROM = time(21)
QUIET_UNTIL = time(6)


def hearers(kind: EventKind, case: Case) -> tuple[Hearer, ...]:
    """Who hears of it, the first meaning first. The reporter of an anonymous complaint never: nobody knows who that is."""
    return tuple(line.hearer for line in HEARS[kind] if line.when(case) and not (case.anonymous and line.hearer == Hearer.REPORTER))


def not_before(local: datetime) -> datetime:
    """When a push may ring: at once, or after the quiet of the night. `local` is Malang's time."""
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return local
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, local.tzinfo)
