"""Whom news can reach: who looks after an OPD, who works for one, who reads mail."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

import msgspec
from piccolo.columns.combination import And

from backend.accounts import queries
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import Role
from backend.agencies import queries as agencies


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Who reads what comes for OPDs: their admins, and their heads."""

    admins: frozenset[UUID]
    heads: frozenset[UUID]


async def desks_of(codes: Collection[str]) -> Desk:
    """The admins and heads of these OPDs and units today; where a unit has none, those of what it works under.

    A head is told as an admin only where there is no other.
    """
    if not codes:
        return Desk(admins=frozenset(), heads=frozenset())
    above = await agencies.parents()
    rows = await RoleGrant.select(RoleGrant.account, RoleGrant.agency, RoleGrant.head).where(
        RoleGrant.role == Role.AGENCY_ADMIN,
        RoleGrant.account.disabled_at.is_null(),
        RoleGrant.agency.is_in(sorted({step for code in codes for step in agencies.lineage(code, above)})),
        queries.counts_today(),
    )
    admins, heads = _by_agency(row for row in rows if not row["head"]), _by_agency(row for row in rows if row["head"])
    found = {code: (_nearest(code, above, admins), _nearest(code, above, heads)) for code in codes}
    return Desk(
        admins=frozenset().union(*(of_it or heading for of_it, heading in found.values())),
        heads=frozenset().union(*(heading for _, heading in found.values())),
    )


async def working_for(codes: Collection[str]) -> set[UUID]:
    """Everybody whose role of today, whichever it is, reaches one of these OPDs or units."""
    if not codes:
        return set()
    reaching = sorted(await agencies.with_those_above(codes))
    found = set(
        await RoleGrant.select(RoleGrant.account).where(RoleGrant.agency.is_in(reaching), queries.counts_today()).output(as_list=True)
    )
    if queries.AT_THE_OFFICE.isdisjoint(codes):
        return found
    at_the_office = RoleGrant.role.is_in([str(role) for role in sorted(queries.IN_THE_OFFICE)])
    return found | set(await RoleGrant.select(RoleGrant.account).where(at_the_office, queries.counts_today()).output(as_list=True))


async def holder_of(grant: UUID) -> UUID | None:
    """Whose role this is or was."""
    row = await RoleGrant.select(RoleGrant.account).where(RoleGrant.id == grant).first()
    return row["account"] if row else None


async def addresses(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Where these accounts read mail, of those in use who want news by it."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    in_use = And(Account.id.is_in(wanted), Account.disabled_at.is_null())
    rows = await Account.select(Account.id, Account.email).where(in_use, Account.mail_me.eq(True))
    return {row["id"]: row["email"] for row in rows}


def _by_agency(rows: Iterable[Mapping[str, object]]) -> dict[str, frozenset[UUID]]:
    found: dict[str, set[UUID]] = {}
    for row in rows:
        found.setdefault(str(row["agency"]), set()).add(UUID(str(row["account"])))
    return {code: frozenset(accounts) for code, accounts in found.items()}


def _nearest(code: str, above: Mapping[str, str | None], held: Mapping[str, frozenset[UUID]]) -> frozenset[UUID]:
    """Those of the OPD or unit itself, else of the nearest above it."""
    return next((held[step] for step in agencies.lineage(code, above) if step in held), frozenset())
