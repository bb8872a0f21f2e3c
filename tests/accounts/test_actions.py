import pytest

from backend.accounts import actions, demo, queries, sessions
from backend.accounts.actions import WrongPassword
from backend.accounts.opening import Asked, at_the_console
from backend.accounts.tables import Account, Attempt, RoleGrant
from backend.actors.actor import NOBODY
from backend.actors.permissions import Role
from backend.errors import InvalidInput, TooMany
from tests.support.given import production

HOME = "198.51.100.9"
PASSWORD = "kembang kol goreng"


async def test_who_has_an_account_signs_in_however_the_address_is_written(planted):
    made = await actions.create("Siti", " Siti@Contoh.test ", PASSWORD)
    assert made.email == "siti@contoh.test"
    assert (await actions.sign_in("SITI@contoh.test", PASSWORD, HOME)).id == made.id


async def test_wrong_password_nobody_and_a_closed_account_are_told_the_same(planted):
    closed = await actions.create("Joko", "joko@contoh.test", PASSWORD)
    await actions.create("Siti", "siti@contoh.test", PASSWORD)
    await actions.disable(closed.id)
    told = set()
    for email, password in (("siti@contoh.test", "bukan ini"), ("tidak.ada@contoh.test", PASSWORD), ("joko@contoh.test", PASSWORD)):
        with pytest.raises(WrongPassword) as refused:
            await actions.sign_in(email, password, HOME)
        told.add((refused.value.code, str(refused.value)))
    assert len(told) == 1


async def test_after_five_wrong_passwords_even_the_right_one_waits_here_but_not_elsewhere(planted):
    await actions.create("Siti", "siti@contoh.test", PASSWORD)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            await actions.sign_in("siti@contoh.test", "bukan ini", HOME)
    with pytest.raises(TooMany):
        await actions.sign_in("siti@contoh.test", PASSWORD, HOME)
    assert await actions.sign_in("siti@contoh.test", PASSWORD, "203.0.113.7")


async def test_signing_in_leaves_no_wrong_guess_behind(planted):
    await actions.create("Siti", "siti@contoh.test", PASSWORD)
    await actions.sign_in("siti@contoh.test", PASSWORD, HOME)
    assert not await Attempt.exists()


async def test_a_closed_account_is_out_at_once(planted):
    account = await at_the_console("Joko", "joko@contoh.test", PASSWORD, Asked(Role.OFFICER, "DLH"))
    token = (await sessions.open_for(account)).token
    await actions.disable(account)
    assert await sessions.actor_of(token, None) == NOBODY
    assert await queries.officers_of("DLH") == []


async def test_one_address_has_one_account(planted):
    await actions.create("Siti", "siti@contoh.test", PASSWORD)
    with pytest.raises(InvalidInput):
        await actions.create("Lain", "SITI@contoh.test", PASSWORD)


async def test_an_agency_sees_its_own_officers_by_name(planted):
    for name, email, role, agency in (
        ("Wati", "wati@contoh.test", Role.OFFICER, "DLH"),
        ("Agus", "agus@contoh.test", Role.OFFICER, "DLH"),
        ("Ani", "ani@contoh.test", Role.AGENCY_ADMIN, "DLH"),
        ("Budi", "budi@contoh.test", Role.OFFICER, "DISHUB"),
    ):
        await at_the_console(name, email, PASSWORD, Asked(role, agency))
    officers = await queries.officers_of("DLH")
    assert [person.name for person in officers] == ["Agus", "Wati"]
    assert await queries.names([officers[0].id, officers[0].id]) == {officers[0].id: "Agus"}
    assert await queries.names([]) == {}


async def test_demo_accounts_are_made_once_and_work(planted):
    assert not await queries.has_demo()
    await demo.seed()
    listed = await demo.seed()
    assert await queries.has_demo()
    assert await Account.count() == len(listed)
    assert await RoleGrant.count() == sum(each.role != Role.CITIZEN for each in listed)
    for each in {(each.role, each.head, each.acts_for): each for each in listed}.values():
        account = await actions.sign_in(each.email, demo.PASSWORD, HOME)
        actor = await sessions.actor_of((await sessions.open_for(account.id)).token, None)
        assert actor.roles == {each.role}
        assert each.agency is None or each.agency in actor.agencies[each.role]


async def test_in_production_an_account_to_try_the_app_with_lets_nobody_in(planted):
    made = await at_the_console("Coba", "coba@contoh.test", PASSWORD, Asked(Role.MODERATOR), demo=True)
    token = (await sessions.open_for(made)).token
    with production():
        with pytest.raises(WrongPassword):
            await actions.sign_in("coba@contoh.test", PASSWORD, HOME)
        assert (await sessions.actor_of(token, None)).roles == frozenset()
