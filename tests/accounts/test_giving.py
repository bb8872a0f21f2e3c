"""WHO MAY GIVE WHICH ROLE (`law.md` 6), as tables."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from backend.accounts import giving
from backend.accounts.giving import GIVING, Way, Wish
from backend.actors.actor import Actor
from backend.actors.permissions import BY_TWO, IN_AN_AGENCY, Role
from backend.errors import InvalidInput, NotFound

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
UNITS = {Role.AGENCY_ADMIN: frozenset({"DINKES", "PKM-ARJUNO"})}

PEOPLE = {role: Actor(account=uuid4(), roles=frozenset({role})) for role in Role} | {
    Role.AGENCY_ADMIN: Actor(account=uuid4(), roles=frozenset({Role.AGENCY_ADMIN}), agencies=UNITS),
    Role.OFFICER: Actor(account=uuid4(), roles=frozenset({Role.OFFICER}), agencies={Role.OFFICER: frozenset({"DINKES"})}),
}


def wish(role, agency=None, *, days=None, head=False, acts_for=None, start=TODAY):
    until = None if days is None else start + days * DAY
    return Wish(role=role, agency=agency, head=head, valid_from=start, valid_until=until, acts_for=acts_for, reason="SK 12/2026")


WAYS = """
giver         officer  elsewhere  substitute  admin    head     moderator  manager   secretary  delegate  mayor
citizen       no       no         no          no       no       no         no        no         no        no
officer       no       no         no          no       no       no         no        no         no        no
agency_admin  at_once  no         at_once     wrong    wrong    no         no        no         no        no
moderator     no       no         no          no       no       no         no        no         no        no
manager       at_once  at_once    at_once     at_once  at_once  proposed   proposed  proposed   proposed  proposed
secretary     no       no         no          no       no       no         no        no         no        no
mayor         no       no         no          no       no       no         no        no         no        no
"""
"""`no`: not theirs to give. `wrong`: theirs, but not in this way."""

WISHES = {
    "officer": wish(Role.OFFICER, "PKM-ARJUNO"),
    "elsewhere": wish(Role.OFFICER, "DLH"),
    "substitute": wish(Role.AGENCY_ADMIN, "DINKES", days=60),
    "admin": wish(Role.AGENCY_ADMIN, "DINKES"),
    "head": wish(Role.AGENCY_ADMIN, "DINKES", days=30, head=True),
    "moderator": wish(Role.MODERATOR),
    "manager": wish(Role.MANAGER),
    "secretary": wish(Role.SECRETARY),
    "delegate": wish(Role.SECRETARY, days=30, acts_for=uuid4()),
    "mayor": wish(Role.MAYOR),
}
HEADER, *ROWS = [line.split() for line in WAYS.strip().splitlines()]
CASES = [(row[0], what, expected) for row in ROWS for what, expected in zip(HEADER[1:], row[1:], strict=True)]


@pytest.mark.parametrize(("giver", "what", "expected"), CASES)
def test_who_gives_what_and_how(giver, what, expected):
    by, given = PEOPLE[Role(giver)], WISHES[what]
    giving.fits(given)
    if expected in {"no", "wrong"}:
        with pytest.raises(NotFound if expected == "no" else InvalidInput):
            giving.way(by, given, TODAY)
    else:
        assert giving.way(by, given, TODAY) == Way(expected)


def test_the_table_has_a_line_for_every_role():
    assert set(GIVING) == set(Role)
    assert {role for role, lines in GIVING.items() if any(line.way == Way.PROPOSED for line in lines)} == BY_TWO
    assert all(len(GIVING[role]) >= 1 for role in set(Role) - {Role.CITIZEN})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (wish(Role.CITIZEN), "role"),
        (wish(Role.OFFICER), "agency"),
        (wish(Role.AGENCY_ADMIN), "agency"),
        (wish(Role.MODERATOR, "DISKOMINFO"), "agency"),
        (wish(Role.OFFICER, "DLH", head=True), "head"),
        (wish(Role.MANAGER, head=True), "head"),
        (wish(Role.MAYOR, days=9, acts_for=uuid4()), "acts_for"),
        (wish(Role.SECRETARY, acts_for=uuid4()), "valid_until"),
        (wish(Role.MODERATOR, days=-1), "valid_until"),
    ],
)
def test_what_does_not_go_together_is_told_by_its_field(given, field):
    with pytest.raises(InvalidInput) as refused:
        giving.fits(given)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(("days", "fits"), [(0, True), (59, True), (60, True), (61, False), (None, False)])
def test_a_substitute_is_one_for_sixty_days_at_most(days, fits):
    given = wish(Role.AGENCY_ADMIN, "DINKES", days=days)
    assert giving.is_substitute(given) is fits
    if not fits:
        with pytest.raises(InvalidInput) as refused:
            giving.way(PEOPLE[Role.AGENCY_ADMIN], given, TODAY)
        assert set(refused.value.fields) == {"valid_until"}


@pytest.mark.parametrize(("start", "fits"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True)])
def test_no_role_begins_on_a_day_that_is_past(start, fits):
    given = wish(Role.OFFICER, "DINKES", start=start)
    if fits:
        assert giving.way(PEOPLE[Role.MANAGER], given, TODAY)
    else:
        with pytest.raises(InvalidInput) as refused:
            giving.way(PEOPLE[Role.MANAGER], given, TODAY)
        assert set(refused.value.fields) == {"valid_from"}


ENDS = {
    Role.AGENCY_ADMIN: {"officer", "substitute"},
    Role.MANAGER: set(WISHES),
    Role.SECRETARY: {"moderator", "manager", "secretary", "delegate", "mayor"},
}


@pytest.mark.parametrize("role", Role)
def test_who_gives_a_role_or_confirms_it_may_end_it(role):
    assert {name for name, given in WISHES.items() if giving.may_end(PEOPLE[role], given)} == ENDS.get(role, set())


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.CITIZEN, set()),
        (Role.OFFICER, set()),
        (Role.AGENCY_ADMIN, set(IN_AN_AGENCY)),
        (Role.MANAGER, set(Role) - {Role.CITIZEN}),
        (Role.SECRETARY, set()),
    ],
)
def test_only_roles_one_may_give_are_offered(role, offered):
    assert set(giving.offered(PEOPLE[role])) == offered


def test_two_are_needed_for_every_role_beyond_an_opd():
    assert {role for role in set(Role) - {Role.CITIZEN} if giving.needs_two(wish(role, "DLH"))} == BY_TWO
