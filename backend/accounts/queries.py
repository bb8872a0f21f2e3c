"""Who somebody is, what they may do today, and whom work can be given to."""

from collections.abc import Collection, Iterable
from uuid import UUID

import msgspec
from piccolo.columns.combination import And, Or
from piccolo.custom_types import Combinable

from backend import clock
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import BY_TWO, Role
from backend.agencies import queries as agencies
from backend.errors import NotFound

AT_THE_OFFICE = frozenset({"DISKOMINFO"})
"""Where the city's moderators and managers sit: what is said of this office, they may not handle (guard Ga)."""
IN_THE_OFFICE = frozenset({Role.MODERATOR, Role.MANAGER})


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What an account is today: its roles with the OPDs and units each reaches, the OPDs it heads, the name a delegate acts for."""

    roles: dict[Role, frozenset[str]]
    heads: frozenset[str] = frozenset()
    acts_for: str = ""


class Person(msgspec.Struct, frozen=True):
    """An account as colleagues see it."""

    id: UUID
    name: str


class Reachable(msgspec.Struct, frozen=True):
    """How an account can be reached; whoever asks has been asked by which right."""

    name: str
    email: str
    phone: str


async def standing(account: UUID) -> Standing:
    """What somebody is today, by the grants that count; somebody without any is a citizen."""
    rows = await RoleGrant.select(RoleGrant.role, RoleGrant.agency, RoleGrant.head, RoleGrant.acts_for.name.as_alias("acts_for")).where(
        RoleGrant.account == account, counts_today()
    )
    given: dict[Role, set[str]] = {}
    for row in rows:
        given.setdefault(Role(row["role"]), set()).update({row["agency"]} if row["agency"] else ())
    roles = {role: await _reached(role, codes) for role, codes in given.items()}
    return Standing(
        roles=roles or {Role.CITIZEN: frozenset()},
        heads=frozenset(row["agency"] for row in rows if row["head"]),
        acts_for=next((row["acts_for"] for row in rows if row["acts_for"]), ""),
    )


async def roles_of(account: UUID) -> dict[Role, frozenset[str]]:
    """Today's roles with the OPDs and units they reach."""
    return (await standing(account)).roles


async def officers_of(agency: str) -> list[Person]:
    """The officers an OPD or unit can send today, by name: its own, and those of what it works under."""
    rows = (
        await RoleGrant.select(RoleGrant.account.as_alias("id"), RoleGrant.account.name.as_alias("name"))
        .where(
            RoleGrant.agency.is_in(sorted(await agencies.with_those_above({agency}))),
            RoleGrant.role == Role.OFFICER,
            RoleGrant.account.disabled_at.is_null(),
            counts_today(),
        )
        .order_by(RoleGrant.account.name)
    )
    return [Person(**row) for row in {row["id"]: row for row in rows}.values()]


async def by_email(email: str) -> Person:
    """The person who signs in with this address. Raises `NotFound`."""
    row = await Account.select(Account.id, Account.name).where(Account.email == email).first()
    if row is None:
        raise NotFound
    return Person(**row)


async def names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of accounts, in one query."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    rows = await Account.select(Account.id, Account.name).where(Account.id.is_in(wanted))
    return {row["id"]: row["name"] for row in rows}


async def reachable(account: UUID) -> Reachable:
    """How somebody who told the city something can be reached. Raises `NotFound`."""
    row = await Account.select(Account.name, Account.email, Account.phone).where(Account.id == account).first()
    if row is None:
        raise NotFound
    return Reachable(**row)


async def holding(role: Role, codes: Collection[str] | None = None) -> set[UUID]:
    """Accounts in use that have a role today: anywhere, or so that it reaches one of these OPDs or units."""
    if codes is not None and not codes:
        return set()
    query = RoleGrant.select(RoleGrant.account).where(RoleGrant.role == role, RoleGrant.account.disabled_at.is_null(), counts_today())
    if codes is not None:
        query = query.where(RoleGrant.agency.is_in(sorted(await agencies.with_those_above(codes))))
    return set(await query.output(as_list=True))


async def holding_themselves(role: Role) -> set[UUID]:
    """Accounts in use that have a role today, not on behalf of somebody else."""
    return set(await RoleGrant.select(RoleGrant.account).where(_themselves(role)).output(as_list=True))


async def standing_grants(role: Role) -> set[UUID]:
    """The grants of a role that count today, in accounts in use, without those of delegates."""
    return set(await RoleGrant.select(RoleGrant.id).where(_themselves(role)).output(as_list=True))


async def in_use(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these accounts that are not disabled."""
    wanted = list(set(ids))
    if not wanted:
        return set()
    return set(await Account.select(Account.id).where(Account.id.is_in(wanted), Account.disabled_at.is_null()).output(as_list=True))


async def has_demo() -> bool:
    """Are there accounts to try the app with?"""
    return bool(await Account.exists().where(Account.demo.eq(True)))


def counts_today() -> Combinable:
    """The grants that count now. A delegate's only as long as the person acted for has the role, in an account in use."""
    own = RoleGrant.select(RoleGrant.account).where(_themselves(Role.SECRETARY))
    return And(_valid_today(), RoleGrant.acts_for.is_null() | RoleGrant.acts_for.is_in(own))


def _themselves(role: Role) -> Combinable:
    in_use = And(RoleGrant.account.disabled_at.is_null(), RoleGrant.acts_for.is_null())
    return And(RoleGrant.role == role, And(in_use, _valid_today()))


def _valid_today() -> Combinable:
    """By its days, not ended, and by two where two are needed; what was opened at the console needs nobody else."""
    today = clock.day_of(clock.now())
    begun_not_over = And(RoleGrant.valid_from <= today, RoleGrant.valid_until.is_null() | (RoleGrant.valid_until >= today))
    standing = And(RoleGrant.ended_at.is_null(), RoleGrant.refused_at.is_null())
    by_one = And(RoleGrant.role.not_in([str(role) for role in sorted(BY_TWO)]), RoleGrant.acts_for.is_null())
    agreed = Or(by_one, Or(RoleGrant.confirmed_by.is_not_null(), RoleGrant.proposed_by.is_null()))
    return And(And(begun_not_over, standing), agreed)


async def _reached(role: Role, codes: set[str]) -> frozenset[str]:
    return AT_THE_OFFICE if role in IN_THE_OFFICE else await agencies.with_units(codes)
