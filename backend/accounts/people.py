"""Reading who works for the city: lists and one person, proposals that wait, and OPDs with too few admins."""

from datetime import datetime
from uuid import UUID

import msgspec
from piccolo.columns.combination import And, Or, WhereRaw
from piccolo.custom_types import Combinable

from backend import clock
from backend.accounts import queries
from backend.accounts.grant_views import LIVING, Grant, State, shown
from backend.accounts.tables import Account, RoleGrant
from backend.actors.actor import Actor
from backend.actors.permissions import BY_TWO, Permission, Reach, Role
from backend.agencies import queries as agencies
from backend.errors import NotFound

PAGE = 50
FEWEST_ADMINS = 2
"""An OPD whose only admin is ill answers nobody (G25)."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works for the city, or did. `may_close`: by whoever asks. `invited`: has not come in yet, for want of a password."""

    id: UUID
    name: str
    email: str
    closed_at: datetime | None
    invited: bool
    grants: list[Grant]
    may_close: bool


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A role that waits for a second person."""

    person: str
    email: str
    grant: Grant


class Lack(msgspec.Struct, frozen=True, kw_only=True):
    """An OPD, and how many admins it has today."""

    name: str
    admins: int


async def listed(actor: Actor, *, text: str = "", after: UUID | None = None, past: bool = False) -> list[Listed]:
    """Who works where this person manages, by name, `PAGE` at a time; `past`: also those whose work is over. Raises `NotFound`."""
    query = Account.objects().where(_within(actor, past=past)).order_by(Account.name, Account.id).limit(PAGE)
    if text.strip():
        query = query.where(await _found_by(text.strip()))
    last = await Account.select(Account.name).where(Account.id == after).first() if after else None
    if last is not None:
        query = query.where(Or(Account.name > last["name"], And(Account.name == last["name"], Account.id > after)))
    return await _described(actor, await query)


async def one(actor: Actor, account: UUID) -> Listed:
    """One of them. Raises `NotFound`."""
    described = await _described(actor, await Account.objects().where(_within(actor, past=True), Account.id == account))
    if not described:
        raise NotFound
    return described[0]


async def proposals(actor: Actor) -> list[Proposal]:
    """What waits for a second person, the oldest first; for those who decide, and for those who proposed."""
    if actor.reach(Permission.CONFIRM_GRANT) != Reach.CITY and actor.reach(Permission.PROPOSE_GRANT) != Reach.CITY:
        return []
    waiting = And(RoleGrant.confirmed_by.is_null(), And(RoleGrant.ended_at.is_null(), RoleGrant.refused_at.is_null()))
    by_two = And(RoleGrant.role.is_in([str(role) for role in sorted(BY_TWO)]), RoleGrant.proposed_by.is_not_null())
    rows = await RoleGrant.objects().where(And(by_two, waiting)).order_by(RoleGrant.proposed_at, RoleGrant.id).limit(PAGE)
    people = {one.id: one for one in await Account.objects().where(Account.id.is_in([row.account for row in rows]))} if rows else {}
    return [
        Proposal(person=people[grant.account].name, email=people[grant.account].email, grant=grant) for grant in await shown(actor, rows)
    ]


async def places(actor: Actor) -> list[tuple[str, str]]:
    """The OPDs and units for which this person gives roles, code and name, by name."""
    own = actor.of_agencies(Permission.MANAGE_USERS)
    everywhere = actor.reach(Permission.MANAGE_USERS) == Reach.CITY
    there = await agencies.agencies_on(clock.day_of(clock.now()))
    return [(agency.code, agency.citizen_name) for agency in there if everywhere or agency.code in own]


async def secretaries() -> list[tuple[UUID, str]]:
    """For whom a delegate can act."""
    names = await queries.names(await queries.holding_themselves(Role.SECRETARY))
    return sorted(names.items(), key=lambda entry: entry[1])


async def short_of_admins(actor: Actor) -> list[Lack]:
    """The OPDs this person manages that have fewer than two admins; a unit's admins are also those of what it works under."""
    managed = dict(await places(actor))
    above = await agencies.parents()
    rows = await RoleGrant.select(RoleGrant.account, RoleGrant.agency).where(
        RoleGrant.role == Role.AGENCY_ADMIN, RoleGrant.account.disabled_at.is_null(), queries.counts_today()
    )
    lacks = []
    for code in (code for code in managed if above.get(code) not in managed):
        line = agencies.lineage(code, above)
        lacks.append(Lack(name=managed[code], admins=len({row["account"] for row in rows if row["agency"] in line})))
    return [lack for lack in lacks if lack.admins < FEWEST_ADMINS]


def _within(actor: Actor, *, past: bool) -> Combinable:
    """The accounts this person may see as one who manages or confirms."""
    grants = RoleGrant.select(RoleGrant.account)
    if Reach.CITY not in {actor.reach(Permission.MANAGE_USERS), actor.reach(Permission.CONFIRM_GRANT)}:
        own = actor.of_agencies(Permission.MANAGE_USERS)
        if not own:
            raise NotFound
        grants = grants.where(RoleGrant.agency.is_in(sorted(own)))
    if past:
        return Account.id.is_in(grants)
    today = clock.day_of(clock.now())
    not_over = RoleGrant.valid_until.is_null() | (RoleGrant.valid_until >= today)
    living = And(not_over, And(RoleGrant.ended_at.is_null(), RoleGrant.refused_at.is_null()))
    return And(Account.disabled_at.is_null(), Account.id.is_in(grants.where(living)))


async def _found_by(text: str) -> Combinable:
    """By part of a name, an address, or an OPD's name or code; in small and capital letters."""
    part = "%" + text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    codes = [code for code, name in (await agencies.agency_names()).items() if text.lower() in f"{code} {name}".lower()]
    named = Or(WhereRaw("LOWER(account.name) LIKE {} ESCAPE '\\'", part), WhereRaw("LOWER(account.email) LIKE {} ESCAPE '\\'", part))
    return Or(named, Account.id.is_in(RoleGrant.select(RoleGrant.account).where(RoleGrant.agency.is_in(codes)))) if codes else named


async def _described(actor: Actor, people: list[Account]) -> list[Listed]:
    if not people:
        return []
    rows = await RoleGrant.objects().where(RoleGrant.account.is_in([one.id for one in people])).order_by(RoleGrant.valid_from, RoleGrant.id)
    all_grants = await shown(actor, rows)
    described = []
    for one in people:
        grants = sorted((grant for grant in all_grants if grant.account == one.id), key=lambda grant: list(State).index(grant.state))
        living = [grant for grant in grants if grant.state in LIVING]
        described.append(
            Listed(
                id=one.id,
                name=one.name,
                email=one.email,
                closed_at=one.disabled_at,
                invited=not one.password_hash and one.disabled_at is None,
                grants=grants,
                may_close=bool(living) and one.id != actor.account and all(grant.may_end for grant in living),
            )
        )
    return described
