"""What people find in their inboxes and mails, once everything that happened was announced."""

from datetime import timedelta
from uuid import UUID

from backend import clock, database
from backend import database as db
from backend.accounts.tables import RoleGrant
from backend.actors.actor import Actor
from backend.complaints.tables import Complaint, Follower
from backend.events import log
from backend.events.kinds import EventKind
from backend.events.tables import Event
from backend.mail.tables import Mail
from backend.notifications import actions, queries
from backend.notifications.queries import LineView


async def spread() -> None:
    """Announce all there is, as the workers do: again and again is once."""
    for event in await Event.select(Event.id).order_by(Event.id):
        async with database.transaction():
            await actions.announce(event["id"])


async def lines(actor: Actor) -> list[LineView]:
    """What somebody finds in the inbox, the newest first."""
    await spread()
    return [line for day in (await queries.inbox(actor)).days for line in day.lines]


async def bodies(actor: Actor) -> list[str]:
    return [line.body for line in await lines(actor)]


async def mails() -> list[tuple[str, str, str]]:
    """Every mail: to whom, subject, text."""
    await spread()
    return [(mail.to, mail.subject, mail.text) for mail in await Mail.objects().order_by(Mail.id)]


async def happen(kind: EventKind, complaint: UUID | None = None, **refers: object) -> UUID:
    """Something happens, without the act that leads to it."""
    days = {name: (clock.day_of(clock.now()) + timedelta(days=3)).isoformat() for name in DAYS}
    return await log.record(kind, data={**days, **dict(refers.pop("data", {}))}, complaint=complaint, **refers)  # type: ignore[arg-type]


DAYS = ("answer_on", "work_on", "finish_on", "visit_on", "reply_until", "decide_on", "object_until", "old_on", "new_on")


async def publish(complaint: UUID) -> None:
    await Complaint.update({Complaint.published_at: clock.now(), Complaint.public_text: "Lampu mati."}).where(Complaint.id == complaint)


async def seal(complaint: UUID) -> None:
    await Complaint.update({Complaint.confidential: True}).where(Complaint.id == complaint)


async def follow(person: Actor, complaint: UUID) -> None:
    await Follower.insert(Follower(id=db.new_id(), complaint=complaint, account=person.account, at=clock.now()))


async def make_head(person: Actor) -> None:
    await RoleGrant.update({RoleGrant.head: True}).where(RoleGrant.account == person.account)
