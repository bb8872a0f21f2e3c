"""Roles given, proposed, confirmed and refused: by whom, for whom, from when until when."""

from datetime import timedelta

import pytest

from backend import clock
from backend import database as db
from backend.accounts import ending, grants, queries
from backend.accounts.giving import Way, Wish
from backend.accounts.grants import AlreadyDecided, SamePerson
from backend.accounts.tables import RoleGrant
from backend.actors.permissions import Role
from backend.errors import InvalidInput, NotFound
from backend.events.kinds import EventKind
from backend.events.tables import Event
from backend.mail.tables import Mail
from tests.support.city import as_today, person

DAY = timedelta(days=1)


async def staff(role, agency=None):
    """Somebody whose grant was opened at the console, as a session knows them."""
    return await as_today((await person(role, agency)).account)


async def newcomer():
    return (await person(Role.CITIZEN)).account


def wish(role, agency=None, *, start=0, days=None, head=False, acts_for=None, reason="SK 12 tahun 2026"):
    begins = clock.day_of(clock.now()) + start * DAY
    until = None if days is None else begins + days * DAY
    return Wish(role=role, agency=agency, head=head, valid_from=begins, valid_until=until, acts_for=acts_for, reason=reason)


async def proposed():
    """A manager's proposal that somebody be a moderator."""
    manager, somebody = await staff(Role.MANAGER), await newcomer()
    assert await grants.give(manager, somebody, wish(Role.MODERATOR)) == Way.PROPOSED
    [grant] = await RoleGrant.select(RoleGrant.id).where(RoleGrant.account == somebody).output(as_list=True)
    return manager, somebody, grant


async def roles(account):
    return set((await queries.standing(account)).roles)


async def test_an_admin_gives_an_officer_of_a_unit_at_once_and_it_is_written_down(planted):
    admin, somebody = await staff(Role.AGENCY_ADMIN, "DINKES"), await newcomer()
    assert await grants.give(admin, somebody, wish(Role.OFFICER, "PKM-ARJUNO")) == Way.AT_ONCE
    assert await queries.roles_of(somebody) == {Role.OFFICER: {"PKM-ARJUNO"}}
    [row] = await RoleGrant.select().where(RoleGrant.account == somebody)
    assert (row["proposed_by"], row["reason"]) == (admin.account, "SK 12 tahun 2026")
    [event] = await Event.select()
    assert (event["kind"], event["subject"], event["actor"]) == (EventKind.ROLE_GIVEN, row["id"], admin.account)
    assert "Petugas lapangan (Puskesmas Arjuno)" in (await Mail.select(Mail.text).output(as_list=True))[0]


async def test_an_admin_gives_nothing_in_another_opd(planted):
    admin = await staff(Role.AGENCY_ADMIN, "DINKES")
    with pytest.raises(NotFound):
        await grants.give(admin, await newcomer(), wish(Role.OFFICER, "DLH"))
    clerk = await staff(Role.AGENCY_ADMIN, "PKM-ARJUNO")
    with pytest.raises(NotFound):
        await grants.give(clerk, await newcomer(), wish(Role.OFFICER, "DINKES"))
    assert not await Event.exists()


async def test_a_role_by_two_counts_only_once_the_second_has_agreed(planted):
    secretary = await staff(Role.SECRETARY)
    _, somebody, grant = await proposed()
    assert await roles(somebody) == {Role.CITIZEN}
    assert len(await Mail.select()) == 1, "the secretary is told of the proposal"
    await grants.confirm(secretary, grant)
    assert await queries.roles_of(somebody) == {Role.MODERATOR: {"DISKOMINFO"}}
    assert await Event.select(Event.kind).order_by(Event.at, Event.id).output(as_list=True) == [
        EventKind.ROLE_PROPOSED,
        EventKind.ROLE_CONFIRMED,
    ]


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.OFFICER, Role.AGENCY_ADMIN, Role.MODERATOR, Role.MANAGER, Role.MAYOR])
async def test_nobody_but_the_secretary_confirms_or_refuses(planted, role):
    _, somebody, grant = await proposed()
    other = await staff(role, "DLH" if role in {Role.OFFICER, Role.AGENCY_ADMIN} else None)
    for deciding in (grants.confirm(other, grant), grants.refuse(other, grant, "Belum perlu.")):
        with pytest.raises(NotFound):
            await deciding
    assert await roles(somebody) == {Role.CITIZEN}


async def test_the_proposer_never_confirms_even_as_secretary(planted):
    manager, somebody, grant = await proposed()
    today = clock.day_of(clock.now())
    await RoleGrant.insert(RoleGrant(id=db.new_id(), account=manager.account, role=Role.SECRETARY, valid_from=today))
    with pytest.raises(SamePerson):
        await grants.confirm(await as_today(manager.account), grant)
    assert await roles(somebody) == {Role.CITIZEN}


async def test_nobody_confirms_their_own_role(planted):
    manager, secretary = await staff(Role.MANAGER), await staff(Role.SECRETARY)
    await grants.give(manager, secretary.account, wish(Role.MODERATOR))
    [grant] = await RoleGrant.select(RoleGrant.id).where(RoleGrant.role == Role.MODERATOR).output(as_list=True)
    with pytest.raises(SamePerson):
        await grants.confirm(secretary, grant)


@pytest.mark.parametrize(("role", "agency"), [(Role.MODERATOR, None), (Role.AGENCY_ADMIN, "DLH"), (Role.OFFICER, "DLH")])
async def test_a_manager_gives_himself_nothing(planted, role, agency):
    manager = await staff(Role.MANAGER)
    with pytest.raises(SamePerson):
        await grants.give(manager, manager.account, wish(role, agency))


async def test_what_was_decided_stays_decided(planted):
    secretary = await staff(Role.SECRETARY)
    _, somebody, grant = await proposed()
    await grants.refuse(secretary, grant, "Belum perlu moderator baru.")
    for deciding in (grants.confirm(secretary, grant), grants.refuse(secretary, grant, "Tetap tidak.")):
        with pytest.raises(AlreadyDecided):
            await deciding
    assert await roles(somebody) == {Role.CITIZEN}
    [row] = await RoleGrant.select().where(RoleGrant.id == grant)
    assert (row["ended_by"], row["ended_reason"]) == (secretary.account, "Belum perlu moderator baru.")


async def test_a_refusal_and_a_gift_want_a_reason(planted):
    secretary = await staff(Role.SECRETARY)
    manager, somebody, grant = await proposed()
    with pytest.raises(InvalidInput):
        await grants.refuse(secretary, grant, "  ")
    with pytest.raises(InvalidInput):
        await grants.give(manager, somebody, wish(Role.OFFICER, "DLH", reason=" "))


async def test_a_role_confirmed_late_begins_on_that_day(planted, at):
    at("2026-11-24 09:00")
    secretary = await staff(Role.SECRETARY)
    _, _, grant = await proposed()
    at("2026-11-30 09:00")
    await grants.confirm(secretary, grant)
    [row] = await RoleGrant.select(RoleGrant.valid_from).where(RoleGrant.id == grant)
    assert str(row["valid_from"]) == "2026-11-30"


async def test_a_proposal_whose_days_are_over_cannot_be_confirmed(planted, at):
    at("2026-11-24 09:00")
    manager, secretary, somebody = await staff(Role.MANAGER), await staff(Role.SECRETARY), await newcomer()
    await grants.give(manager, somebody, wish(Role.MODERATOR, days=2))
    [grant] = await RoleGrant.select(RoleGrant.id).where(RoleGrant.account == somebody).output(as_list=True)
    at("2026-11-27 00:01")
    with pytest.raises(AlreadyDecided):
        await grants.confirm(secretary, grant)


@pytest.mark.parametrize(
    ("now", "counts"),
    [("2026-11-30 23:59", False), ("2026-12-01 00:00", True), ("2026-12-31 23:59", True), ("2027-01-01 00:00", False)],
)
async def test_a_role_counts_from_its_first_day_to_its_last_in_malang(planted, at, now, counts):
    at("2026-11-24 09:00")
    manager, somebody = await staff(Role.MANAGER), await newcomer()
    await grants.give(manager, somebody, wish(Role.AGENCY_ADMIN, "DLH", start=7, days=30))
    at(now)
    assert (await roles(somebody) == {Role.AGENCY_ADMIN}) is counts


@pytest.mark.parametrize(("start", "days", "refused"), [(0, None, True), (10, 5, True), (20, 5, True), (21, 5, False)])
async def test_the_same_role_is_not_given_twice_for_the_same_days(planted, start, days, refused):
    manager, somebody = await staff(Role.MANAGER), await newcomer()
    await grants.give(manager, somebody, wish(Role.OFFICER, "DLH", days=20))
    again = wish(Role.OFFICER, "DLH", start=start, days=days)
    if refused:
        with pytest.raises(InvalidInput):
            await grants.give(manager, somebody, again)
    else:
        await grants.give(manager, somebody, again)
    await grants.give(manager, somebody, wish(Role.OFFICER, "DISHUB", days=20))


@pytest.mark.parametrize(("agency", "start"), [("TIDAK-ADA", 0), ("", 0)])
async def test_an_opd_nobody_knows_is_refused_by_name(planted, agency, start):
    with pytest.raises(InvalidInput) as refused:
        await grants.give(await staff(Role.MANAGER), await newcomer(), wish(Role.OFFICER, agency, start=start))
    assert set(refused.value.fields) == {"agency"}


async def test_nobody_who_is_closed_or_unknown_gets_a_role(planted):
    manager, somebody = await staff(Role.MANAGER), await staff(Role.OFFICER, "DLH")
    await ending.close(manager, somebody.account, "Pindah ke kota lain.")
    for account in (somebody.account, db.new_id()):
        with pytest.raises(NotFound):
            await grants.give(manager, account, wish(Role.OFFICER, "DLH"))


async def test_a_substitute_names_another_for_no_longer_than_his_own_days(planted):
    manager, somebody = await staff(Role.MANAGER), await newcomer()
    await grants.give(manager, somebody, wish(Role.AGENCY_ADMIN, "DLH", days=10))
    substitute = await as_today(somebody)
    with pytest.raises(InvalidInput) as refused:
        await grants.give(substitute, await newcomer(), wish(Role.AGENCY_ADMIN, "DLH", days=11))
    assert set(refused.value.fields) == {"valid_until"}
    assert await grants.give(substitute, await newcomer(), wish(Role.AGENCY_ADMIN, "DLH", days=10)) == Way.AT_ONCE
