"""Following what others have told ("Ini juga keluhan saya"), and saying that it is still broken while the reporter is asked (C18)."""

from uuid import UUID

from backend import clock, database
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import access, disputes, reporters, steps
from backend.complaints.lifecycle import FOLLOWERS_DISPUTE
from backend.complaints.operations import FollowComplaint, StillBroken
from backend.complaints.refusals import NotAFollower, NotAskedNow, OwnComplaint
from backend.complaints.states import Status
from backend.complaints.tables import Complaint, Follower, Note
from backend.errors import NotSignedIn
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation
from backend.sla import queries as sla
from backend.sla.policy import ClockKind

STILL_BROKEN = "still_broken"
"""The kind of note."""


@operation
async def follow(actor: Actor, op: FollowComplaint) -> Outcome:
    """Hear of somebody else's public complaint, or no longer. Doing either twice changes nothing."""
    if actor.account is None:
        raise NotSignedIn
    complaint = await access.require(actor, Permission.FOLLOW, op.complaint)
    if reporters.is_own(actor, complaint):
        raise OwnComplaint
    following = await _of(complaint.id, actor.account)
    if op.on == (following is not None):
        return await steps.accepted(op, complaint, code="already")
    if following is None:
        now = clock.now()
        await Follower.insert(Follower(id=database.new_id(), complaint=complaint.id, account=actor.account, at=now))
    else:
        await Follower.delete().where(Follower.id == following.id)
    await steps.record(EventKind.FOLLOWED, actor, op, complaint, on=op.on)
    return await steps.accepted(op, complaint)


@operation
async def still_broken(actor: Actor, op: StillBroken) -> Outcome:
    """A follower's word, once while the reporter is asked. Two of them count as the reporter's dispute (G1)."""
    if actor.account is None:
        raise NotSignedIn
    complaint = await access.require(actor, Permission.FOLLOW, op.complaint)
    following = await _of(complaint.id, actor.account)
    if following is None or reporters.is_own(actor, complaint):
        raise NotAFollower
    said = await _said_now(complaint) if complaint.status == Status.RESOLVED else None
    if said is None or following.id in said:
        raise NotAskedNow
    note = await steps.write(actor, complaint, STILL_BROKEN, op.text, op)
    following.still_broken = note
    await following.save([Follower.still_broken])
    await steps.record(EventKind.STILL_BROKEN, actor, op, complaint, subject=note)
    if len(said) + 1 >= FOLLOWERS_DISPUTE:
        await disputes.dispute_by_followers(actor, op, complaint, note)
    return await steps.accepted(op, complaint)


async def _of(complaint: UUID, account: UUID) -> Follower | None:
    return await Follower.objects().where(Follower.complaint == complaint, Follower.account == account).first()


async def _said_now(complaint: Complaint) -> set[UUID] | None:
    """The followers who have spoken since the reporter is asked; none: nobody is asked."""
    asked = next((one.started_at for one in await sla.running(complaint.id) if one.kind == ClockKind.SILENCE), None)
    if asked is None:
        return None
    since = clock.coarse(asked) if steps.is_anonymous(complaint) else asked
    notes = Note.select(Note.id).where(Note.complaint == complaint.id, Note.kind == STILL_BROKEN, Note.created_at >= since)
    rows = await Follower.select(Follower.id).where(Follower.complaint == complaint.id, Follower.still_broken.is_in(notes))
    return {row["id"] for row in rows}
