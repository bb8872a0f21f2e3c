"""WHO MAY GIVE WHICH ROLE, and how (`law.md` 6): at once, as a proposal that somebody else confirms, or not at all."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.actors.actor import Actor
from backend.actors.permissions import BY_TWO, IN_AN_AGENCY, Permission, Reach, Role
from backend.errors import InvalidInput, NotFound
from backend.words import N_

LONGEST_SUBSTITUTE = timedelta(days=60)


class Way(StrEnum):
    """What follows when a role is given."""

    AT_ONCE = "at_once"
    PROPOSED = "proposed"


class Wish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role somebody shall have, from a day until a day, both included; without `valid_until` until it is taken back.

    `agency`: the OPD or unit, of officers and admins only. `acts_for`: the secretary a delegate acts for. `reason` is kept with it.
    """

    role: Role
    agency: Annotated[str, Meta(max_length=40)] | None = None
    head: bool = False
    valid_from: date
    valid_until: date | None = None
    acts_for: UUID | None = None
    reason: Annotated[str, Meta(max_length=500)] = ""


class Line(NamedTuple):
    """By which permission a role is given. `substitute`: only for a while, and never as head."""

    permission: Permission
    way: Way = Way.AT_ONCE
    substitute: bool = False


GIVING: dict[Role, tuple[Line, ...]] = {
    Role.CITIZEN: (),
    Role.OFFICER: (Line(Permission.MANAGE_USERS),),
    Role.AGENCY_ADMIN: (Line(Permission.GRANT_IN_AGENCY), Line(Permission.MANAGE_USERS, substitute=True)),
    **{role: (Line(Permission.PROPOSE_GRANT, Way.PROPOSED),) for role in Role if role in BY_TWO},
}


def fits(wish: Wish) -> None:
    """Raises `InvalidInput` for a role, an OPD and days that do not go together, whoever gives it."""
    problems = {
        "role": "" if GIVING[wish.role] else N_("Warga tidak memerlukan peran."),
        "agency": ""
        if (wish.agency is not None) == (wish.role in IN_AN_AGENCY)
        else N_("Petugas dan admin dinas bertugas di satu dinas, peran lain tidak."),
        "head": N_("Hanya admin dinas yang dapat menjadi kepala.") if wish.head and wish.role != Role.AGENCY_ADMIN else "",
        "acts_for": N_("Hanya wakil Sekretaris Daerah yang bertindak atas nama orang lain.")
        if wish.acts_for and wish.role != Role.SECRETARY
        else "",
        "valid_until": _until(wish),
    }
    if told := {field: sentence for field, sentence in problems.items() if sentence}:
        raise InvalidInput(told)


def way(by: Actor, wish: Wish, today: date) -> Way:
    """How `by` may give it. Raises `NotFound` where it is not theirs to give, `InvalidInput` where the days are not."""
    lines = [line for line in GIVING[wish.role] if _reaches(by, line.permission, wish.agency)]
    if not lines:
        raise NotFound
    if wish.valid_from < today:
        raise InvalidInput({"valid_from": N_("Peran tidak dapat dimulai pada hari yang sudah lewat.")})
    fitting = [line for line in lines if not line.substitute or is_substitute(wish)]
    if not fitting:
        sentence = N_("Anda dapat menunjuk admin pengganti, bukan kepala, paling lama {days} hari. Isi tanggal berakhirnya.")
        raise InvalidInput({"head" if wish.head else "valid_until": sentence.format(days=LONGEST_SUBSTITUTE.days)})
    return fitting[0].way


def may_end(by: Actor, wish: Wish) -> bool:
    """Who may give a role may take it back at once; who confirms roles too, those roles."""
    if wish.role in BY_TWO and by.reach(Permission.CONFIRM_GRANT) == Reach.CITY:
        return True
    lines = [line for line in GIVING[wish.role] if not line.substitute or is_substitute(wish)]
    return any(_reaches(by, line.permission, wish.agency) for line in lines)


def offered(by: Actor) -> tuple[Role, ...]:
    """The roles whose giving is open to this person, somewhere."""
    return tuple(role for role, lines in GIVING.items() if any(by.reach(line.permission) > Reach.OWN for line in lines))


def needs_two(wish: Wish) -> bool:
    """Does it count only once a second person has agreed? A delegate is a secretary, so he is among these."""
    return wish.role in BY_TWO


def is_substitute(wish: Wish) -> bool:
    """An admin for a while, while the others are away."""
    for_a_while = wish.valid_until is not None and wish.valid_until - wish.valid_from <= LONGEST_SUBSTITUTE
    return wish.role == Role.AGENCY_ADMIN and for_a_while and not wish.head


def _until(wish: Wish) -> str:
    if wish.acts_for is not None and wish.valid_until is None:
        return N_("Wakil selalu punya tanggal berakhir.")
    if wish.valid_until is not None and wish.valid_until < wish.valid_from:
        return N_("Tanggal berakhir tidak boleh sebelum tanggal mulai.")
    return ""


def _reaches(by: Actor, permission: Permission, agency: str | None) -> bool:
    return by.reach(permission) == Reach.CITY or (agency is not None and agency in by.of_agencies(permission))
