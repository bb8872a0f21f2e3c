"""On whose behalf something is done, and how far it reaches."""

import pytest

from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Permission, Reach, Role


def test_who_works_for_the_city_is_staff():
    assert not NOBODY.is_staff
    assert not Actor(roles=frozenset({Role.CITIZEN})).is_staff
    assert all(Actor(roles=frozenset({role})).is_staff for role in set(Role) - {Role.CITIZEN})


@pytest.mark.parametrize(
    ("roles", "permission", "reach"),
    [
        ((), Permission.SUBMIT, Reach.OWN),
        ((), Permission.FORWARD, Reach.NONE),
        ((Role.OFFICER,), Permission.READ, Reach.AGENCY),
        ((Role.OFFICER, Role.MODERATOR), Permission.READ, Reach.CITY),
        ((Role.MANAGER,), Permission.REPLY, Reach.OWN),
        ((Role.AGENCY_ADMIN, Role.MANAGER), Permission.MANAGE_USERS, Reach.CITY),
        ((), Permission.FOLLOW, Reach.CITY),
        ((Role.OFFICER,), Permission.FOLLOW, Reach.CITY),
        ((Role.MANAGER,), Permission.FOLLOW, Reach.NONE),
        ((Role.CITIZEN, Role.MAYOR), Permission.FOLLOW, Reach.NONE),
        ((Role.SECRETARY,), Permission.READ_PUBLIC, Reach.CITY),
    ],
)
def test_the_widest_role_counts_and_of_ones_own_everybody_is_a_citizen(roles, permission, reach):
    assert Actor(roles=frozenset(roles)).reach(permission) == reach


def test_only_the_opds_of_roles_that_reach_an_agency_are_reached():
    agencies = {Role.AGENCY_ADMIN: frozenset({"DLH"}), Role.OFFICER: frozenset({"DISHUB"}), Role.MODERATOR: frozenset({"DISKOMINFO"})}
    actor = Actor(roles=frozenset(agencies), agencies=agencies)
    assert actor.of_agencies(Permission.READ) == {"DLH", "DISHUB"}
    assert actor.of_agencies(Permission.ANSWER) == {"DLH"}
    assert actor.of_agencies(Permission.FORWARD) == frozenset()
