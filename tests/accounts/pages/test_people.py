"""The pages of those who work for the city, through the whole app, as forms without scripts."""

import re
from datetime import timedelta

import pytest

from backend import clock
from backend.accounts import queries
from backend.accounts.tables import Account, Code, RoleGrant, Session
from backend.actors.permissions import Role
from tests.support.city import as_today, person

WHY = "SK 12 tahun 2026"
NEW = {"name": "Budi Wijaya", "email": "budi@contoh.test", "role": "officer", "agency": "DLH", "reason": WHY}


async def staff(role, agency=None):
    return await as_today((await person(role, agency)).account)


def day(days):
    return str(clock.day_of(clock.now()) + timedelta(days=days))


async def invited(email="budi@contoh.test"):
    return await Account.objects().get(Account.email == email)


async def test_an_admin_invites_an_officer_who_works_once_he_has_come_in(planted, door):
    desk = await door(await staff(Role.AGENCY_ADMIN, "DLH"))
    answer = await desk.post("/people/invite", data=NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/people?done=invited")
    budi = await invited()
    assert await queries.roles_of(budi.id) == {Role.OFFICER: {"DLH"}}
    assert await Code.count() == 1
    listed = (await desk.get("/people?done=invited")).text
    assert "Budi Wijaya" in listed
    assert "Undangan belum dibuka" in listed
    assert "Petugas lapangan" in listed
    again = await desk.post(f"/people/{budi.id}/invite-again")
    assert again.headers["location"].endswith("?done=again")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"role": ""}, "Pilih perannya."),
        ({"role": "raja"}, "Pilih perannya."),
        ({"agency": ""}, "bertugas di satu dinas"),
        ({"email": "bukan surel"}, "alamat"),
        ({"name": " "}, "nama"),
        ({"reason": " "}, "Tuliskan alasannya"),
        ({"role": "agency_admin"}, "paling lama 60 hari"),
        ({"valid_until": "besok"}, "valid_until"),
        ({"valid_from": "2020-01-01"}, "sudah lewat"),
    ],
)
async def test_what_does_not_fit_is_told_on_the_page_which_keeps_what_was_typed(planted, door, changed, sentence):
    desk = await door(await staff(Role.AGENCY_ADMIN, "DLH"))
    answer = await desk.post("/people/invite", data=NEW | changed)
    assert answer.status_code == 422
    assert sentence.casefold() in answer.text.casefold()
    if "email" not in changed:
        assert 'value="budi@contoh.test"' in answer.text
    assert await invited() is None


@pytest.mark.parametrize("changed", [{"agency": "DISHUB"}, {"role": "moderator", "agency": ""}, {"role": "delegate", "acts_for": "x"}])
async def test_what_is_not_an_admins_to_give_is_not_there(planted, door, changed):
    desk = await door(await staff(Role.AGENCY_ADMIN, "DLH"))
    answer = await desk.post("/people/invite", data=NEW | changed)
    assert answer.status_code in {404, 422}
    assert await invited() is None


async def test_a_moderator_is_proposed_by_one_and_confirmed_by_another(planted, door):
    manager, secretary = await door(await staff(Role.MANAGER)), await door(await staff(Role.SECRETARY))
    await manager.post("/people/invite", data=NEW | {"role": "moderator", "agency": ""})
    budi = await invited()
    shown = (await secretary.get("/people")).text
    [grant] = re.findall(r'action="/grants/([^/]+)/confirm"', shown)
    assert "Budi Wijaya" in shown
    assert WHY in shown
    assert "/confirm" not in (await manager.get("/people")).text
    assert (await manager.post(f"/grants/{grant}/confirm")).status_code == 404
    answer = await secretary.post(f"/grants/{grant}/confirm")
    assert answer.headers["location"] == "/people?done=confirmed"
    assert set(await queries.roles_of(budi.id)) == {Role.MODERATOR}
    twice = await secretary.post(f"/grants/{grant}/refuse", data={"reason": WHY})
    assert twice.status_code == 409
    assert "sudah diputuskan" in twice.text


async def test_a_delegate_is_given_by_name_with_an_end(planted, door):
    manager, secretary = await door(await staff(Role.MANAGER)), await staff(Role.SECRETARY)
    data = NEW | {"role": "delegate", "agency": "", "acts_for": str(secretary.account)}
    without_end = await manager.post("/people/invite", data=data)
    assert "punya tanggal berakhir" in without_end.text
    assert (await manager.post("/people/invite", data=data | {"valid_until": day(90)})).status_code == 303
    [grant] = await RoleGrant.select(RoleGrant.acts_for, RoleGrant.role).where(RoleGrant.acts_for.is_not_null())
    assert grant == {"acts_for": secretary.account, "role": "secretary"}


async def test_a_role_is_given_and_ended_on_the_page_of_a_person(planted, door):
    officer = await staff(Role.OFFICER, "DLH")
    manager = await door(await staff(Role.MANAGER))
    page = f"/people/{officer.account}"
    given = await manager.post(f"{page}/grant", data={"role": "head", "agency": "DLH", "reason": WHY})
    assert given.headers["location"] == f"{page}?done=given"
    assert (await queries.standing(officer.account)).heads == {"DLH"}
    shown = (await manager.get(page)).text
    assert "Kepala dinas" in shown
    grants = re.findall(r'name="grant" value="([^"]+)"', shown)
    assert len(grants) == 2
    refused = await manager.post(f"{page}/end-grant", data={"grant": grants[0], "reason": ""})
    assert refused.status_code == 422
    for grant in grants:
        assert (await manager.post(f"{page}/end-grant", data={"grant": grant, "reason": WHY})).status_code == 303
    assert set(await queries.roles_of(officer.account)) == {Role.CITIZEN}
    assert "Diakhiri" in (await manager.get(page)).text


async def test_a_closed_account_is_out_and_the_page_says_so(planted, door):
    officer, manager = await staff(Role.OFFICER, "DLH"), await door(await staff(Role.MANAGER))
    phone = await door(officer)
    page = f"/people/{officer.account}"
    assert (await manager.post(f"{page}/disable", data={"reason": WHY})).headers["location"] == f"{page}?done=closed"
    assert (await phone.get("/work")).status_code == 401
    assert not await Session.exists().where(Session.account == officer.account)
    assert "Akun ini ditutup" in (await manager.get(page)).text


async def test_the_last_manager_is_told_kindly(planted, door):
    manager = await staff(Role.MANAGER)
    desk = await door(manager)
    [grant] = await RoleGrant.select(RoleGrant.id).output(as_list=True)
    answer = await desk.post(f"/people/{manager.account}/end-grant", data={"grant": str(grant), "reason": WHY})
    assert answer.status_code == 422
    assert "satu-satunya Manajer aplikasi" in answer.text


@pytest.mark.parametrize("grant", ["", "bukan-id", "00000000-0000-0000-0000-000000000000"])
async def test_a_grant_nobody_knows_is_not_there(planted, door, grant):
    officer, desk = await staff(Role.OFFICER, "DLH"), await door(await staff(Role.MANAGER))
    answer = await desk.post(f"/people/{officer.account}/end-grant", data={"grant": grant, "reason": WHY})
    assert answer.status_code == 404


async def test_an_opd_with_one_admin_is_warned_of(planted, door):
    desk = await door(await staff(Role.AGENCY_ADMIN, "DLH"))
    assert "baru punya 1 admin" in (await desk.get("/people")).text
    manager = await door(await staff(Role.MANAGER))
    assert re.search(r"\d+ dinas belum punya dua admin", (await manager.get("/people")).text)


async def test_a_search_finds_and_an_empty_one_says_so(planted, door):
    desk = await door(await staff(Role.MANAGER))
    assert "Tidak ada orang dengan kata" in (await desk.get("/people?q=zzz")).text
    assert "@contoh.test" in (await desk.get("/people?q=contoh&after=bukan-id")).text


async def test_people_are_kept_on_no_phone(planted, door):
    desk = await door(await staff(Role.MANAGER))
    assert (await desk.get("/people")).headers["x-sambat-scope"] == "none"


@pytest.mark.parametrize(("role", "agency"), [(Role.CITIZEN, None), (Role.OFFICER, "DLH"), (Role.MODERATOR, None), (Role.MAYOR, None)])
async def test_for_all_others_none_of_it_is_there(planted, door, role, agency):
    other, someone = await door(await staff(role, agency)), (await staff(Role.OFFICER, "DLH")).account
    for path in ("/people", f"/people/{someone}"):
        assert (await other.get(path)).status_code == 404
    for path in ("/people/invite", f"/people/{someone}/grant", f"/people/{someone}/end-grant", f"/people/{someone}/disable"):
        assert (await other.post(path, data=NEW)).status_code == 404
    assert (await (await door()).get("/people")).status_code == 401
