"""Who is to be told of an event, as things stand now: each person once, and nobody who may not read the complaint."""

from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID

import msgspec

from backend.accounts import addressees
from backend.accounts import queries as accounts
from backend.actors.permissions import Role
from backend.complaints import notices
from backend.complaints.notices import Notice, PartNotice
from backend.events.order import Happened
from backend.notifications import messages
from backend.notifications.audience import Case, Channels, Hearer, Line, lines

People = dict[UUID, "Heard"]


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """As whom somebody hears, and how."""

    hearer: Hearer
    channels: Channels


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An event's complaint if it has one, the accounts that hear, and how whoever holds the complaint's key does."""

    notice: Notice | None
    people: People
    by_key: Heard | None = None


async def told(event: Happened) -> Told | None:
    """Who hears of an event. None: there is no such complaint.

    The person who did it hears only as the reporter, whose receipt it is; nobody hears as staff of a complaint of their own; and for
    the accused there is nothing to hear (guards Gs, Ga).
    """
    if event.complaint is None:
        about_people = [line for line in lines(event.kind, Case()) if line.hearer in BEHIND_OF_PEOPLE]
        return Told(notice=None, people=await _people(about_people, event))
    found = await notices.for_notice(event.complaint, event.part)
    if found is None:
        return None
    notice = _narrowed(event, found)
    heard = lines(event.kind, _case(event, notice))
    by_key = next((Heard(hearer=line.hearer, channels=line.channels) for line in heard if line.hearer == Hearer.REPORTER), None)
    return Told(notice=notice, people=await _people(heard, event, notice), by_key=by_key)


def _narrowed(event: Happened, notice: Notice) -> Notice:
    """About the OPDs the event names, where it is about no one part but not about all."""
    named = str(event.data.get("agencies") or "").split(",")
    concerned = tuple(part for part in notice.concerned if part.agency in named)
    return msgspec.structs.replace(notice, concerned=concerned) if concerned and event.part is None else notice


def _case(event: Happened, notice: Notice) -> Case:
    return Case(
        anonymous=notice.anonymous,
        confidential=notice.confidential,
        joint=notice.joint,
        others_open=not event.data.get("last") and bool(messages.others_open(event, notice)),
        disputes=messages.disputes(event, notice),
        by_reporter=event.actor is None or event.actor == notice.reporter,
        of_a_part=event.part is not None,
    )


async def _people(heard: Iterable[Line], event: Happened, notice: Notice | None = None) -> People:
    """Each person once: in the words of the first line that means them, by the ways of all."""
    deaf = await _deaf(event, notice)
    people: People = {}
    for line in heard:
        reached = await _accounts(line.hearer, event, notice)
        for account in reached if line.hearer == Hearer.REPORTER else reached - deaf:
            earlier = people.get(account, Heard(hearer=line.hearer, channels=frozenset()))
            people[account] = Heard(hearer=earlier.hearer, channels=earlier.channels | line.channels)
    return people


async def _deaf(event: Happened, notice: Notice | None) -> set[UUID]:
    """Who hears nothing but as the reporter: who did it, whose complaint it is, and those whom it accuses."""
    own = {account for account in (event.actor, notice.reporter if notice else None) if account}
    if notice is None:
        return own
    about = await notices.accused(notice.complaint)
    return own | about.accounts | await addressees.working_for(about.agencies)


async def _accounts(hearer: Hearer, event: Happened, notice: Notice | None) -> set[UUID]:
    """The accounts behind a hearer, by the grants of today."""
    return await (BEHIND[hearer](notice) if notice else BEHIND_OF_PEOPLE[hearer](event))


async def _reporter(notice: Notice) -> set[UUID]:
    return await accounts.in_use([notice.reporter] if notice.reporter else [])


async def _followers(notice: Notice) -> set[UUID]:
    return await accounts.in_use(await notices.followers(notice.complaint)) if notice.public else set()


async def _officers(notice: Notice) -> set[UUID]:
    sent = {part.officer for part in notice.concerned if part.officer}
    return sent & await accounts.holding(Role.OFFICER, _agencies(notice.concerned)) if sent else set()


async def _admins(notice: Notice) -> set[UUID]:
    return set((await addressees.desks_of(_agencies(notice.concerned))).admins)


async def _heads(notice: Notice) -> set[UUID]:
    return set((await addressees.desks_of(_agencies(notice.concerned))).heads)


async def _leading_admins(notice: Notice) -> set[UUID]:
    return set((await addressees.desks_of(_agencies(part for part in notice.parts if part.lead))).admins)


async def _moderators(_: Notice) -> set[UUID]:
    return await accounts.holding(Role.MODERATOR)


async def _other_moderators(notice: Notice) -> set[UUID]:
    return {account for account in await accounts.holding(Role.MODERATOR) if account != notice.decided_by}


async def _the_person(event: Happened) -> set[UUID]:
    return await accounts.in_use(await _holder(event))


async def _secretaries(event: Happened) -> set[UUID]:
    return await accounts.holding(Role.SECRETARY) - await _holder(event)


async def _holder(event: Happened) -> set[UUID]:
    """Whose role it is: the event names the grant as its subject."""
    account = await addressees.holder_of(event.subject) if event.subject else None
    return {account} if account else set()


def _agencies(parts: Iterable[PartNotice]) -> set[str]:
    return {part.agency for part in parts}


BEHIND: dict[Hearer, Callable[[Notice], Awaitable[set[UUID]]]] = {
    Hearer.REPORTER: _reporter,
    Hearer.FOLLOWER: _followers,
    Hearer.OFFICER: _officers,
    Hearer.AGENCY_ADMIN: _admins,
    Hearer.HEAD: _heads,
    Hearer.LEAD_ADMIN: _leading_admins,
    Hearer.MODERATOR: _moderators,
    Hearer.OTHER_MODERATOR: _other_moderators,
}
BEHIND_OF_PEOPLE: dict[Hearer, Callable[[Happened], Awaitable[set[UUID]]]] = {
    Hearer.SELF: _the_person,
    Hearer.SECRETARY: _secretaries,
}
"""News of a complaint, and of an account."""
