"""The second factor at the door: asked of all who work for the city, never the same code twice, exempt for demo accounts alone."""

from datetime import timedelta

import pytest

from backend.accounts import sessions
from backend.accounts.tables import Account, RecoveryCode, RoleGrant, Session
from backend.actors.actor import Actor
from backend.actors.permissions import Role
from tests.support import asked, entered
from tests.support.batches import batch
from tests.support.entered import set_up_app, shown, sign_in, who
from tests.support.mailbox import text_of

WATI = "wati@contoh.test"
STAFF = [role for role in Role if role != Role.CITIZEN and role not in {Role.OFFICER, Role.AGENCY_ADMIN}]


@pytest.fixture
def monday(at):
    at("2026-03-02 09:00")
    return at


async def actor(browser):
    return await sessions.actor_of(browser.cookies.get(sessions.ACCOUNT_COOKIE), None)


async def test_the_password_alone_opens_nothing_of_the_citys(door, monday, database):
    wati, app = await entered.with_app(WATI)
    browser = await door()
    answer = await sign_in(browser, WATI, then="/work")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/second")
    assert sessions.ACCOUNT_COOKIE not in browser.cookies
    assert not await Session.exists()
    form = await browser.get("/sign-in/second")
    assert form.headers["x-sambat-scope"] == "none"
    answer = await browser.post("/sign-in/second", data={"code": shown(app)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/work")
    assert await who(browser) == str(wati.id)
    assert (await actor(browser)).roles == {Role.MODERATOR}


@pytest.mark.parametrize("role", STAFF)
async def test_who_has_none_yet_may_do_nothing_until_it_is_set_up(door, monday, database, role):
    await entered.account(WATI, role)
    browser = await door()
    answer = await sign_in(browser, WATI, then="/work")
    assert answer.headers["location"] == "/account/second-factor"
    before = await actor(browser)
    assert (before.roles, before.second_factor_missing, before.is_staff) == (frozenset(), True, False)
    assert (await browser.get("/work")).status_code == 404
    assert 'href="/account/second-factor"' in (await browser.get("/complaints")).text
    token = browser.cookies[sessions.ACCOUNT_COOKIE]
    await set_up_app(browser)
    assert browser.cookies[sessions.ACCOUNT_COOKIE] != token
    assert (await sessions.actor_of(token, None)).account is None
    after = await actor(browser)
    assert (after.roles, after.second_factor_missing) == ({role}, False)


async def test_what_waits_on_the_phone_goes_on_waiting_while_the_second_factor_is_owed(door, monday, planted):
    wati = await entered.account(WATI, Role.MODERATOR)
    phone = await door()
    await sign_in(phone, WATI)
    op = asked.submit(Actor(account=wati.id))
    assert (await phone.post("/api/sync", json=batch(op))).status_code == 401
    await set_up_app(phone)
    [outcome] = (await phone.post("/api/sync", json=batch(op))).json()["outcomes"]
    assert outcome["status"] == "applied"


async def test_only_a_demo_account_needs_none_and_every_page_says_so(door, monday, database):
    await entered.account("demo@contoh.test", Role.MODERATOR, demo=True)
    browser = await door()
    assert (await sign_in(browser, "demo@contoh.test", then="/work")).headers["location"] == "/work"
    assert (await actor(browser)).roles == {Role.MODERATOR}
    for path in ("/", "/complaints", "/account", "/account/second-factor"):
        assert "Akun contoh: jangan dipakai untuk data sungguhan." in (await browser.get(path)).text
    assert "tanpa langkah kedua" in (await (await door()).get("/sign-in")).text
    refused = await browser.post("/account/second-factor", data={"step": "start"})
    assert refused.status_code == 409


async def test_no_code_works_twice_nor_one_before_it(door, monday, database):
    _, app = await entered.with_app(WATI)
    first = await door()
    await sign_in(first, WATI)
    earlier, now = app.at(monday.now - timedelta(seconds=30)), shown(app)
    assert (await first.post("/sign-in/second", data={"code": now})).status_code == 303
    second = await door()
    await sign_in(second, WATI)
    assert [(await second.post("/sign-in/second", data={"code": code})).status_code for code in (now, earlier)] == [401, 401]
    monday.later(seconds=30)
    assert (await second.post("/sign-in/second", data={"code": shown(app)})).status_code == 303


@pytest.mark.parametrize(("seconds", "status"), [(-90, 401), (-30, 303), (0, 303), (30, 303), (90, 401)])
async def test_a_phones_clock_may_be_half_a_minute_wrong(door, monday, database, seconds, status):
    _, app = await entered.with_app(WATI)
    browser = await door()
    await sign_in(browser, WATI)
    code = app.at(monday.now + timedelta(seconds=seconds))
    assert (await browser.post("/sign-in/second", data={"code": code})).status_code == status


async def test_the_sixth_code_is_not_looked_at_and_the_password_must_be_shown_again(door, monday, database):
    _, app = await entered.with_app(WATI)
    browser = await door()
    await sign_in(browser, WATI)
    wrong = "000000" if shown(app) != "000000" else "111111"
    answers = [await browser.post("/sign-in/second", data={"code": wrong}) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {401}
    answer = await browser.post("/sign-in/second", data={"code": shown(app)})
    assert answer.status_code == 401
    assert 'href="/sign-in"' in answer.text
    await sign_in(browser, WATI)
    assert (await browser.post("/sign-in/second", data={"code": shown(app)})).status_code == 303


async def test_a_password_shown_eleven_minutes_ago_is_forgotten(door, monday, database):
    _, app = await entered.with_app(WATI)
    browser = await door()
    await sign_in(browser, WATI)
    monday.later(minutes=11)
    assert (await browser.post("/sign-in/second", data={"code": shown(app)})).status_code == 401


async def test_who_guesses_the_second_factor_is_slowed_down_over_all_passwords_shown(door, monday, database):
    _, app = await entered.with_app(WATI)
    wrong = "000000" if shown(app) != "000000" else "111111"
    statuses = []
    for _ in range(3):
        browser = await door()
        await sign_in(browser, WATI)
        statuses += [(await browser.post("/sign-in/second", data={"code": wrong})).status_code for _ in range(4)]
    assert statuses == [401] * 10 + [429] * 2


async def test_a_recovery_code_stands_in_once_and_is_told_by_mail(door, monday, mailbox, database):
    await entered.account(WATI, Role.MODERATOR)
    desk = await door()
    await sign_in(desk, WATI)
    _, codes = await set_up_app(desk)
    assert len(set(codes)) == 10
    browser = await door()
    await sign_in(browser, WATI)
    assert (await browser.post("/sign-in/second", data={"code": codes[3].lower().replace("-", " ")})).status_code == 303
    assert (await actor(browser)).roles == {Role.MODERATOR}
    told = [text_of(message) for message in await mailbox.arrived() if "Langkah kedua" in message["subject"]]
    assert any("Tersisa 9 kode" in text for text in told)
    assert codes[3] not in str(told)
    other = await door()
    await sign_in(other, WATI)
    assert (await other.post("/sign-in/second", data={"code": codes[3]})).status_code == 401
    kept = str(await RecoveryCode.select())
    assert not any(code.replace("-", "") in kept for code in codes)


async def test_a_recovery_code_opens_no_other_account(door, monday, database):
    await entered.account(WATI, Role.MODERATOR)
    desk = await door()
    await sign_in(desk, WATI)
    _, codes = await set_up_app(desk)
    await entered.with_app("joko@contoh.test")
    browser = await door()
    await sign_in(browser, "joko@contoh.test")
    assert (await browser.post("/sign-in/second", data={"code": codes[0]})).status_code == 401


async def test_an_account_closed_between_the_steps_stays_out(door, monday, database):
    wati, app = await entered.with_app(WATI)
    browser = await door()
    await sign_in(browser, WATI)
    await Account.update({Account.disabled_at: monday.now}).where(Account.id == wati.id)
    assert (await browser.post("/sign-in/second", data={"code": shown(app)})).status_code == 401


async def test_a_citizens_open_session_is_none_of_staff_when_a_role_is_given(door, monday, database):
    siti = await entered.account("siti@contoh.test")
    browser = await door()
    await sign_in(browser, "siti@contoh.test")
    await RoleGrant.insert(
        RoleGrant(id=entered.db.new_id(), account=siti.id, role=Role.MODERATOR, valid_from=entered.clock.day_of(monday.now))
    )
    known = await actor(browser)
    assert (known.account, known.roles, known.second_factor_missing) == (siti.id, frozenset(), True)


async def test_without_the_password_there_is_no_second_step(door, database):
    browser = await door()
    assert (await browser.get("/sign-in/second")).headers["location"] == "/sign-in"
    assert (await browser.post("/sign-in/second", data={"code": "123456"})).status_code == 401
