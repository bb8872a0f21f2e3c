"""Browsers that want to be told: subscribing one, and forgetting it."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend import clock, database
from backend.actors.actor import Actor
from backend.complaints import queries as complaints
from backend.errors import DomainError, NotFound
from backend.notifications import endpoints, webpush
from backend.notifications.tables import Follow, Subscription
from backend.words import N_

MOST_BROWSERS = 20
MOST_CLAIMS = 50


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
    sentence = N_("Aduan tanpa nama tidak bisa dikabari ke ponsel: kami tidak boleh tahu ponsel siapa.")


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


async def count() -> int:
    """How many browsers want to be told."""
    return int(await Subscription.count())


async def unsubscribe(endpoint: str) -> None:
    """Forget the browser. Whoever knows its secret address may."""
    async with database.transaction():
        await forget(await Subscription.select(Subscription.id).where(Subscription.endpoint == endpoint).output(as_list=True))


async def forget_account(account: UUID) -> None:
    """Forget every browser of an account: it is closed."""
    async with database.transaction():
        await forget(await Subscription.select(Subscription.id).where(Subscription.account == account).output(as_list=True))


async def forget(subscriptions: list[UUID]) -> None:
    """Forget these, with what they followed, in the caller's transaction."""
    if subscriptions:
        await Follow.delete().where(Follow.subscription.is_in(subscriptions))
        await Subscription.delete().where(Subscription.id.is_in(subscriptions))


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
        await forget(latest[MOST_BROWSERS:])
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
