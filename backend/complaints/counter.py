"""A clerk writes down what somebody tells at the counter, by phone or in a message; the paper slip is the reporter's."""

from uuid import UUID

from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.agencies import queries as agencies
from backend.agencies.kinds import Kind
from backend.complaints import receiving, steps
from backend.complaints.receiving import Origin
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import SubmitForOther
from backend.errors import NotFound
from backend.events import log
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation

COUNTERS = frozenset({Kind.DISTRICT, Kind.VILLAGE, Kind.CLINIC, Kind.COUNTER})
"""Offices people walk into (`law.md` 6, note 1). A moderator takes calls and messages, wherever he sits."""


@operation
async def submit_for_other(actor: Actor, op: SubmitForOther) -> Outcome:
    """C1 by a clerk, who from then on sees it only as its OPD would. Of somebody anonymous not even the clerk is kept with it."""
    await require(actor)
    await receiving.check(op)
    anonymous = op.secrecy == Secrecy.ANONYMOUS
    clerk: UUID | None = None if anonymous else actor.account
    complaint, clocks = await receiving.keep(op, Origin(source=op.source, entered_by=clerk))
    await log.record(
        EventKind.RECEIVED,
        anonymous=anonymous,
        complaint=complaint.id,
        actor=clerk,
        operation=op.id,
        device_at=op.occurred_at,
        data={"photos": len(op.photos), "answer_on": complaint.promise_answer_on.isoformat(), "source": op.source},
    )
    return await steps.accepted(op, complaint, notice=receiving.notice(complaint), running=clocks)


async def require(actor: Actor) -> None:
    """Raises `NotFound` for whoever sits at no counter."""
    if not await may(actor):
        raise NotFound


async def may(actor: Actor) -> bool:
    """May this person write down what others tell?"""
    if actor.reach(Permission.SUBMIT_FOR_OTHER) == Reach.CITY:
        return True
    return await agencies.any_of_kind(actor.of_agencies(Permission.SUBMIT_FOR_OTHER), COUNTERS)
