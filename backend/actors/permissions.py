"""THE PERMISSION TABLE (`law.md` 6): who may do what, and how far it reaches."""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What somebody is in the city's system. A guest is a citizen who proves a key."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    AGENCY_ADMIN = "agency_admin"
    MODERATOR = "moderator"


class Reach(IntEnum):
    """How far a permission goes, from the nearest to the widest."""

    NONE = 0
    OWN = 1
    ASSIGNED = 2
    AGENCY = 3
    CITY = 4


class Permission(StrEnum):
    """What can be done."""

    SUBMIT = "complaint.submit"
    READ = "complaint.read"
    CONFIRM = "complaint.confirm"
    DISPUTE = "complaint.dispute"
    FORWARD = "complaint.forward"
    ANSWER = "part.answer"
    ASSIGN = "part.assign"
    VISIT = "part.visit"
    DONE = "part.done"


_NONE, _OWN, _ASSIGNED, _AGENCY, _CITY = Reach

PERMISSIONS: dict[Permission, dict[Role, Reach]] = {
    permission: dict(zip(Role, reaches, strict=True))
    for permission, reaches in {
        # permission             citizen  officer    agency_admin  moderator
        Permission.SUBMIT: (_OWN, _OWN, _OWN, _OWN),
        Permission.READ: (_OWN, _AGENCY, _AGENCY, _CITY),
        Permission.CONFIRM: (_OWN, _NONE, _NONE, _NONE),
        Permission.DISPUTE: (_OWN, _NONE, _NONE, _NONE),
        Permission.FORWARD: (_NONE, _NONE, _NONE, _CITY),
        Permission.ANSWER: (_NONE, _NONE, _AGENCY, _NONE),
        Permission.ASSIGN: (_NONE, _NONE, _AGENCY, _NONE),
        Permission.VISIT: (_NONE, _ASSIGNED, _AGENCY, _NONE),
        Permission.DONE: (_NONE, _ASSIGNED, _AGENCY, _NONE),
    }.items()
}
