"""A role of somebody as those who manage people see it: how it stands, who gave it, who agreed, who ended it and why."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from backend import clock
from backend.accounts import giving, queries, titles
from backend.accounts.grants import wish_of
from backend.accounts.tables import RoleGrant
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach, Role
from backend.agencies import queries as agencies


class State(StrEnum):
    """How a role stands today; in the order in which they are shown."""

    CURRENT = "current"
    PROPOSED = "proposed"
    COMING = "coming"
    OVER = "over"
    REFUSED = "refused"


LIVING = frozenset({State.CURRENT, State.PROPOSED, State.COMING})


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A role of a person: what, where, when, and who decided so. Names are empty where it was the console or nobody yet."""

    id: UUID
    account: UUID
    title: str
    agency: str
    period: str
    state: State
    acts_for: str
    reason: str
    given_by: str
    given_at: datetime | None
    confirmed_by: str
    confirmed_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    ended_reason: str
    may_end: bool
    may_decide: bool


async def shown(actor: Actor, rows: list[RoleGrant]) -> list[Grant]:
    """Roles as `actor` sees them, in the order of the rows."""
    today = clock.day_of(clock.now())
    counting = await _counting([row.id for row in rows])
    people = await queries.names(
        {each for row in rows for each in (row.acts_for, row.proposed_by, row.confirmed_by, row.ended_by) if each is not None}
    )
    offices = {code: name.partition(" – ")[0] for code, name in (await agencies.agency_names()).items()}
    return [_grant(actor, row, _state(row, counting, today), people, offices) for row in rows]


async def _counting(ids: Collection[UUID]) -> set[UUID]:
    if not ids:
        return set()
    return set(await RoleGrant.select(RoleGrant.id).where(RoleGrant.id.is_in(list(ids)), queries.counts_today()).output(as_list=True))


def _state(row: RoleGrant, counting: set[UUID], today: date) -> State:
    over = row.ended_at is not None or (row.valid_until is not None and row.valid_until < today)
    if row.id in counting:
        return State.CURRENT
    if row.refused_at is not None:
        return State.REFUSED
    if over:
        return State.OVER
    if giving.needs_two(wish_of(row)) and row.confirmed_by is None and row.proposed_by is not None:
        return State.PROPOSED
    return State.COMING if row.valid_from > today else State.OVER


def _grant(actor: Actor, row: RoleGrant, state: State, people: dict[UUID, str], offices: dict[str, str]) -> Grant:
    def name(account: Any) -> str:  # noqa: ANN401  (a key, which Piccolo types as its column)
        return people.get(account, "")

    decides = actor.reach(Permission.CONFIRM_GRANT) == Reach.CITY and actor.account not in {row.proposed_by, row.account}
    return Grant(
        id=row.id,
        account=UUID(str(row.account)),
        title=titles.title(Role(row.role), head=row.head, delegate=row.acts_for is not None),
        agency=offices.get(str(row.agency), "") if row.agency else "",
        period=titles.period(row.valid_from, row.valid_until),
        state=state,
        acts_for=name(row.acts_for),
        reason=row.reason,
        given_by=name(row.proposed_by),
        given_at=row.proposed_at,
        confirmed_by=name(row.confirmed_by),
        confirmed_at=row.confirmed_at,
        ended_by=name(row.ended_by),
        ended_at=row.ended_at or row.refused_at,
        ended_reason=row.ended_reason,
        may_end=state in LIVING and giving.may_end(actor, wish_of(row)),
        may_decide=state == State.PROPOSED and decides,
    )
