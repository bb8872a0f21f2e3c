"""A forgotten password: a link that lives half an hour, works once, and tells nobody who has an account."""

import pytest

from backend.accounts import sessions
from backend.accounts.tables import Account, Code
from backend.actors.permissions import Role
from tests.support import entered
from tests.support.entered import shown, sign_in, who
from tests.support.mailbox import text_of

WATI = "wati@contoh.test"
NEW = "sapi biru makan petir"


async def asked(door, mailbox, email=WATI):
    """The token of the mail."""
    await (await door()).post("/reset", data={"email": email})
    return await mailbox.latest_token()


async def test_a_new_password_replaces_the_old_one_and_signs_out_everywhere(door, mailbox, database):
    await entered.account("siti@contoh.test")
    desk = await door()
    await sign_in(desk, "siti@contoh.test")
    token = await asked(door, mailbox, "Siti@contoh.test")
    answer = await (await door()).post("/reset/new", data={"token": token, "password": NEW})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?done=reset")
    assert await who(desk) == ""
    assert (await sign_in(await door(), "siti@contoh.test")).status_code == 401
    assert (await sign_in(await door(), "siti@contoh.test", NEW)).status_code == 303
    assert (await mailbox.latest())["subject"] == "Kata sandi Anda berubah"


async def test_the_link_goes_to_the_citys_address_whatever_the_request_called_us(door, mailbox, database):
    await entered.account(WATI)
    browser = await door()
    await browser.post("/reset", data={"email": WATI}, headers={"host": "evil.example", "origin": "https://evil.example"})
    await browser.post("/reset", data={"email": WATI}, headers={"x-forwarded-host": "evil.example"})
    texts = [text_of(message) for message in await mailbox.arrived()]
    assert texts
    assert all("https://sambat.example/reset/new#" in text and "evil" not in text for text in texts)


async def test_the_second_factor_still_stands(door, mailbox, at):
    at("2026-03-02 09:00")
    _, app = await entered.with_app(WATI)
    await (await door()).post("/reset/new", data={"token": await asked(door, mailbox), "password": NEW})
    browser = await door()
    assert (await sign_in(browser, WATI, NEW)).headers["location"] == "/sign-in/second"
    assert (await browser.post("/sign-in/second", data={"code": shown(app)})).status_code == 303


async def test_what_the_old_password_had_half_opened_is_closed(door, mailbox, at):
    at("2026-03-02 09:00")
    _, app = await entered.with_app(WATI)
    thief = await door()
    await sign_in(thief, WATI)
    await (await door()).post("/reset/new", data={"token": await asked(door, mailbox), "password": NEW})
    assert (await thief.post("/sign-in/second", data={"code": shown(app)})).status_code == 401


async def test_a_link_works_once(door, mailbox, database):
    await entered.account(WATI)
    token = await asked(door, mailbox)
    browser = await door()
    statuses = [
        (await browser.post("/reset/new", data={"token": token, "password": password})).status_code for password in (NEW, f"{NEW} lagi")
    ]
    assert statuses == [303, 401]
    assert (await sign_in(await door(), WATI, NEW)).status_code == 303


async def test_a_later_link_ends_the_earlier(door, mailbox, database):
    await entered.account(WATI)
    first = await asked(door, mailbox)
    second = await asked(door, mailbox)
    browser = await door()
    assert (await browser.post("/reset/new", data={"token": first, "password": NEW})).status_code == 401
    assert (await browser.post("/reset/new", data={"token": second, "password": NEW})).status_code == 303


async def test_a_link_is_over_after_half_an_hour(door, mailbox, at):
    at("2026-03-02 09:00")
    await entered.account(WATI)
    token = await asked(door, mailbox)
    at.later(minutes=30)
    answer = await (await door()).post("/reset/new", data={"token": token, "password": NEW})
    assert answer.status_code == 401
    assert "tidak berlaku" in answer.text


@pytest.mark.parametrize("password", ["pendek", "1234567890", "aaaaaaaaaaaa", "wati1234567890", "Indonesia1945"])
async def test_a_weak_password_is_told_so_and_the_link_still_works(door, mailbox, database, password):
    await entered.account(WATI)
    token = await asked(door, mailbox)
    browser = await door()
    refused = await browser.post("/reset/new", data={"token": token, "password": password})
    assert refused.status_code == 422
    assert f'value="{token}"' in refused.text
    assert password not in refused.text
    assert refused.headers["x-sambat-scope"] == "none"
    assert (await browser.post("/reset/new", data={"token": token, "password": NEW})).status_code == 303


async def test_known_unknown_and_closed_addresses_are_answered_alike(door, mailbox, database):
    await entered.account(WATI, Role.MODERATOR)
    closed = await entered.account("joko@contoh.test")
    await Account.update({Account.disabled_at: closed.created_at}).where(Account.id == closed.id)
    answers = set()
    for email in (WATI, "joko@contoh.test", "budi@contoh.test"):
        answer = await (await door()).post("/reset", data={"email": email})
        answers.add((answer.status_code, answer.text.replace(email, "?")))
    assert len(answers) == 1
    assert len(await mailbox.arrived()) == 3
    assert sum("#" in text_of(message) for message in mailbox.taken) == 1
    assert await Code.count() == 3  # as many rows for nobody as for somebody: time tells nothing either


async def test_nobody_fills_a_mailbox_with_links(door, mailbox, database):
    browser = await door()
    statuses = [(await browser.post("/reset", data={"email": WATI})).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert len(await mailbox.arrived()) == 3


async def test_the_page_of_the_link_is_the_same_for_everybody_and_kept_by_nobody(door, database):
    siti = await entered.account("siti@contoh.test")
    stranger, person = await door(), await door()
    person.cookies.set(sessions.ACCOUNT_COOKIE, (await sessions.open_for(siti.id)).token, domain="sambat.example")
    pages = [await browser.get("/reset/new") for browser in (stranger, person)]
    assert pages[0].text == pages[1].text
    assert "data-from-fragment" in pages[0].text
    assert {page.headers["x-sambat-scope"] for page in pages} == {"none"}


@pytest.mark.parametrize("token", ["", "x", "a" * 43])
async def test_a_wrong_token_opens_nothing(door, database, token):
    await entered.account(WATI)
    assert (await (await door()).post("/reset/new", data={"token": token, "password": NEW})).status_code == 401
