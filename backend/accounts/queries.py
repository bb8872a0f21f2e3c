"""Who somebody is, what they may do today, and whom work can be given to."""

from collections.abc import Collection, Iterable
from uuid import UUID

import msgspec
from piccolo.columns.combination import And

from backend import clock
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import Role
from backend.errors import NotFound


class Person(msgspec.Struct, frozen=True):
    """An account as colleagues see it."""

    id: UUID
    name: str


async def roles_of(account: UUID) -> dict[Role, frozenset[str]]:
    """Today's roles with the OPDs they were given for; somebody without any is a citizen."""
    rows = await RoleGrant.select(RoleGrant.role, RoleGrant.agency).where(RoleGrant.account == account, _valid_today())
    roles: dict[Role, frozenset[str]] = {}
    for row in rows:
        role = Role(row["role"])
        roles[role] = roles.get(role, frozenset()) | ({row["agency"]} if row["agency"] else frozenset())
    return roles or {Role.CITIZEN: frozenset()}


async def officers_of(agency: str) -> list[Person]:
    """The officers an OPD can send today, by name."""
    rows = (
        await RoleGrant.select(RoleGrant.account.as_alias("id"), RoleGrant.account.name.as_alias("name"))
        .where(RoleGrant.agency == agency, RoleGrant.role == Role.OFFICER, RoleGrant.account.disabled_at.is_null(), _valid_today())
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


async def holding(role: Role, agencies: Collection[str] | None = None) -> set[UUID]:
    """Accounts in use that have a role today: anywhere, or in one of these OPDs."""
    if agencies is not None and not agencies:
        return set()
    query = RoleGrant.select(RoleGrant.account).where(RoleGrant.role == role, RoleGrant.account.disabled_at.is_null(), _valid_today())
    if agencies is not None:
        query = query.where(RoleGrant.agency.is_in(list(agencies)))
    return set(await query.output(as_list=True))


async def in_use(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these accounts that are not disabled."""
    wanted = list(set(ids))
    if not wanted:
        return set()
    return set(await Account.select(Account.id).where(Account.id.is_in(wanted), Account.disabled_at.is_null()).output(as_list=True))


async def has_demo() -> bool:
    """Are there accounts to try the app with?"""
    return bool(await Account.exists().where(Account.demo.eq(True)))


def _valid_today() -> And:
    today = clock.day_of(clock.now())
    return And(RoleGrant.valid_from <= today, RoleGrant.valid_until.is_null() | (RoleGrant.valid_until >= today))
