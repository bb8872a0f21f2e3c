"""How a reporter can be reached: masked for those who may know, in full once they ask, and each look is told to the reporter (G16)."""

from uuid import UUID

import msgspec

from backend import database
from backend.accounts import queries as accounts
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Role
from backend.complaints import access, queries, reporters
from backend.complaints.tables import Complaint, Contact
from backend.errors import NotFound
from backend.events import log
from backend.events.kinds import EventKind

DOT = "•"
ENDS_SHOWN = 2
"""Characters of a number left at each end, enough to tell two numbers apart."""


class ContactView(msgspec.Struct, frozen=True, kw_only=True):
    """Name, number and address of a reporter; `masked`: as far as a page shows them before anybody has asked."""

    name: str
    phone: str
    email: str
    may_call: bool
    masked: bool


async def shown(actor: Actor, complaint: Complaint) -> ContactView | None:
    """The masked contact, for whoever may look at it; the reporter reads his own as it is. None: nothing to show, or not to this person."""
    if not await _may_look(actor, complaint.id):
        return None
    contact = await _of(complaint)
    return contact if contact is None or reporters.is_own(actor, complaint) else masked(contact)


async def look(actor: Actor, complaint_id: UUID) -> ContactView:
    """The contact in full. Who looked stands in the log and is told to the reporter. Raises `NotFound`."""
    async with database.transaction():
        complaint = await access.require(actor, Permission.VIEW_CONTACT, complaint_id)
        contact = await _of(complaint)
        if contact is None or not await _may_look(actor, complaint_id):
            raise NotFound
        if not reporters.is_own(actor, complaint):
            await log.record(
                EventKind.CONTACT_VIEWED,
                complaint=complaint.id,
                actor=actor.account,
                data={"agency": await _agency_of(actor, complaint.id)},
            )
    return contact


def masked(contact: ContactView) -> ContactView:
    """So much of it that somebody who knows it would know it again."""
    name, at, host = contact.email.partition("@")
    return ContactView(
        name=" ".join(word[:1] + DOT * 3 for word in contact.name.split()),
        phone=_masked_number(contact.phone),
        email=f"{name[:1]}{DOT * 3}{at}{host}" if at else "",
        may_call=contact.may_call,
        masked=True,
    )


async def _may_look(actor: Actor, complaint_id: UUID) -> bool:
    """By the table; whom only his work as an officer lets look, needs the reporter's tick "boleh dihubungi petugas" (note 5)."""
    if await queries.may(msgspec.structs.replace(actor, roles=actor.roles - {Role.OFFICER}), Permission.VIEW_CONTACT, complaint_id):
        return True
    called = await Contact.exists().where(Contact.complaint == complaint_id, Contact.may_call.eq(True))
    return called and await queries.may(actor, Permission.VIEW_CONTACT, complaint_id)


async def _of(complaint: Complaint) -> ContactView | None:
    """What was given with the complaint; what is missing comes from the reporter's account, if there is one."""
    given = await Contact.objects().get(Contact.complaint == complaint.id)
    account = await accounts.reachable(complaint.reporter) if complaint.reporter else None
    if given is None and account is None:
        return None
    return ContactView(
        name=(given.name if given else "") or (account.name if account else ""),
        phone=(given.phone if given else "") or (account.phone if account else ""),
        email=account.email if account else "",
        may_call=bool(given and given.may_call),
        masked=False,
    )


async def _agency_of(actor: Actor, complaint_id: UUID) -> str | None:
    """The OPD this person looks for: one that has a part of it, else the office they sit in."""
    theirs = frozenset[str]().union(*actor.agencies.values())
    parts = [str(part.agency) for part in await queries.parts_of(complaint_id) if str(part.agency) in theirs]
    return next(iter(parts), min(theirs, default=None))


def _masked_number(number: str) -> str:
    if len(number) <= 2 * ENDS_SHOWN:
        return DOT * len(number)
    return number[:ENDS_SHOWN] + DOT * (len(number) - 2 * ENDS_SHOWN) + number[-ENDS_SHOWN:]
