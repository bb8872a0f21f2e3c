"""THE PERMISSION TABLE as the law has it (`law.md` 6), whole."""

import pytest

from backend.actors.permissions import BY_TWO, IN_AN_AGENCY, PERMISSIONS, Permission, Reach, Role, exported
from tests.support.matrix import HEADER, ROWS, WORDS


@pytest.mark.parametrize(("permission", "reaches"), [(row[0], row[1:]) for row in ROWS], ids=[row[0] for row in ROWS])
def test_each_line_is_the_laws(permission, reaches):
    assert PERMISSIONS[Permission(permission)] == dict(zip(map(Role, HEADER), map(WORDS.__getitem__, reaches), strict=True))


def test_no_permission_and_no_role_is_without_its_place():
    assert len(ROWS) == 78
    assert [Role(word) for word in HEADER] == list(Role)
    assert set(PERMISSIONS) == set(Permission) == {Permission(row[0]) for row in ROWS}
    assert all(set(row) == set(Role) for row in PERMISSIONS.values())


def test_secrets_are_not_read_by_who_can_create_accounts_nor_by_the_superior():
    for permission in (Permission.READ_CONFIDENTIAL, Permission.READ_ORIGINAL, Permission.VIEW_CONTACT):
        assert {PERMISSIONS[permission][role] for role in (Role.MANAGER, Role.SECRETARY, Role.MAYOR)} == {Reach.NONE}


def test_the_mayor_reads_and_changes_nothing():
    may = {permission for permission in Permission if PERMISSIONS[permission][Role.MAYOR] > PERMISSIONS[permission][Role.CITIZEN]}
    assert {str(permission).rpartition(".")[2] for permission in may} == {"read", "read_changes"}


def test_who_proposes_a_role_never_confirms_one():
    for proposal, confirmation in (
        (Permission.PROPOSE_GRANT, Permission.CONFIRM_GRANT),
        (Permission.PROPOSE_HOLIDAY, Permission.CONFIRM_HOLIDAY),
        (Permission.PROPOSE_POLICY, Permission.CONFIRM_POLICY),
        (Permission.REQUEST_UNMASKING, Permission.APPROVE_UNMASKING),
    ):
        assert not any(PERMISSIONS[proposal][role] and PERMISSIONS[confirmation][role] for role in Role)


def test_every_role_is_a_citizens_an_opds_or_given_by_two():
    assert {Role.CITIZEN} | IN_AN_AGENCY | BY_TWO == set(Role)
    assert not IN_AN_AGENCY & BY_TWO


def test_it_is_printed_whole():
    printed = exported()["permissions"]
    assert {(permission, role, reach) for permission, row in printed.items() for role, reach in row.items()} == {
        (row[0], role, WORDS[reach].name.lower()) for row in ROWS for role, reach in zip(HEADER, row[1:], strict=True)
    }
