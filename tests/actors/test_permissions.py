"""THE PERMISSION TABLE as the law has it (`law.md` 6), whole."""

import pytest

from backend.actors.permissions import BY_TWO, IN_AN_AGENCY, PERMISSIONS, Permission, Reach, Role, exported

LAW = """
                                 citizen   officer   agency_admin  moderator  manager  secretary  mayor
complaint.read_public            city      city      city          city       city     city       city
complaint.submit                 own       own       own           own        own      own        own
complaint.submit_for_other       -         -         agency        city       -        -          -
complaint.read                   own       agency    agency        city       city     city       city
complaint.read_confidential      own       assigned  agency        city       -        -          -
complaint.read_original          own       -         -             city       -        -          -
contact.view                     own       assigned  agency        city       -        -          -
identity.unmask_request          -         -         -             city       -        -          -
identity.unmask_approve          -         -         -             -          -        city       -
complaint.reply                  own       -         -             -          -        -          -
complaint.confirm                own       -         -             -          -        -          -
complaint.dispute                own       -         -             -          -        -          -
complaint.rate                   own       -         -             -          -        -          -
complaint.withdraw               own       -         -             -          -        -          -
complaint.object                 own       -         -             -          -        -          -
complaint.follow                 city      city      city          city       -        -          -
complaint.forward                -         -         -             city       -        -          -
complaint.claim                  -         -         agency        -          -        -          -
complaint.answer_from_directory  -         -         -             city       -        -          -
complaint.ask                    -         assigned  agency        city       -        -          -
complaint.reject                 -         -         -             city       -        -          -
complaint.merge                  -         -         -             city       -        -          -
complaint.unmerge                -         -         -             city       -        -          -
objection.decide                 -         -         -             city       city     -          -
dispute.decide                   -         -         -             city       -        -          -
silence.review                   -         -         -             city       -        -          -
complaint.edit                   own       -         -             city       -        -          -
photo.black_out                  own       -         -             city       -        -          -
secrecy.raise                    own       -         agency        city       -        -          -
secrecy.lower                    own       -         -             -          -        -          -
complaint.hide_abuse             -         -         -             city       -        -          -
sender.block                     -         -         -             city       -        -          -
class.raise                      -         -         agency        city       -        -          -
class.lower                      -         -         -             city       -        city       -
deadline.extend                  -         -         -             city       -        city       -
part.answer                      -         -         agency        -          -        -          -
part.assign                      -         -         agency        -          -        -          -
part.visit                       -         assigned  agency        -          -        -          -
part.photo                       -         assigned  agency        -          -        -          -
part.note                        -         assigned  agency        -          -        -          -
part.finish_date                 -         assigned  agency        -          -        -          -
part.done                        -         assigned  agency        -          -        -          -
part.budget_this_year            -         assigned  agency        -          -        -          -
part.budget_next_year            -         -         agency        -          -        -          -
part.lapse_confirm               -         -         -             -          -        city       -
part.hand_back                   -         assigned  agency        -          -        -          -
note.internal                    -         assigned  agency        city       -        -          -
template.edit                    -         -         agency        -          city     -          -
sop.edit                         -         -         agency        -          city     -          -
directory.edit                   -         -         agency        city       city     -          -
wall.read                        -         agency    city          city       city     city       city
report.read                      -         -         agency        city       city     city       city
report.add_note                  -         -         -             -          city     -          -
report.reply                     -         -         agency        -          -        -          -
report.acknowledge               -         -         -             -          -        city       -
report.instruct                  -         -         -             -          -        city       -
evaluation.read                  -         -         city          city       city     city       city
evaluation.note                  -         -         -             -          city     -          -
evaluation.decide                -         -         -             -          city     city       -
evaluation.issue_version         -         -         -             -          city     -          -
export.cases                     own       -         agency        city       -        -          -
export.figures                   city      city      city          city       city     city       city
user.manage                      -         -         agency        -          city     -          -
role.grant_agency                -         -         -             -          city     -          -
role.propose                     -         -         -             -          city     -          -
role.confirm                     -         -         -             -          -        city       -
agency.edit                      -         -         -             -          city     -          -
category.edit                    -         -         -             -          city     -          -
area.import                      -         -         -             -          city     -          -
routing.edit                     -         -         -             -          city     -          -
holiday.propose                  -         -         -             -          city     -          -
policy.propose                   -         -         -             -          city     -          -
holiday.confirm                  -         -         -             -          -        city       -
policy.confirm                   -         -         -             -          -        city       -
audit.read_access                own       -         -             -          city     city       -
audit.read_changes               -         -         city          city       city     city       city
data_request.handle              own       -         -             -          city     -          -
operations.list                  -         -         -             -          city     -          -
"""
"""One line for each permission, also where the law puts several into one."""

WORDS = {"-": Reach.NONE, **{reach.name.lower(): reach for reach in Reach if reach != Reach.NONE}}
HEADER, *ROWS = [line.split() for line in LAW.strip().splitlines()]


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
