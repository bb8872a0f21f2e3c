"""C21, "Lapor lagi": a new complaint that goes on from one that has ended, and whether it is the same fault come back."""

from datetime import datetime, timedelta
from uuid import UUID

from backend import clock
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.agencies import places
from backend.complaints import access, claims, steps
from backend.complaints.lifecycle import RECURRENCE_DAYS, RECURRENCE_METRES
from backend.complaints.operations import Place, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import Ending, Status
from backend.complaints.tables import Complaint
from backend.errors import InvalidInput, NotFound
from backend.events.kinds import EventKind
from backend.words import N_

ENDED = frozenset({Status.CLOSED, Status.REJECTED})
NOT_HANDLED = frozenset({Ending.WITHDRAWN, Ending.REJECTED, Ending.NOTE})
"""Endings after which nothing can have come back: no OPD had called it done."""


async def previous_of(actor: Actor, op: SubmitComplaint) -> Complaint | None:
    """The reporter's own ended complaint this one goes on from, held. Raises `InvalidInput` for any other.

    Who stays anonymous goes on only from an anonymous one, and the other way round: a link would tell who it was.
    """
    if op.previous is None:
        return None
    try:
        previous = await access.require(actor, Permission.WITHDRAW, op.previous)  # reaches one's own alone
    except NotFound:
        previous = None
    alike = previous is not None and (previous.secrecy == Secrecy.ANONYMOUS) == (op.secrecy == Secrecy.ANONYMOUS)
    if previous is None or not alike or previous.reporter != op.owner or previous.status not in ENDED:
        raise InvalidInput({"previous": N_("Aduan lama itu belum ditutup, atau bukan milik Anda. Kirim sebagai aduan baru.")})
    return previous


async def link(actor: Actor, op: SubmitComplaint, previous: Complaint, complaint: Complaint) -> None:
    """Let the old complaint's history name the new one."""
    number = claims.spoken(complaint.number)
    await steps.record(EventKind.CONTINUED, actor, op, previous, subject=complaint.id, number=number, recurrence=complaint.recurrence)


def is_recurrence(previous: Complaint, place: Place, now: datetime) -> bool:
    """Has the same fault come back: within 30 days after it was closed as handled, and within 50 m?"""
    if previous.status != Status.CLOSED or previous.ending in NOT_HANDLED or previous.closed_at is None:
        return False
    soon = now - previous.closed_at <= timedelta(days=RECURRENCE_DAYS)
    return soon and _within_metres(previous, place)


def _within_metres(previous: Complaint, place: Place) -> bool:
    """Two points that are near; without both of them nothing is known."""
    points = (previous.latitude, previous.longitude, place.latitude, place.longitude)
    known = [degrees for degrees in points if degrees is not None]
    return len(known) == len(points) and places.distance_km(*known) * 1000 <= RECURRENCE_METRES


async def own(actor: Actor, complaint_id: UUID) -> Complaint | None:
    """The complaint a "Lapor lagi" form starts from: this person's own, ended. None: the form is an ordinary one."""
    found = await Complaint.objects().where(access.within(actor, Permission.WITHDRAW)).where(Complaint.id == complaint_id).first()
    return found if found is not None and found.status in ENDED else None


def recurs(previous: Complaint | None, place: Place) -> bool:
    """The same, now."""
    return previous is not None and is_recurrence(previous, place, clock.now())
