"""Taking roles back, and closing accounts: at once, with a reason, and never so that nobody is left to give roles."""

from collections.abc import Sequence
from uuid import UUID

from piccolo.columns.combination import And
from piccolo.custom_types import Combinable

from backend import clock, database
from backend.accounts import actions, giving, queries, role_letters
from backend.accounts.grants import AlreadyDecided, SamePerson, accounts_of, log, reasoned, wish_of
from backend.accounts.tables import RoleGrant
from backend.accounts.titles import TITLES
from backend.actors.actor import Actor
from backend.actors.permissions import Role
from backend.errors import DomainError, NotFound
from backend.events.kinds import EventKind
from backend.events.log import record
from backend.words import N_

NEVER_NOBODY = (Role.MANAGER, Role.SECRETARY)
"""Without one of each, nobody could give a role any more."""


class LastOne(DomainError):
    """The last manager or secretary."""

    code = "last_one"
    sentence = N_("Ini satu-satunya {role} yang masih bertugas. Beri peran ini kepada orang lain dulu, lalu akhiri.")


class WorksElsewhere(DomainError):
    """An account that also has roles somebody else has given."""

    code = "works_elsewhere"
    sentence = N_("Orang ini juga punya peran yang tidak dapat Anda akhiri. Akhiri saja peran di dinas Anda.")


async def end(by: Actor, grant_id: UUID, reason: str) -> None:
    """Take a role or a proposal back, at once; with a secretary's those of the delegates. Raises `LastOne`, `NotFound`, `AlreadyDecided`."""
    why = reasoned(reason)
    async with database.transaction():
        grant = next(iter(await _held(RoleGrant.id == grant_id)), None)
        if grant is None or not giving.may_end(by, wish_of(grant)):
            raise NotFound
        if grant.ended_at is not None or grant.refused_at is not None:
            raise AlreadyDecided
        await _end_each([grant], by.account, why)


async def close(by: Actor, account: UUID, reason: str) -> None:
    """Close an account with all its roles, at once and everywhere. Only by who may take back every one of them, never one's own."""
    why = reasoned(reason)
    async with database.transaction():
        if by.account == account:
            raise SamePerson
        grants = await _held(And(RoleGrant.account == account, _open()))
        mine = [giving.may_end(by, wish_of(grant)) for grant in grants]
        if not any(mine):
            raise NotFound
        if not all(mine):
            raise WorksElsewhere
        await _end_each(grants, by.account, why)
        await actions.disable(account)
        await record(EventKind.ACCOUNT_DISABLED, subject=account, actor=by.account)


async def _held(which: Combinable) -> list[RoleGrant]:
    """These grants, held; before them every living one of a role that must never be nobody's, so that two who end each other's wait here."""
    roles = [str(role) for role in NEVER_NOBODY]
    await database.locked(RoleGrant.select(RoleGrant.id).where(RoleGrant.role.is_in(roles), _open()).order_by(RoleGrant.id))
    return await database.locked(RoleGrant.objects().where(which).order_by(RoleGrant.id))


async def _end_each(grants: Sequence[RoleGrant], by: UUID | None, reason: str) -> None:
    """End these, and those of the delegates of a secretary among them; each person hears of it."""
    await _leave_one(grants)
    principals = [grant.account for grant in grants if grant.role == Role.SECRETARY and grant.acts_for is None]
    delegates = await RoleGrant.objects().where(And(RoleGrant.acts_for.is_in(principals), _open())) if principals else []
    ending = list({grant.id: grant for grant in (*grants, *delegates)}.values())
    await RoleGrant.update({RoleGrant.ended_at: clock.now(), RoleGrant.ended_by: by, RoleGrant.ended_reason: reason}).where(
        RoleGrant.id.is_in([grant.id for grant in ending])
    )
    people = {person.id: person for person in await accounts_of({grant.account for grant in ending})}
    for grant in ending:
        await log(EventKind.ROLE_ENDED, grant, by)
        await role_letters.tell_ended(grant, people[grant.account], reason)


async def _leave_one(grants: Sequence[RoleGrant]) -> None:
    """Raises `LastOne` where these are all there are of a role that must never be nobody's."""
    for role in NEVER_NOBODY:
        ending = {grant.id for grant in grants if grant.role == role and grant.acts_for is None}
        standing = await queries.standing_grants(role) if ending else set()
        if standing and standing <= ending:
            raise LastOne(LastOne.sentence.format(role=TITLES[role]))


def _open() -> And:
    return And(RoleGrant.ended_at.is_null(), RoleGrant.refused_at.is_null())
