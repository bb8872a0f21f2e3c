"""Signing in with a password, and out again."""

import re

import pytest

from backend.accounts import sessions
from backend.accounts.tables import Session
from tests.support import entered
from tests.support.entered import sign_in, who

SITI = "siti@contoh.test"


@pytest.fixture
async def siti(database):
    return await entered.account(SITI)


async def test_the_form_is_there_for_everybody(door):
    answer = await (await door()).get("/sign-in?next=/complaints")
    assert answer.status_code == 200
    assert answer.headers["x-sambat-scope"] == "public"
    assert 'name="password"' in answer.text
    assert 'value="/complaints"' in answer.text


async def test_signing_in_leads_on_with_a_cookie_only_this_host_reads(door, siti):
    browser = await door()
    answer = await sign_in(browser, SITI, then="/complaints")
    assert (answer.status_code, answer.headers["location"]) == (303, "/complaints")
    cookie = answer.headers.get_list("set-cookie")[0]
    assert re.match(r"__Host-session=[\w-]{43};", cookie)
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert answer.headers["cache-control"] == "private, no-store"
    assert await who(browser) == str(siti.id)
    assert (await browser.get("/sign-in?next=/work")).headers["location"] == "/work"


@pytest.mark.parametrize("password", [entered.PASSWORD, ""])
async def test_signing_in_never_leads_to_another_site(door, siti, mailbox, password):
    browser = await door()
    answer = await browser.post("/sign-in", data={"email": SITI, "password": password, "next": "//evil.example"})
    if not password:
        answer = await browser.post("/sign-in/code", data={"code": await mailbox.latest_code()})
    assert answer.headers["location"] == "/"


async def test_a_token_from_before_signing_in_is_worth_nothing_after(door, siti):
    browser = await door()
    await sign_in(browser, SITI)
    before = browser.cookies[sessions.ACCOUNT_COOKIE]
    await sign_in(browser, SITI)
    assert browser.cookies[sessions.ACCOUNT_COOKIE] != before
    assert await Session.count() == 1
    assert (await sessions.actor_of(before, None)).account is None


async def test_a_token_somebody_else_chose_is_never_taken_over(door, siti):
    browser = await door()
    browser.cookies.set(sessions.ACCOUNT_COOKIE, "chosen-by-the-attacker", domain="sambat.example")
    answer = await sign_in(browser, SITI)
    assert "chosen-by-the-attacker" not in str(answer.headers.get_list("set-cookie"))
    assert (await sessions.actor_of("chosen-by-the-attacker", None)).account is None


async def test_a_wrong_password_is_told_on_the_form_which_keeps_the_address(door, siti):
    answer = await sign_in(await door(), SITI, "bukan ini")
    assert answer.status_code == 401
    assert "tidak cocok" in answer.text
    assert f'value="{SITI}"' in answer.text
    assert "set-cookie" not in answer.headers


async def test_guessing_ends_with_a_429_whatever_hops_are_forged(door, siti):
    browser = await door()
    answers = [
        await browser.post("/sign-in", data={"email": SITI, "password": "salah"}, headers={"x-forwarded-for": f"192.0.2.{number}"})
        for number in range(6)
    ]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert "Terlalu banyak percobaan" in answers[-1].text


async def test_signing_out_ends_the_session_and_wipes_no_queue(door, siti):
    browser = await door()
    await sign_in(browser, SITI)
    answer = await browser.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "clear-site-data" not in answer.headers
    assert sessions.ACCOUNT_COOKIE not in browser.cookies
    assert not await Session.exists()


async def test_another_site_signs_nobody_in_or_out(door, siti):
    browser = await door()
    for path in ("/sign-in", "/sign-in/code", "/sign-in/second", "/sign-out", "/reset", "/reset/new", "/invitation", "/account/password"):
        assert (await browser.post(path, data={}, headers={"origin": "https://evil.example"})).status_code == 403
