"""Who finds what behind a door, by the words of `law.md` 6: the matrix and its guards, not a line of SQL."""

from enum import StrEnum
from typing import NamedTuple

from backend.actors.permissions import Permission, Reach, Role
from tests.permissions.entrances import About, Door
from tests.support.matrix import REACHES

OURS, UNIT, OTHER = "DINKES", "PKM-ARJUNO", "DLH"
WORKS_UNDER = {UNIT: OURS}

WALKERS = {"nobody": Role.CITIZEN, "guest": Role.CITIZEN} | {str(role): role for role in Role}
"""Who goes through the house. The officer and the admin are of `OURS`; the guest holds the key of one complaint."""
STRANGERS = frozenset({"nobody", "guest"})
COLLEAGUE = "colleague"

OF_WHAT_IS_PUBLIC = frozenset({Permission.READ_PUBLIC, Permission.FOLLOW})
OF_A_PERSON = frozenset({Permission.VIEW_CONTACT, Permission.REQUEST_UNMASKING, Permission.APPROVE_UNMASKING})


class Answer(StrEnum):
    """What a door says: what was asked (or what is wrong with the form), that there is no such thing, or to sign in first."""

    OPEN = "open"
    HIDDEN = "hidden"
    SIGN_IN = "sign in"


class Case(NamedTuple):
    """A complaint: at which OPD or unit, with which officer, and what guards it.

    `accusing`: it is about everybody of the city who walks, by their office or by name. `own`: the walker has told it.
    """

    name: str
    agency: str = OURS
    officer: str = COLLEAGUE
    published: bool = False
    anonymous: bool = False
    confidential: bool = False
    may_call: bool = False
    accusing: bool = False
    own: bool = False


OWN = Case("own", officer="officer", published=True, own=True)
CASES = (
    OWN,
    Case("the officer's", officer="officer", published=True, may_call=True),
    Case("a colleague's, at our unit", agency=UNIT, may_call=True),
    Case("another OPD's", agency=OTHER, published=True),
    Case("anonymous", officer="officer", published=True, anonymous=True),
    Case("confidential", officer="officer", confidential=True),
    Case("confidential, a colleague's", confidential=True, may_call=True),
    Case("confidential, another OPD's", agency=OTHER, confidential=True),
    Case("accusing", officer="officer", accusing=True),
)


class Employee(NamedTuple):
    """An account that is managed, by the OPD its owner works at; none: a citizen's."""

    name: str
    agency: str | None


EMPLOYEES = (Employee("ours", OURS), Employee("our unit's", UNIT), Employee("another OPD's", OTHER), Employee("a citizen", None))

Subject = Case | Employee | None


class Passage(NamedTuple):
    """One step of the walk."""

    who: str
    door: Door
    subject: Subject


def subjects(who: str, door: Door) -> tuple[Subject, ...]:
    """What a door is tried with. Nobody has told nothing."""
    match door.about:
        case About.COMPLAINT:
            return tuple(case for case in CASES if not (case.own and who == "nobody"))
        case About.PERSON:
            return EMPLOYEES
        case _:
            return (None,)


def expected(who: str, door: Door, subject: Subject) -> Answer:
    """What the law lets this person find there."""
    if (door.account or door.staff) and who in STRANGERS:
        return Answer.SIGN_IN
    if door.token or (door.staff and WALKERS[who] == Role.CITIZEN):
        return Answer.HIDDEN
    if not door.permissions:
        return Answer.OPEN
    if isinstance(subject, Case):
        return Answer.OPEN if any(reaches(who, permission, subject) for permission in door.permissions) else Answer.HIDDEN
    reach = max(REACHES[permission][WALKERS[who]] for permission in door.permissions)
    if reach <= Reach.OWN:
        return Answer.SIGN_IN if who in STRANGERS else Answer.HIDDEN
    return Answer.OPEN if subject is None or _manages(reach, subject) else Answer.HIDDEN


def reaches(who: str, permission: Permission, case: Case) -> bool:
    """Has this person the permission for this complaint?"""
    row, role = REACHES[permission], WALKERS[who]
    if permission in OF_WHAT_IS_PUBLIC:
        return row[role] == Reach.CITY and case.published and not case.confidential
    if case.anonymous and permission in OF_A_PERSON:  # Gn: there is no contact
        return False
    if case.own:  # Gs: never as staff on one's own
        return row[Role.CITIZEN] == Reach.OWN
    return not case.accusing and _as_staff(who, permission, case)  # Ga: for the accused it does not exist


def _as_staff(who: str, permission: Permission, case: Case) -> bool:
    """By the column of one's role; of what is confidential no further than that may be read (Gc)."""
    reach, sealed = (REACHES[each][WALKERS[who]] for each in (permission, Permission.READ_CONFIDENTIAL))
    match min(reach, sealed) if case.confidential else reach:
        case Reach.CITY:
            return True
        case Reach.AGENCY:
            return _is_ours(case.agency)
        case Reach.ASSIGNED:
            return case.officer == who and (permission != Permission.VIEW_CONTACT or case.may_call)  # note 5: by the citizen's tick
        case _:
            return False


def _manages(reach: Reach, employee: Employee) -> bool:
    """Citizens are nobody's to manage."""
    return employee.agency is not None and (reach == Reach.CITY or _is_ours(employee.agency))


def _is_ours(agency: str) -> bool:
    return OURS in {agency, WORKS_UNDER.get(agency)}
