"""Roles taken back and accounts closed: at once, with a reason, and never so that nobody is left."""

import asyncio
from datetime import timedelta

import pytest

from backend import clock
from backend import database as db
from backend.accounts import ending, queries
from backend.accounts.ending import LastOne, WorksElsewhere
from backend.accounts.grants import AlreadyDecided, SamePerson
from backend.accounts.tables import Account, RoleGrant, Session
from backend.actors.permissions import Role
from backend.errors import InvalidInput, NotFound
from backend.events.kinds import EventKind
from backend.events.tables import Event
from backend.mail.tables import Mail
from tests.support.city import as_today, person

WHY = "Pindah tugas."


async def staff(role, agency=None):
    return await as_today((await person(role, agency)).account)


async def grant_of(account):
    [grant] = await RoleGrant.select(RoleGrant.id).where(RoleGrant.account == account).output(as_list=True)
    return grant


async def delegate_of(secretary):
    somebody = (await person(Role.CITIZEN)).account
    today = clock.day_of(clock.now())
    row = RoleGrant(
        id=db.new_id(),
        account=somebody,
        role=Role.SECRETARY,
        valid_from=today,
        valid_until=today + timedelta(days=30),
        acts_for=secretary.account,
    )
    await RoleGrant.insert(row)
    return somebody


async def roles(account):
    return set((await queries.standing(account)).roles)


async def test_a_role_taken_back_is_gone_at_the_next_request(planted, door):
    admin, officer = await staff(Role.AGENCY_ADMIN, "DLH"), await staff(Role.OFFICER, "DLH")
    desk = await door(officer)
    assert (await desk.get("/work")).status_code == 200
    await ending.end(admin, await grant_of(officer.account), WHY)
    assert (await desk.get("/work")).status_code == 404
    [row] = await RoleGrant.select().where(RoleGrant.account == officer.account)
    assert (row["ended_by"], row["ended_reason"]) == (admin.account, WHY)
    assert await Event.select(Event.kind).output(as_list=True) == [EventKind.ROLE_ENDED]
    assert WHY in (await Mail.select(Mail.text).output(as_list=True))[0]


async def test_who_ends_a_role_gives_a_reason_and_does_it_once(planted):
    manager, officer = await staff(Role.MANAGER), await staff(Role.OFFICER, "DLH")
    grant = await grant_of(officer.account)
    with pytest.raises(InvalidInput):
        await ending.end(manager, grant, " ")
    await ending.end(manager, grant, WHY)
    with pytest.raises(AlreadyDecided):
        await ending.end(manager, grant, WHY)


@pytest.mark.parametrize(("role", "agency"), [(Role.OFFICER, "DLH"), (Role.AGENCY_ADMIN, "DINKES"), (Role.MODERATOR, None)])
async def test_an_admin_ends_neither_others_people_nor_a_lasting_colleague(planted, role, agency):
    admin, other = await staff(Role.AGENCY_ADMIN, "DINKES"), await staff(role, agency)
    with pytest.raises(NotFound):
        await ending.end(admin, await grant_of(other.account), WHY)
    with pytest.raises(NotFound):
        await ending.end(admin, db.new_id(), WHY)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SECRETARY])
async def test_the_last_manager_and_the_last_secretary_stay(planted, role):
    by = await staff(Role.MANAGER)
    last = by if role == Role.MANAGER else await staff(role)
    with pytest.raises(LastOne):
        await ending.end(by, await grant_of(last.account), WHY)
    second = await staff(role)
    await ending.end(by, await grant_of(last.account), WHY)
    assert await queries.holding_themselves(role) == {second.account}


async def test_a_delegate_is_no_secretary_who_could_be_the_last(planted):
    manager, secretary = await staff(Role.MANAGER), await staff(Role.SECRETARY)
    await delegate_of(secretary)
    with pytest.raises(LastOne):
        await ending.end(manager, await grant_of(secretary.account), WHY)


async def test_two_managers_who_end_each_other_at_the_same_moment_leave_one(planted):
    one, other = await staff(Role.MANAGER), await staff(Role.MANAGER)
    mine, theirs = await grant_of(one.account), await grant_of(other.account)
    ended = await asyncio.gather(ending.end(one, theirs, WHY), ending.end(other, mine, WHY), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in ended) == ["LastOne", "NoneType"]
    assert len(await queries.holding_themselves(Role.MANAGER)) == 1


async def test_with_the_secretary_the_delegates_go_and_do_not_come_back(planted):
    manager, secretary = await staff(Role.MANAGER), await staff(Role.SECRETARY)
    await staff(Role.SECRETARY)
    delegate = await delegate_of(secretary)
    assert await roles(delegate) == {Role.SECRETARY}
    await ending.end(manager, await grant_of(secretary.account), WHY)
    assert await roles(delegate) == {Role.CITIZEN}
    today = clock.day_of(clock.now())
    await RoleGrant.insert(RoleGrant(id=db.new_id(), account=secretary.account, role=Role.SECRETARY, valid_from=today))
    assert await roles(delegate) == {Role.CITIZEN}
    assert await Mail.count() == 2


async def test_a_closed_account_is_out_everywhere_with_all_its_roles(planted, door):
    admin, officer = await staff(Role.AGENCY_ADMIN, "DLH"), await staff(Role.OFFICER, "DLH")
    desk = await door(officer)
    await ending.close(admin, officer.account, WHY)
    assert (await desk.get("/work")).status_code == 401
    assert not await Session.exists().where(Session.account == officer.account)
    assert (await Account.objects().get(Account.id == officer.account)).disabled_at is not None
    assert not await RoleGrant.exists().where(RoleGrant.account == officer.account, RoleGrant.ended_at.is_null())
    assert set(await Event.select(Event.kind).output(as_list=True)) == {EventKind.ROLE_ENDED, EventKind.ACCOUNT_DISABLED}


async def test_an_account_with_a_role_elsewhere_is_not_this_admins_to_close(planted):
    admin, officer = await staff(Role.AGENCY_ADMIN, "DLH"), await staff(Role.OFFICER, "DLH")
    await RoleGrant.insert(
        RoleGrant(id=db.new_id(), account=officer.account, role=Role.OFFICER, agency="DISHUB", valid_from=clock.day_of(clock.now()))
    )
    with pytest.raises(WorksElsewhere):
        await ending.close(admin, officer.account, WHY)
    assert await queries.in_use([officer.account])


@pytest.mark.parametrize("agency", [None, "DISHUB"])
async def test_strangers_are_not_closed_nor_oneself(planted, agency):
    admin = await staff(Role.AGENCY_ADMIN, "DLH")
    stranger = await person(Role.OFFICER, agency) if agency else await person(Role.CITIZEN)
    with pytest.raises(NotFound):
        await ending.close(admin, stranger.account, WHY)
    with pytest.raises(SamePerson):
        await ending.close(admin, admin.account, WHY)


async def test_the_last_secretarys_account_stays_open(planted):
    manager, secretary = await staff(Role.MANAGER), await staff(Role.SECRETARY)
    with pytest.raises(LastOne):
        await ending.close(manager, secretary.account, WHY)
    assert await roles(secretary.account) == {Role.SECRETARY}
