"""How far a permission reaches: one WHERE for lists and for one, so that what may not be seen is simply not there."""

from collections.abc import Sequence
from functools import reduce
from typing import Any, TypeVar
from uuid import UUID

from piccolo.columns.combination import And, Or, WhereRaw
from piccolo.custom_types import Combinable
from piccolo.query import Objects
from piccolo.table import Table

from backend import database
from backend.actors.actor import Actor
from backend.actors.permissions import PERMISSIONS, Permission, Reach, Role
from backend.complaints.tables import Assignment, Complaint
from backend.errors import NotFound

TableT = TypeVar("TableT", bound=Table)

NOTHING = WhereRaw("1 = 0")
EVERYTHING = WhereRaw("1 = 1")


def within(actor: Actor, permission: Permission) -> Combinable:
    """The complaints for which `actor` has `permission`."""
    own = _own(actor) if PERMISSIONS[permission][Role.CITIZEN] >= Reach.OWN else NOTHING
    parts = [_parts_of(actor, role, PERMISSIONS[permission][role]) for role in actor.roles]
    reached = [EVERYTHING if part is EVERYTHING else Complaint.id.is_in(_complaints_of(part)) for part in parts if part is not NOTHING]
    return Or(own, And(_any(reached), _not_ones_own(actor))) if reached else own


def within_parts(actor: Actor, permission: Permission) -> Combinable:
    """The parts for which `actor` has `permission` as staff; nobody acts as staff on a complaint of their own."""
    reached = [part for role in actor.roles if (part := _parts_of(actor, role, PERMISSIONS[permission][role])) is not NOTHING]
    if not reached:
        return NOTHING
    return And(_any(reached), Assignment.complaint.not_in(Complaint.select(Complaint.id).where(_own(actor))))


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


def _complaints_of(parts: Combinable) -> Any:  # noqa: ANN401  (a Piccolo subquery)
    return Assignment.select(Assignment.complaint).where(parts)


def _not_ones_own(actor: Actor) -> Combinable:
    """Neither told by this account, nor opened here by its key."""
    of_others = Or(Complaint.reporter.is_null(), Complaint.reporter != actor.account)
    return And(of_others, Complaint.id.not_in(list(actor.claimed))) if actor.claimed else of_others


def _any(conditions: Sequence[Combinable]) -> Combinable:
    if not conditions:
        return NOTHING
    return reduce(Or, conditions)
