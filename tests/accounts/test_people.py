"""Who sees whom, what waits for a second person, and which OPD has too few admins."""

from datetime import timedelta

import pytest

from backend import clock
from backend import database as db
from backend.accounts import ending, grants, people
from backend.accounts.giving import Wish
from backend.accounts.grant_views import State
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import Role
from backend.errors import NotFound
from tests.support.city import as_today, person

WHY = "Pindah tugas."


async def staff(role, agency=None, name="Siti"):
    account = (await person(role, agency)).account
    await Account.update({Account.name: name}).where(Account.id == account)
    return await as_today(account, name)


def today(days=0):
    return clock.day_of(clock.now()) + timedelta(days=days)


def wish(role, agency=None, **columns):
    return Wish(role=role, agency=agency, **{"valid_from": today(), "reason": "SK 7", **columns})


async def names(actor, **asked):
    return [found.name for found in await people.listed(actor, **asked)]


async def test_an_admin_sees_the_people_of_the_opd_and_its_units_only(planted):
    admin = await staff(Role.AGENCY_ADMIN, "DINKES", "Ani")
    await staff(Role.OFFICER, "PKM-ARJUNO", "Budi")
    stranger = await staff(Role.OFFICER, "DLH", "Citra")
    citizen = await staff(Role.CITIZEN, name="Warga")
    assert await names(admin) == ["Ani", "Budi"]
    for other in (stranger, citizen):
        with pytest.raises(NotFound):
            await people.one(admin, other.account)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SECRETARY])
async def test_the_manager_and_the_secretary_see_all_who_work_for_the_city(planted, role):
    actor = await staff(role, name="Ani")
    await staff(Role.OFFICER, "DLH", "Budi")
    await staff(Role.CITIZEN, name="Warga")
    assert await names(actor) == ["Ani", "Budi"]


@pytest.mark.parametrize(("role", "agency"), [(Role.CITIZEN, None), (Role.OFFICER, "DLH"), (Role.MODERATOR, None), (Role.MAYOR, None)])
async def test_for_all_others_there_is_no_list(planted, role, agency):
    actor = await staff(role, agency)
    with pytest.raises(NotFound):
        await people.listed(actor)
    with pytest.raises(NotFound):
        await people.one(actor, actor.account)
    assert await people.proposals(actor) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("budi", ["Budi Wijaya"]),
        ("WIJAYA", ["Budi Wijaya"]),
        ("dlh", ["Budi Wijaya"]),
        ("lingkungan hidup", ["Budi Wijaya"]),
        ("100%", ["Ani 100%"]),
        ("_", []),
        ("contoh.test", ["Ani 100%", "Budi Wijaya", "Citra"]),
        ("tidak ada", []),
    ],
)
async def test_people_are_found_by_name_address_and_opd(planted, text, found):
    manager = await staff(Role.MANAGER, name="Citra")
    await staff(Role.OFFICER, "DLH", "Budi Wijaya")
    await staff(Role.OFFICER, "DINKES", "Ani 100%")
    assert await names(manager, text=text) == found


async def test_a_long_list_goes_on_after_its_last(planted, monkeypatch):
    monkeypatch.setattr(people, "PAGE", 2)
    manager = await staff(Role.MANAGER, name="Ani")
    for name in ("Budi", "Budi", "Citra"):
        await staff(Role.OFFICER, "DLH", name)
    seen, after = [], None
    while page := await people.listed(manager, after=after):
        seen += [found.name for found in page]
        after = page[-1].id
    assert seen == ["Ani", "Budi", "Budi", "Citra"]


async def test_whose_work_is_over_is_listed_when_asked_for(planted):
    manager = await staff(Role.MANAGER, name="Ani")
    officer = await staff(Role.OFFICER, "DLH", "Budi")
    await ending.close(manager, officer.account, WHY)
    assert await names(manager) == ["Ani"]
    assert await names(manager, past=True) == ["Ani", "Budi"]
    view = await people.one(manager, officer.account)
    [grant] = view.grants
    assert (grant.state, grant.ended_by, grant.ended_reason, grant.may_end) == (State.OVER, "Ani", WHY, False)
    assert view.closed_at is not None
    assert not view.may_close


async def test_each_role_says_how_it_stands_and_who_decided_so(planted):
    manager, secretary = await staff(Role.MANAGER, name="Manajer"), await staff(Role.SECRETARY, name="Sekda")
    somebody = (await person(Role.CITIZEN)).account
    await grants.give(manager, somebody, wish(Role.OFFICER, "DLH"))
    await grants.give(manager, somebody, wish(Role.OFFICER, "DINKES", valid_from=today(3), valid_until=today(9)))
    await grants.give(manager, somebody, wish(Role.MODERATOR))
    [proposal] = await people.proposals(secretary)
    assert (proposal.grant.title, proposal.grant.may_decide, proposal.grant.given_by) == ("Moderator", True, "Manajer")
    assert [each.grant.may_decide for each in await people.proposals(manager)] == [False]
    view = await people.one(manager, somebody)
    assert [grant.state for grant in view.grants] == [State.CURRENT, State.PROPOSED, State.COMING]
    await grants.confirm(secretary, proposal.grant.id)
    confirmed = next(grant for grant in (await people.one(manager, somebody)).grants if grant.title == "Moderator")
    assert (confirmed.state, confirmed.confirmed_by) == (State.CURRENT, "Sekda")
    assert await people.proposals(secretary) == []


async def test_a_delegate_whose_secretary_is_gone_is_over(planted):
    manager, secretary = await staff(Role.MANAGER), await staff(Role.SECRETARY, name="Ibu Sekda")
    delegate = (await person(Role.CITIZEN)).account
    columns = {"role": Role.SECRETARY, "valid_from": today(), "valid_until": today(30), "acts_for": secretary.account}
    await RoleGrant.insert(RoleGrant(id=db.new_id(), account=delegate, **columns))
    [grant] = (await people.one(manager, delegate)).grants
    assert (grant.state, grant.title, grant.acts_for) == (State.CURRENT, "Wakil Sekretaris Daerah", "Ibu Sekda")
    await Account.update({Account.disabled_at: clock.now()}).where(Account.id == secretary.account)
    [grant] = (await people.one(manager, delegate)).grants
    assert grant.state == State.OVER


@pytest.mark.parametrize(
    ("admins", "lacking"), [([], True), (["DINKES"], True), (["DINKES", "DINKES"], False), (["DINKES", "PKM-ARJUNO"], True)]
)
async def test_an_opd_needs_two_admins_of_its_own(planted, admins, lacking):
    manager = await staff(Role.MANAGER)
    for agency in admins:
        await staff(Role.AGENCY_ADMIN, agency)
    lacks = {lack.name.partition(" – ")[0]: lack.admins for lack in await people.short_of_admins(manager)}
    assert ("Dinas Kesehatan" in lacks) is lacking
    assert "Puskesmas Arjuno" not in lacks


async def test_an_admin_is_warned_of_his_own_opd_and_a_unit_counts_those_above_it(planted):
    admin = await staff(Role.AGENCY_ADMIN, "DINKES")
    assert [(lack.name.partition(" – ")[0], lack.admins) for lack in await people.short_of_admins(admin)] == [("Dinas Kesehatan", 1)]
    clerk = await staff(Role.AGENCY_ADMIN, "PKM-ARJUNO")
    assert await people.short_of_admins(clerk) == []


async def test_only_places_one_manages_are_offered(planted):
    admin, manager = await staff(Role.AGENCY_ADMIN, "DINKES"), await staff(Role.MANAGER)
    mine = {code for code, _ in await people.places(admin)}
    assert {"DINKES", "PKM-ARJUNO"} <= mine
    assert "DLH" not in mine
    assert mine < {code for code, _ in await people.places(manager)}
    assert await people.places(await staff(Role.SECRETARY)) == []
