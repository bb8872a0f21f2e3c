"""Subscribing a browser, telling it what has happened, and forgetting it."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec
import structlog
from msgspec import Meta

from backend import clock, database
from backend.actors.actor import Actor
from backend.complaints import queries as complaints
from backend.errors import DomainError, NotFound
from backend.events import order
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import NewJob
from backend.notifications import audience, endpoints, messages, queries, webpush
from backend.notifications.tables import Follow, Subscription
from backend.notifications.webpush import Answer

TTL = timedelta(hours=24)
"""How long a push service keeps a message for a phone that is off; older news is not sent at all."""
MOST_BROWSERS = 20
MOST_CLAIMS = 50

logger = structlog.get_logger(__name__)


class Keys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The browser's keys, base64url."""

    p256dh: Annotated[str, Meta(min_length=80, max_length=120)]
    auth: Annotated[str, Meta(min_length=20, max_length=40)]


class Wish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A browser wants to be told: of its account's complaints and work, or of those whose claim keys it brings."""

    endpoint: Annotated[str, Meta(max_length=endpoints.LONGEST_ENDPOINT)]
    keys: Keys
    claims: Annotated[tuple[Annotated[str, Meta(min_length=26, max_length=40)], ...], Meta(max_length=MOST_CLAIMS)] = ()


class NeverAnonymous(DomainError):
    """An address of a phone beside a complaint would tell who complained."""

    code = "anonymous"
    sentence = "Aduan tanpa nama tidak bisa dikabari ke ponsel: kami tidak boleh tahu ponsel siapa."


async def subscribe(actor: Actor, wish: Wish) -> bool:
    """Store the browser with what it follows; False: it was known. Raises `NeverAnonymous`, `NotFound` where no key opens anything."""
    webpush.check_keys(wish.keys.p256dh, wish.keys.auth)
    await endpoints.check(wish.endpoint)
    proven = await complaints.proven(wish.claims)
    followed = [complaint for complaint, anonymous in proven.items() if not anonymous]
    if proven and not followed:
        raise NeverAnonymous
    if actor.account is None and not followed:
        raise NotFound
    async with database.transaction():
        subscription, new = await _store(actor.account, wish)
        await _follow(subscription, followed)
    return new


async def unsubscribe(endpoint: str) -> None:
    """Forget the browser. Whoever knows its secret address may."""
    async with database.transaction():
        await _forget(await Subscription.select(Subscription.id).where(Subscription.endpoint == endpoint).output(as_list=True))


async def announce(event_id: UUID) -> None:
    """One push to each browser that hears of an event; in the night they wait for the morning."""
    event = await order.one(event_id)
    told = await queries.told(event) if event else None
    if told is None:
        return
    now = clock.now()
    morning = audience.not_before(now.astimezone(clock.JAKARTA))
    await queue.enqueue_all(
        [
            NewJob(
                kind=JobKind.PUSH,
                arguments={"event": str(event_id), "subscription": str(listener.subscription)},
                dedupe_key=f"push:{event_id}:{listener.subscription}",
                run_at=now if endpoints.is_trial(listener.receiver.endpoint) else morning,
            )
            for listener in told.listeners
        ]
    )


async def push(event_id: UUID, subscription_id: UUID) -> None:
    """Send one browser the news, if it still hears of it and it is still news. Raises `queue.TryLater`."""
    event = await order.one(event_id)
    told = await queries.told(event, only=subscription_id) if event else None
    if event is None or told is None or clock.now() - event.at > TTL:
        return
    for listener in told.listeners:
        message = messages.compose(event, listener.hearer, told.notice)
        answer = await webpush.send(listener.receiver, msgspec.json.encode(message), ttl=TTL, topic=webpush.topic(message.tag))
        if answer == Answer.GONE:
            logger.info("push subscription over", subscription=str(subscription_id))
            async with database.transaction():
                await _forget([subscription_id])


async def _store(account: UUID | None, wish: Wish) -> tuple[UUID, bool]:
    """The subscription of this endpoint. Once it is another person's, it no longer follows what the earlier one followed."""
    row = Subscription(
        id=database.new_id(),
        endpoint=wish.endpoint,
        p256dh=wish.keys.p256dh,
        auth=wish.keys.auth,
        account=account,
        created_at=clock.now(),
    )
    new = await Subscription.insert(row).on_conflict(target=Subscription.endpoint, action="DO NOTHING").returning(Subscription.id)
    [stored] = await database.locked(Subscription.objects().where(Subscription.endpoint == wish.endpoint))
    if not new:
        if stored.account not in {None, account}:
            await Follow.delete().where(Follow.subscription == stored.id)
        stored.p256dh, stored.auth, stored.account = wish.keys.p256dh, wish.keys.auth, account
        await stored.save([Subscription.p256dh, Subscription.auth, Subscription.account])
    if account:
        of_account = Subscription.select(Subscription.id).where(Subscription.account == account)
        latest = await of_account.order_by(Subscription.created_at, ascending=False).output(as_list=True)
        await _forget(latest[MOST_BROWSERS:])
    return stored.id, bool(new)


async def _follow(subscription: UUID, complaints_followed: list[UUID]) -> None:
    """Follow each complaint, once; of too many browsers that follow one, the earliest stop."""
    for complaint in complaints_followed:
        others = (
            await Follow.select(Follow.id, Follow.subscription).where(Follow.complaint == complaint).order_by(Follow.id, ascending=False)
        )
        if subscription in {row["subscription"] for row in others}:
            continue
        await Follow.insert(Follow(id=database.new_id(), subscription=subscription, complaint=complaint))
        if too_many := [row["id"] for row in others[MOST_BROWSERS - 1 :]]:
            await Follow.delete().where(Follow.id.is_in(too_many))


async def _forget(subscriptions: list[UUID]) -> None:
    if subscriptions:
        await Follow.delete().where(Follow.subscription.is_in(subscriptions))
        await Subscription.delete().where(Subscription.id.is_in(subscriptions))
