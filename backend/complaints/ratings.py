"""What a reporter thinks of how it went: one to five, once, when it has ended as handled."""

from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import access, reporters, steps
from backend.complaints.operations import RateComplaint
from backend.complaints.refusals import NotYetClosed, RatedAlready
from backend.complaints.states import Ending, Status
from backend.complaints.tables import Complaint, Rating
from backend.errors import NotFound
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation

RATED = frozenset({Ending.CONFIRMED, Ending.SILENCE, Ending.DECIDED})
"""What was withdrawn, turned away or only noted has no work to be rated."""


@operation
async def rate(actor: Actor, op: RateComplaint) -> Outcome:
    """Only the reporter, and only once it is closed; the word is for those who worked on it, never public."""
    complaint = await access.require(actor, Permission.RATE, op.complaint)
    if not reporters.acts_as_reporter(actor, op, complaint):
        raise NotFound
    if not may_be_rated(complaint):
        raise NotYetClosed
    if await given(complaint):
        raise RatedAlready
    note = await steps.write(actor, complaint, "rating", op.text, op) if op.text.strip() else None
    await Rating.insert(Rating(complaint=complaint.id, stars=op.stars, note=note, at=steps.moment(complaint, actor)))
    await steps.record(EventKind.RATED, actor, op, complaint, subject=note, stars=op.stars)
    return await steps.accepted(op, complaint)


def may_be_rated(complaint: Complaint) -> bool:
    """Has it ended by the reporter's word, by silence or by a decision?"""
    return complaint.status == Status.CLOSED and complaint.ending in RATED


async def given(complaint: Complaint) -> bool:
    """Has the reporter rated it?"""
    return bool(await Rating.exists().where(Rating.complaint == complaint.id))
