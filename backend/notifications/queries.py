"""Who is to be told of an event, on which browsers."""

from typing import NamedTuple
from uuid import UUID

import msgspec
from piccolo.columns.combination import Or

from backend.accounts import queries as accounts
from backend.actors.permissions import Role
from backend.complaints import notices
from backend.complaints.notices import Notice
from backend.events.order import Happened
from backend.notifications.audience import Case, Hearer, hearers
from backend.notifications.tables import Follow, Subscription
from backend.notifications.webpush import Receiver

People = dict[UUID, Hearer]


class Listener(msgspec.Struct, frozen=True, kw_only=True):
    """A browser, and as whom its owner hears."""

    subscription: UUID
    receiver: Receiver
    hearer: Hearer


class Told(NamedTuple):
    """An event's complaint, and who hears of it."""

    notice: Notice
    listeners: list[Listener]


async def told(event: Happened, *, only: UUID | None = None) -> Told | None:
    """Who hears of an event as things stand now, or whether `only` this subscription does. None: there is no such complaint.

    Never the person who did it, each person once, and nobody as staff of a complaint of their own.
    """
    notice = await notices.for_notice(event.complaint, event.part) if event.complaint else None
    if notice is None:
        return None
    roles = hearers(event.kind, _case(notice))
    people = {account: hearer for hearer in reversed(roles) for account in await _accounts(hearer, notice) if account != event.actor}
    browsers = await _browsers(people, notice.complaint if Hearer.REPORTER in roles else None, only)
    return Told(notice, [_listener(row, people) for row in browsers if row.account is None or row.account != event.actor])


def _case(notice: Notice) -> Case:
    others_open = any(not part.done for part in notice.parts)
    return Case(anonymous=notice.anonymous, led_others_open=notice.joint and others_open, disputes=notice.disputes)


async def _accounts(hearer: Hearer, notice: Notice) -> set[UUID]:
    """The accounts behind a hearer, by the grants of today."""
    if hearer == Hearer.REPORTER:
        return await accounts.in_use([notice.reporter] if notice.reporter else [])
    concerned = {part.agency for part in notice.concerned}
    match hearer:
        case Hearer.OFFICER:
            staff = await accounts.holding(Role.OFFICER, concerned) & {part.officer for part in notice.concerned if part.officer}
        case Hearer.AGENCY_ADMIN:
            staff = await accounts.holding(Role.AGENCY_ADMIN, concerned)
        case Hearer.LEAD_ADMIN:
            staff = await accounts.holding(Role.AGENCY_ADMIN, {part.agency for part in notice.parts if part.lead})
        case Hearer.MODERATOR:
            staff = await accounts.holding(Role.MODERATOR)
    return {account for account in staff if account != notice.reporter}


async def _browsers(people: People, followed: UUID | None, only: UUID | None) -> list[Subscription]:
    """The subscriptions of these people, and those that follow the complaint by its key."""
    followers = Follow.select(Follow.subscription).where(Follow.complaint == followed)
    by_key = Subscription.id.is_in(followers)
    query = Subscription.objects().where(Or(Subscription.account.is_in(list(people)), by_key) if people else by_key)
    return await (query.where(Subscription.id == only) if only else query)


def _listener(row: Subscription, people: People) -> Listener:
    """Who follows by key is the reporter."""
    return Listener(
        subscription=row.id,
        receiver=Receiver(endpoint=row.endpoint, p256dh=row.p256dh, auth=row.auth),
        hearer=people.get(row.account, Hearer.REPORTER),
    )
