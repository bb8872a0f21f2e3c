"""THE PERMISSION TABLE as the law has it (`law.md` 6)."""

import pytest

from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import PERMISSIONS, Permission, Reach, Role

LAW = """
complaint.submit   own  own       own     own
complaint.read     own  agency    agency  city
complaint.confirm  own  -         -       -
complaint.dispute  own  -         -       -
complaint.forward  -    -         -       city
part.answer        -    -         agency  -
part.assign        -    -         agency  -
part.visit         -    assigned  agency  -
part.done          -    assigned  agency  -
"""
WORDS = {"-": Reach.NONE, "own": Reach.OWN, "assigned": Reach.ASSIGNED, "agency": Reach.AGENCY, "city": Reach.CITY}
ROWS = [line.split() for line in LAW.strip().splitlines()]


@pytest.mark.parametrize(("permission", "reaches"), [(row[0], row[1:]) for row in ROWS])
def test_each_line_is_the_laws(permission, reaches):
    assert PERMISSIONS[Permission(permission)] == dict(zip(Role, map(WORDS.__getitem__, reaches), strict=True))


def test_no_permission_is_without_its_line():
    assert set(PERMISSIONS) == set(Permission) == {Permission(row[0]) for row in ROWS}


def test_who_works_for_the_city_is_staff():
    assert not NOBODY.is_staff
    assert not Actor(roles=frozenset({Role.CITIZEN})).is_staff
    assert all(Actor(roles=frozenset({role})).is_staff for role in set(Role) - {Role.CITIZEN})
