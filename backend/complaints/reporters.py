"""Whose complaint it is: its account, or whoever holds its key, and in whose name a step of theirs is kept."""

from uuid import UUID

from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import access, checks
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Complaint
from backend.errors import InvalidInput, NotFound
from backend.operations import Operation


def is_own(actor: Actor, complaint: Complaint) -> bool:
    """Did this person tell it?"""
    return complaint.id in actor.claimed or (actor.account is not None and complaint.reporter == actor.account)


def acts_as_reporter(actor: Actor, op: Operation, complaint: Complaint, *ids: UUID) -> bool:
    """Is this a step of the reporter's own? Then it is kept in the reporter's name alone, and of somebody anonymous in nobody's.

    Raises `NotFound` for a key beside another's account, `InvalidInput` where it would tell who is anonymous.
    """
    if not is_own(actor, complaint):
        return False
    if complaint.reporter != op.owner:
        raise NotFound
    if complaint.secrecy == Secrecy.ANONYMOUS and checks.tells_who(op, *ids):
        raise InvalidInput({"secrecy": checks.NAMELESS})
    return True


async def own(actor: Actor, permission: Permission, op: Operation, complaint_id: UUID, *ids: UUID) -> Complaint:
    """The complaint, held, for a step that only its reporter takes. Raises `NotFound` for everybody else."""
    complaint = await access.require(actor, permission, complaint_id)
    if not acts_as_reporter(actor, op, complaint, *ids):
        raise NotFound
    return complaint
