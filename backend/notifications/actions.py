"""Telling what has happened: a line in each inbox, a push to each browser, a mail; and reading, handing over and emptying inboxes."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

import msgspec
import structlog
from piccolo.columns.combination import And, Or

from backend import clock, database
from backend.accounts import addressees
from backend.actors.actor import Actor
from backend.complaints import notices
from backend.events import order
from backend.events.order import Happened
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import NewJob
from backend.mail import actions as mail
from backend.notifications import audience, endpoints, messages, queries, recipients, subscriptions, webpush
from backend.notifications.audience import Channel, Hearer
from backend.notifications.queries import Cursor, Listener
from backend.notifications.recipients import Heard, Told
from backend.notifications.tables import Notice
from backend.notifications.webpush import Answer
from backend.settings import settings

TTL = timedelta(hours=24)
"""How long a push service keeps a message for a phone that is off; older news is not sent at all."""
KEPT = timedelta(days=180)
"""How long a line stays in an inbox."""

logger = structlog.get_logger(__name__)


async def announce(event_id: UUID) -> None:
    """Tell everybody who hears of an event, each once: a line in the inbox, a mail, a push to each browser. In the caller's transaction."""
    event = await order.one(event_id)
    told = await recipients.told(event) if event else None
    if event is None or told is None:
        return
    new = await _note_down(event, told)
    await _mail(event, told, new)
    await _push_to(event_id, await queries.listeners(told))


async def push(event_id: UUID, subscription_id: UUID) -> None:
    """Send one browser the news, if it still hears of it and it is still news. Raises `queue.TryLater`."""
    event = await order.one(event_id)
    if event is None or clock.now() - event.at > TTL:
        return
    told = await recipients.told(event)
    for listener in await queries.listeners(told, only=subscription_id) if told else ():
        message = messages.compose(event, listener.hearer, told.notice if told else None)
        answer = await webpush.send(listener.receiver, msgspec.json.encode(message), ttl=TTL, topic=webpush.topic(message.tag))
        if answer == Answer.GONE:
            logger.info("push subscription over", subscription=str(subscription_id))
            async with database.transaction():
                await subscriptions.forget([subscription_id])


async def read(actor: Actor, *, until: Cursor | None = None, line: UUID | None = None, complaint: UUID | None = None) -> None:
    """These lines have been seen: all down from `until`, one, or those of one complaint. Times are full hours, whoever reads."""
    chosen = And(queries.of(actor), Notice.read_at.is_null())
    if until is not None:
        chosen = And(chosen, Or(Notice.at < until.at, And(Notice.at == until.at, Notice.event <= until.event)))
    if line is not None:
        chosen = And(chosen, Notice.id == line)
    if complaint is not None:
        chosen = And(chosen, Notice.complaint == complaint)
    if await Notice.exists().where(chosen):  # who has read it all leaves the writer to others
        await Notice.update({Notice.read_at: clock.coarse(clock.now())}).where(chosen)


async def hand_over(event_id: UUID) -> None:
    """A guest's complaint now belongs to an account: so do the lines its key opened."""
    event = await order.one(event_id)
    notice = await notices.for_notice(event.complaint, None) if event and event.complaint else None
    if notice is not None and notice.reporter is not None:
        theirs = And(Notice.complaint == notice.complaint, Notice.hearer == Hearer.REPORTER)
        await Notice.update({Notice.account: notice.reporter}).where(theirs, Notice.account.is_null())


async def remove_old() -> None:
    """Remove lines of more than half a year ago."""
    await Notice.delete().where(Notice.at < clock.now() - KEPT)


async def _note_down(event: Happened, told: Told) -> set[UUID]:
    """A line for each who hears. Returns the accounts for which it is new: the same event may be announced again."""
    lines = [_line(event, told, heard, account) for account, heard in told.people.items()]
    if told.by_key is not None and told.notice is not None and told.notice.reporter is None:
        lines.append(_line(event, told, told.by_key, None))
    if not lines:
        return set()
    inserted = await Notice.insert(*lines).on_conflict(target=Notice.id, action="DO NOTHING").returning(Notice.account)
    return {row["account"] for row in inserted if row["account"]}


def _line(event: Happened, told: Told, heard: Heard, account: UUID | None) -> Notice:
    """The same event and reader make the same line, whose id tells no moment; the reporter stays the same when a guest gets an account.

    Of somebody anonymous the full hour is kept.
    """
    message = messages.compose(event, heard.hearer, told.notice)
    complaint = told.notice.complaint if told.notice else None
    anonymous = account is None and told.notice is not None and told.notice.anonymous
    return Notice(
        id=uuid5(event.id, str(complaint if heard.hearer == Hearer.REPORTER else account)),
        account=account,
        complaint=complaint,
        event=event.id,
        hearer=heard.hearer,
        title=message.title,
        body=message.body,
        url=message.url,
        at=clock.coarse(event.at) if anonymous else event.at,
    )


async def _mail(event: Happened, told: Told, new: Iterable[UUID]) -> None:
    """A mail for those who are to have one, who want it, and for whom this is new."""
    mailed = {account: told.people[account].hearer for account in new if Channel.MAIL in told.people[account].channels}
    for account, address in (await addressees.addresses(mailed)).items():
        message = messages.compose(event, mailed[account], told.notice)
        letter = messages.letter(message, settings().base_url)
        await mail.send(address, letter.subject, letter.text)


async def _push_to(event_id: UUID, listeners: Iterable[Listener]) -> None:
    """A job for each browser; in the night they wait for the morning."""
    now = clock.now()
    await queue.enqueue_all(
        [
            NewJob(
                kind=JobKind.PUSH,
                arguments={"event": str(event_id), "subscription": str(listener.subscription)},
                dedupe_key=f"push:{event_id}:{listener.subscription}",
                run_at=_rings_at(listener, now),
            )
            for listener in listeners
        ]
    )


def _rings_at(listener: Listener, now: datetime) -> datetime:
    return now if endpoints.is_trial(listener.receiver.endpoint) else audience.not_before(now.astimezone(clock.JAKARTA))
