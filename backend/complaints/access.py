"""How far a permission reaches: one WHERE for lists and for one, so that what may not be seen is simply not there."""

from collections.abc import Sequence
from functools import reduce
from typing import Any, TypeVar
from uuid import UUID

from piccolo.columns.combination import And, Or, WhereRaw
from piccolo.custom_types import Combinable
from piccolo.query import Objects, Select
from piccolo.table import Table

from backend import database
from backend.actors.actor import Actor
from backend.actors.permissions import PERMISSIONS, Permission, Reach, Role
from backend.complaints.lifecycle import ENDED_PARTS
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Accused, Assignment, Complaint
from backend.errors import NotFound

Rows = Select[Any]
TableT = TypeVar("TableT", bound=Table)

NOTHING = WhereRaw("1 = 0")
EVERYTHING = WhereRaw("1 = 1")

PUBLISHED: Combinable = And(Complaint.published_at.is_not_null(), Complaint.confidential.eq(False))
OF_WHAT_IS_PUBLIC = frozenset({Permission.READ_PUBLIC, Permission.FOLLOW})
OF_A_PERSON = frozenset({Permission.VIEW_CONTACT, Permission.REQUEST_UNMASKING, Permission.APPROVE_UNMASKING})


def within(actor: Actor, permission: Permission) -> Combinable:
    """The complaints for which `actor` has `permission`, under the guards of `law.md` 6."""
    if permission in OF_WHAT_IS_PUBLIC:
        return PUBLISHED if actor.reach(permission) == Reach.CITY else NOTHING
    own = _own(actor) if PERMISSIONS[permission][Role.CITIZEN] == Reach.OWN else NOTHING
    watched = _witnessed(actor) if permission == Permission.READ else NOTHING
    reached = _any([*(_guarded(actor, role, permission) for role in sorted(actor.roles)), watched])
    if reached is NOTHING:
        return own
    accused = [Complaint.id.not_in(rows) for rows in _accusations(actor)]
    return Or(own, reduce(And, [_not_ones_own(actor), *accused, _known(permission)], reached))


def within_parts(actor: Actor, permission: Permission) -> Combinable:
    """The parts for which `actor` has `permission` as staff, under the same guards."""
    reached = _any([_parts_of(actor, role, PERMISSIONS[permission][role]) for role in sorted(actor.roles)])
    if reached is NOTHING:
        return NOTHING
    hidden = [Complaint.select(Complaint.id).where(_own(actor)), *_accusations(actor), *_sealed_to(actor, permission)]
    return reduce(And, [Assignment.complaint.not_in(rows) for rows in hidden], And(_living(), reached))


async def require(actor: Actor, permission: Permission, complaint_id: UUID) -> Complaint:
    """The complaint, held until the end of the transaction. Raises `NotFound` for the stranger as for the curious."""
    return await _held(Complaint.objects().where(within(actor, permission)).where(Complaint.id == complaint_id))


async def require_part(actor: Actor, permission: Permission, part_id: UUID) -> tuple[Assignment, Complaint]:
    """A part and its complaint, both held. The complaint is locked first, always, so that two parts cannot wait for each other."""
    allowed = Assignment.objects().where(within_parts(actor, permission)).where(Assignment.id == part_id)
    part = await allowed.first()
    if part is None:
        raise NotFound
    complaint = await _held(Complaint.objects().where(Complaint.id == part.complaint))
    return await _held(allowed), complaint  # asked again: it may have been given to somebody else meanwhile


async def _held(query: Objects[TableT]) -> TableT:
    found = await database.locked(query).first()
    if found is None:
        raise NotFound
    return found


def _guarded(actor: Actor, role: Role, permission: Permission) -> Combinable:
    """What one role reaches; of confidential complaints no more than `complaint.read_confidential` gives it (Gc)."""
    reach = PERMISSIONS[permission][role]
    openly, sealed = _complaints(actor, role, reach), _complaints(actor, role, min(reach, PERMISSIONS[Permission.READ_CONFIDENTIAL][role]))
    if openly is NOTHING:
        return NOTHING
    unsealed = And(Complaint.confidential.eq(False), openly)
    return unsealed if sealed is NOTHING else Or(unsealed, And(Complaint.confidential.eq(True), sealed))


def _witnessed(actor: Actor) -> Combinable:
    """What an office looks along at (C20a): it reads the case as a party does, and takes no step in it."""
    offices = sorted(actor.agencies.get(Role.AGENCY_ADMIN, ()))
    seen = Complaint.id.is_in(_complaints_of(Assignment.witness.is_in(offices))) if offices else NOTHING
    return NOTHING if seen is NOTHING else And(Complaint.confidential.eq(False), seen)


def _sealed_to(actor: Actor, permission: Permission) -> list[Rows]:
    """The same guard for parts: the confidential complaints this person does not handle. They are few, and found by an index."""
    sealed = Complaint.select(Complaint.id).where(Complaint.confidential.eq(True))
    for role in sorted(actor.roles):
        parts = _parts_of(actor, role, min(PERMISSIONS[permission][role], PERMISSIONS[Permission.READ_CONFIDENTIAL][role]))
        if parts is EVERYTHING:
            return []
        if parts is not NOTHING:
            sealed = sealed.where(Complaint.id.not_in(_complaints_of(parts)))
    return [sealed]


def _complaints(actor: Actor, role: Role, reach: Reach) -> Combinable:
    parts = _parts_of(actor, role, reach)
    return parts if parts is NOTHING or parts is EVERYTHING else Complaint.id.is_in(_complaints_of(parts))


def _complaints_of(parts: Combinable) -> Rows:
    return Assignment.select(Assignment.complaint).where(And(_living(), parts))


def _living() -> Combinable:
    return Assignment.status.not_in([str(status) for status in ENDED_PARTS])


def _accusations(actor: Actor) -> list[Rows]:
    """What is about this person or their office: for the accused an accusation does not exist (Ga)."""
    offices = sorted(frozenset().union(*actor.agencies.values()))
    about = [Accused.select(Accused.complaint).where(Accused.account == actor.account)]
    return [*about, Accused.select(Accused.complaint).where(Accused.agency.is_in(offices))] if offices else about


def _known(permission: Permission) -> Combinable:
    """Of somebody anonymous there is no contact and nothing to unmask (Gn)."""
    return Complaint.secrecy != Secrecy.ANONYMOUS if permission in OF_A_PERSON else EVERYTHING


def _own(actor: Actor) -> Combinable:
    mine: list[Combinable] = []
    if actor.account is not None:
        mine.append(Complaint.reporter == actor.account)
    if actor.claimed:
        mine.append(Complaint.id.is_in(list(actor.claimed)))
    return _any(mine)


def _parts_of(actor: Actor, role: Role, reach: Reach) -> Combinable:
    match reach:
        case Reach.CITY:
            return EVERYTHING
        case Reach.AGENCY if actor.agencies.get(role):
            return Assignment.agency.is_in(sorted(actor.agencies[role]))
        case Reach.ASSIGNED if actor.agencies.get(role):
            return And(Assignment.officer == actor.account, Assignment.agency.is_in(sorted(actor.agencies[role])))
        case _:
            return NOTHING


def _not_ones_own(actor: Actor) -> Combinable:
    """Neither told by this account, nor opened here by its key (Gs)."""
    of_others = Or(Complaint.reporter.is_null(), Complaint.reporter != actor.account)
    return And(of_others, Complaint.id.not_in(list(actor.claimed))) if actor.claimed else of_others


def _any(conditions: Sequence[Combinable]) -> Combinable:
    some = [condition for condition in conditions if condition is not NOTHING]
    return reduce(Or, some) if some else NOTHING
