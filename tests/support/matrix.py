"""The permission matrix as `law.md` 6 prints it: what the house's own table, and every door, is held against."""

from backend.actors.permissions import Permission, Reach, Role

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

REACHES = {Permission(row[0]): dict(zip(map(Role, HEADER), map(WORDS.__getitem__, row[1:]), strict=True)) for row in ROWS}
