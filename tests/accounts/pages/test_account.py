"""One's own account: name, news, password, and where one is signed in."""

import pytest

from backend.accounts import sessions
from backend.accounts.tables import Account
from backend.actors.permissions import Role
from tests.support import entered
from tests.support.entered import CHROME, FIREFOX, set_up_app, shown, sign_in, who
from tests.support.mailbox import text_of

SITI = "siti@contoh.test"
NEW = "sapi biru makan petir"


@pytest.fixture
async def siti(database):
    return await entered.account(SITI)


@pytest.fixture
async def phone(door, siti):
    browser = await door()
    browser.headers["user-agent"] = CHROME
    await sign_in(browser, SITI)
    return browser


async def test_the_page_is_kept_by_nobody(phone):
    page = await phone.get("/account")
    assert page.status_code == 200
    assert (page.headers["x-sambat-scope"], page.headers["cache-control"]) == ("none", "private, no-store")
    assert SITI in page.text
    assert "password_hash" not in page.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/account"),
        ("POST", "/account/name"),
        ("POST", "/account/password"),
        ("POST", "/account/sessions/end"),
        ("POST", "/account/second-factor"),
        ("POST", "/account/recovery-codes"),
        ("POST", "/complaints/claimed"),
    ],
)
async def test_nobody_signed_in_is_led_to_the_form(door, method, path):
    answer = await (await door()).request(method, path, data={"step": "start"} if path.endswith("factor") else {})
    assert answer.status_code == 401
    assert 'action="/sign-in"' in answer.text


async def test_a_name_and_wishes_are_changed_together(phone, siti):
    answer = await phone.post("/account/name", data={"name": "  Siti   Rahayu "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=name")
    row = await Account.objects().get(Account.id == siti.id)
    assert (row.name, row.mail_me) == ("Siti Rahayu", False)
    await phone.post("/account/name", data={"name": "Siti", "mail_me": "yes"})
    assert (await Account.objects().get(Account.id == siti.id)).mail_me
    assert (await phone.post("/account/name", data={"name": "   "})).status_code == 422
    assert "<i>x" not in (await phone.post("/account/name", data={"name": "<i>x" * 40})).text


async def test_one_sees_where_one_is_signed_in_in_words(phone, door):
    desk = await door()
    desk.headers["user-agent"] = FIREFOX
    await sign_in(desk, SITI)
    page = (await phone.get("/account")).text
    assert page.index("Chrome di Android") != page.index("Firefox di Windows")
    assert page.count('class="signed__here"') == 1


async def test_an_ended_session_is_out_at_once(phone, door):
    desk = await door()
    await sign_in(desk, SITI)
    answer = await phone.post("/account/sessions/end", data={"session": sessions.hashed(desk.cookies[sessions.ACCOUNT_COOKIE])})
    assert answer.headers["location"] == "/account?done=sessions"
    assert await who(desk) == ""
    assert await who(phone) != ""


async def test_ending_all_others_leaves_this_one_and_everywhere_leaves_none(phone, door):
    desk = await door()
    await sign_in(desk, SITI)
    await phone.post("/account/sessions/end", data={"session": "others"})
    assert (await who(desk), await who(phone) != "") == ("", True)
    answer = await phone.post("/account/sessions/end", data={"session": "all"})
    assert answer.headers["location"] == "/"
    assert await who(phone) == ""


async def test_nobody_ends_anothers_session(phone, door, database):
    await entered.account("budi@contoh.test")
    budi = await door()
    await sign_in(budi, "budi@contoh.test")
    await phone.post("/account/sessions/end", data={"session": sessions.hashed(budi.cookies[sessions.ACCOUNT_COOKIE])})
    assert await who(budi) != ""


async def test_a_new_password_needs_the_old_one_and_signs_the_others_out(phone, door, mailbox):
    desk = await door()
    await sign_in(desk, SITI)
    assert (await phone.post("/account/password", data={"old": "bukan ini", "password": NEW})).status_code == 401
    assert (await phone.post("/account/password", data={"old": entered.PASSWORD, "password": "pendek"})).status_code == 422
    assert await who(desk) != ""
    answer = await phone.post("/account/password", data={"old": entered.PASSWORD, "password": NEW})
    assert answer.headers["location"] == "/account?done=password"
    assert (await who(desk), await who(phone) != "") == ("", True)
    assert (await mailbox.latest())["subject"] == "Kata sandi Anda berubah"
    assert (await sign_in(await door(), SITI, NEW)).status_code == 303


async def test_who_found_an_open_phone_cannot_guess_the_password_there(phone):
    statuses = [(await phone.post("/account/password", data={"old": f"salah {n}", "password": NEW})).status_code for n in range(7)]
    assert statuses == [401] * 5 + [429] * 2


async def test_somebody_of_the_city_hears_of_a_browser_never_seen_and_once(door, mailbox, at):
    at("2026-03-02 09:00")
    _, app = await entered.with_app("wati@contoh.test", Role.MODERATOR)
    told = []
    for agent in (CHROME, FIREFOX, CHROME, CHROME):
        at.later(hours=13)
        browser = await door()
        browser.headers["user-agent"] = agent
        await sign_in(browser, "wati@contoh.test")
        await browser.post("/sign-in/second", data={"code": shown(app)})
        told.append(len(await mailbox.arrived()))
    assert told == [1, 2, 2, 2]
    assert "Chrome di Android" in text_of(mailbox.taken[0])
    assert "Firefox di Windows" in text_of(mailbox.taken[1])


async def test_a_citizen_and_a_demo_account_get_no_mail_for_signing_in(phone, door, mailbox):
    await entered.account("demo@contoh.test", Role.MODERATOR, demo=True)
    await sign_in(await door(), "demo@contoh.test")
    assert await mailbox.arrived() == []


async def test_staff_see_their_second_factor_and_what_is_left(door, at, database):
    at("2026-03-02 09:00")
    await entered.account("wati@contoh.test", Role.MODERATOR)
    browser = await door()
    await sign_in(browser, "wati@contoh.test")
    assert "Belum terpasang" in (await browser.get("/account")).text
    await set_up_app(browser)
    assert "Sisa kode pemulihan: 10" in (await browser.get("/account")).text
