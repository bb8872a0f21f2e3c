"""Giving roles, confirming and refusing what was proposed. Who gave what, when and why stays in the row."""

from datetime import date
from typing import Any
from uuid import UUID

from piccolo.columns.combination import And

from backend import clock, database
from backend.accounts import giving, queries, role_letters
from backend.accounts.giving import Way, Wish
from backend.accounts.tables import Account, RoleGrant
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach, Role
from backend.agencies import queries as agencies
from backend.errors import DomainError, InvalidInput, NotFound
from backend.events.kinds import EventKind
from backend.events.log import record
from backend.words import N_


class SamePerson(DomainError):
    """What needs two persons is never done by one (guard Gp), and nobody gives a role to himself."""

    code = "same_person"
    sentence = N_("Ini perlu orang lain: yang mengusulkan, yang menyetujui, dan yang menerima peran tidak boleh sama.")


class AlreadyDecided(DomainError):
    """Confirmed, refused or ended meanwhile."""

    code = "already_decided"
    http_status = 409
    sentence = N_("Peran ini sudah diputuskan atau sudah berakhir. Muat ulang halaman untuk melihat keadaannya.")


async def give(by: Actor | None, account: UUID, wish: Wish) -> Way:
    """Give a role, or propose it where two are needed; `by` none: at the console, all at once. Raises what `check` raises."""
    async with database.transaction():
        way = await check(by, wish)
        person = await _held(account)
        if by is not None and by.account == account:
            raise SamePerson
        await _refuse_twice(account, wish)
        giver = by.account if by else None
        grant = RoleGrant(
            **_columns(wish), id=database.new_id(), account=account, proposed_by=giver, proposed_at=clock.now() if giver else None
        )
        await RoleGrant.insert(grant)
        await log(EventKind.ROLE_PROPOSED if way == Way.PROPOSED else EventKind.ROLE_GIVEN, grant, giver)
        if way == Way.PROPOSED:
            await role_letters.tell_proposed(grant, person, await accounts_of(await queries.holding(Role.SECRETARY) - {account}))
        elif by is not None and person.password_hash:  # who cannot sign in yet hears of it by the invitation
            await role_letters.tell_given(grant, person)
    return way


async def check(by: Actor | None, wish: Wish) -> Way:
    """How `by` may give this role to somebody else. Raises `InvalidInput` by field, `NotFound` for a role that is not theirs to give."""
    giving.fits(wish)
    if by is not None:
        reasoned(wish.reason)
    today = clock.day_of(clock.now())
    way = giving.way(by, wish, today) if by else Way.AT_ONCE
    if wish.agency is not None and wish.agency not in {agency.code for agency in await agencies.agencies_on(max(today, wish.valid_from))}:
        raise InvalidInput({"agency": N_("Pilih dinas dari daftar.")})
    if wish.acts_for is not None and wish.acts_for not in await queries.holding_themselves(Role.SECRETARY):
        raise InvalidInput({"acts_for": N_("Wakil hanya untuk orang yang sekarang Sekretaris Daerah.")})
    if by is not None and by.reach(Permission.GRANT_IN_AGENCY) != Reach.CITY and giving.is_substitute(wish):
        await _refuse_longer_than_own(by, wish)
    return way


async def confirm(by: Actor, grant_id: UUID) -> None:
    """The second person agrees: the role counts from today, or from its later day. Never the proposer's or the receiver's to do."""
    async with database.transaction():
        grant = await _proposal(by, grant_id)
        today = clock.day_of(clock.now())
        if grant.valid_until is not None and grant.valid_until < today:
            raise AlreadyDecided
        if grant.acts_for is not None and grant.acts_for not in await queries.holding_themselves(Role.SECRETARY):
            raise InvalidInput({"acts_for": N_("Wakil hanya untuk orang yang sekarang Sekretaris Daerah.")})
        person = await _held(UUID(str(grant.account)))
        grant.valid_from = max(grant.valid_from, today)
        await RoleGrant.update(
            {RoleGrant.confirmed_by: by.account, RoleGrant.confirmed_at: clock.now(), RoleGrant.valid_from: grant.valid_from}
        ).where(RoleGrant.id == grant_id)
        await log(EventKind.ROLE_CONFIRMED, grant, by.account)
        await role_letters.tell_given(grant, person)


async def refuse(by: Actor, grant_id: UUID, reason: str) -> None:
    """The second person does not agree, and says why."""
    why = reasoned(reason)
    async with database.transaction():
        grant = await _proposal(by, grant_id)
        await RoleGrant.update({RoleGrant.refused_at: clock.now(), RoleGrant.ended_by: by.account, RoleGrant.ended_reason: why}).where(
            RoleGrant.id == grant_id
        )
        await log(EventKind.ROLE_REFUSED, grant, by.account)
        people = {person.id: person for person in await accounts_of({grant.account, grant.proposed_by})}
        await role_letters.tell_refused(grant, people[grant.account], people[grant.proposed_by], why)


def wish_of(grant: RoleGrant) -> Wish:
    """What was given, as the rules read it."""
    return Wish(
        role=Role(grant.role),
        agency=grant.agency,
        head=grant.head,
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
        acts_for=grant.acts_for,
    )


def reasoned(reason: str) -> str:
    """A reason is what the next person understands it by. Raises `InvalidInput` where there is none."""
    if not reason.strip():
        raise InvalidInput({"reason": N_("Tuliskan alasannya; orang lain membacanya nanti.")})
    return reason.strip()


async def _proposal(by: Actor, grant_id: UUID) -> RoleGrant:
    """A proposal this person may decide on, held."""
    if by.reach(Permission.CONFIRM_GRANT) != Reach.CITY:
        raise NotFound
    grant = await database.locked(RoleGrant.objects().where(RoleGrant.id == grant_id)).first()
    if grant is None or grant.proposed_by is None or not giving.needs_two(wish_of(grant)):
        raise NotFound
    if grant.confirmed_by is not None or grant.refused_at is not None or grant.ended_at is not None:
        raise AlreadyDecided
    if by.account in {grant.proposed_by, grant.account}:
        raise SamePerson
    return grant


async def _held(account: UUID) -> Account:
    """The account in use, held: two who give it the same role at once wait for each other."""
    person = await database.locked(Account.objects().where(Account.id == account, Account.disabled_at.is_null())).first()
    if person is None:
        raise NotFound
    return person


async def _refuse_twice(account: UUID, wish: Wish) -> None:
    """The same role at the same OPD is not given twice for the same days."""
    same = And(
        RoleGrant.account == account, And(RoleGrant.role == wish.role, RoleGrant.ended_at.is_null() & RoleGrant.refused_at.is_null())
    )
    rows = await RoleGrant.select(RoleGrant.agency, RoleGrant.head, RoleGrant.acts_for, RoleGrant.valid_from, RoleGrant.valid_until).where(
        same
    )
    for row in rows:
        if (row["agency"], row["head"], row["acts_for"]) == (wish.agency, wish.head, wish.acts_for) and _overlap(row, wish):
            raise InvalidInput({"role": N_("Orang ini sudah memegang atau sudah diusulkan untuk peran ini pada tanggal itu.")})


async def _refuse_longer_than_own(by: Actor, wish: Wish) -> None:
    """A substitute may name another, but for no longer than his own days: else two could keep each other in office for ever."""
    mine = RoleGrant.select(RoleGrant.agency, RoleGrant.valid_until).where(
        RoleGrant.account == by.account, RoleGrant.role == Role.AGENCY_ADMIN, queries.counts_today()
    )
    above = await agencies.with_those_above({wish.agency or ""})
    ends = [row["valid_until"] for row in await mine if row["agency"] in above]
    longest = None if None in ends else max(ends, default=date.min)
    if longest is not None and (wish.valid_until is None or wish.valid_until > longest):
        raise InvalidInput({"valid_until": N_("Pengganti bertugas paling lama sampai tugas Anda sendiri berakhir.")})


def _overlap(row: dict[str, Any], wish: Wish) -> bool:
    begins_before_end = row["valid_until"] is None or wish.valid_from <= row["valid_until"]
    return begins_before_end and (wish.valid_until is None or row["valid_from"] <= wish.valid_until)


def _columns(wish: Wish) -> dict[str, Any]:
    return {**{name: getattr(wish, name) for name in wish.__struct_fields__}, "reason": wish.reason.strip()}


async def accounts_of(ids: set[UUID]) -> list[Account]:
    return await Account.objects().where(Account.id.is_in(list(ids))) if ids else []


async def log(kind: EventKind, grant: RoleGrant, by: UUID | None) -> None:
    data = {"role": str(grant.role), "agency": grant.agency, "until": str(grant.valid_until) if grant.valid_until else None}
    await record(kind, subject=grant.id, actor=by, data=data)
