"""Setting the second factor up, changing phones, and new recovery codes: always proved by a code, shown once, told by mail."""

import re

import pytest

from backend.accounts import seals, second_factor, sessions
from backend.accounts.tables import Account, RecoveryCode
from backend.actors.permissions import Role
from backend.errors import NotFound
from tests.support import entered
from tests.support.entered import set_up_app, shown, sign_in

WATI = "wati@contoh.test"
HERE = "/account/second-factor"


@pytest.fixture
async def desk(door, at, database):
    """Wati's browser, after the password."""
    at("2026-03-02 09:00")
    await entered.account(WATI, Role.MODERATOR)
    browser = await door()
    await sign_in(browser, WATI)
    return browser


async def test_the_set_up_shows_a_picture_and_the_key_in_groups_and_keeps_neither(desk):
    await desk.post(HERE, data={"step": "start"})
    page = await desk.get(HERE)
    assert re.search(r"<svg[^>]*>.*<path", page.text, re.DOTALL)
    assert "style=" not in page.text
    assert re.search(r'secret__groups">[A-Z2-7]{4}( [A-Z2-7]{4}){7}<', page.text)
    assert page.headers["x-sambat-scope"] == "none"
    assert page.headers["cache-control"] == "private, no-store"


async def test_the_secret_is_sealed_in_the_table(desk):
    app, _ = await set_up_app(desk)
    [row] = await Account.select(Account.totp_secret)
    assert app.secret not in row["totp_secret"]
    assert seals.unseal(row["totp_secret"]) == app.secret
    assert seals.unseal("gAAAAA not ours") is None


async def test_before_the_first_right_code_nothing_counts(desk):
    await desk.post(HERE, data={"step": "start"})
    answer = await desk.post(HERE, data={"step": "confirm", "code": "000000"})
    assert answer.status_code == 401
    assert "secret__groups" in answer.text
    assert (await Account.select(Account.totp_since))[0]["totp_since"] is None
    assert not await RecoveryCode.exists()


async def test_setting_up_is_told_by_mail_and_ends_all_other_sessions(desk, door, mailbox):
    other = await door()
    await sign_in(other, WATI)
    await set_up_app(desk)
    assert (await sessions.actor_of(other.cookies[sessions.ACCOUNT_COOKIE], None)).account is None
    assert "Langkah kedua akun Anda" in [message["subject"] for message in await mailbox.arrived()]


async def test_who_holds_an_open_browser_cannot_put_another_phone_in_its_place(desk):
    await set_up_app(desk)
    assert (await desk.post(HERE, data={"step": "start"})).status_code == 409
    assert (await desk.post(HERE, data={"step": "remove", "code": "000000"})).status_code == 401
    assert (await desk.post("/account/recovery-codes", data={"code": "000000"})).status_code == 401
    assert (await Account.select(Account.totp_since))[0]["totp_since"] is not None
    assert await RecoveryCode.count() == 10


async def test_who_changes_phones_takes_the_old_one_away_first(desk, at):
    app, _ = await set_up_app(desk)
    at.later(seconds=30)
    answer = await desk.post(HERE, data={"step": "remove", "code": shown(app)})
    assert (answer.status_code, answer.headers["location"]) == (303, HERE)
    actor = await sessions.actor_of(desk.cookies[sessions.ACCOUNT_COOKIE], None)
    assert (actor.roles, actor.second_factor_missing) == (frozenset(), True)
    assert not await RecoveryCode.exists()
    another, _ = await set_up_app(desk)
    assert another.secret != app.secret


async def test_who_has_lost_phone_and_paper_starts_anew_once_recognised(desk, door):
    app, codes = await set_up_app(desk)
    await second_factor.clear_lost(" Wati@contoh.test")
    browser = await door()
    assert (await sign_in(browser, WATI)).headers["location"] == HERE
    another, _ = await set_up_app(browser)
    assert another.secret != app.secret
    assert (await sessions.actor_of(desk.cookies[sessions.ACCOUNT_COOKIE], None)).account is None
    other = await door()
    await sign_in(other, WATI)
    assert (await other.post("/sign-in/second", data={"code": codes[0]})).status_code == 401
    with pytest.raises(NotFound):
        await second_factor.clear_lost("tidak.ada@contoh.test")


async def test_new_recovery_codes_replace_the_old_ones(desk, at, door):
    app, old = await set_up_app(desk)
    at.later(seconds=30)
    answer = await desk.post("/account/recovery-codes", data={"code": shown(app)})
    new = re.findall(r"<code[^>]*>([0-9A-Z-]{19})</code>", answer.text)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert answer.headers["x-sambat-scope"] == "none"
    browser = await door()
    await sign_in(browser, WATI)
    assert [(await browser.post("/sign-in/second", data={"code": code})).status_code for code in (old[0], new[0])] == [401, 303]


async def test_a_citizen_is_not_asked_for_a_second_factor(door, database):
    await entered.account("siti@contoh.test")
    browser = await door()
    await sign_in(browser, "siti@contoh.test")
    assert (await browser.get(HERE)).status_code == 404
    assert (await browser.post(HERE, data={"step": "start"})).status_code == 404


async def test_without_a_password_there_is_no_second_factor_to_stand_beside(door, mailbox, at):
    at("2026-03-02 09:00")
    browser = await door()
    await entered.ask_code(browser, WATI)
    await browser.post("/sign-in/code", data={"code": await mailbox.latest_code()})
    [wati] = await Account.select(Account.id).output(as_list=True)
    await entered.RoleGrant.insert(
        entered.RoleGrant(id=entered.db.new_id(), account=wati, role=Role.MODERATOR, valid_from=entered.clock.day_of(at.now))
    )
    assert 'href="/reset"' in (await browser.get(HERE)).text
    assert (await browser.post(HERE, data={"step": "start"})).status_code == 409


@pytest.mark.parametrize("path", [HERE, "/account"])
async def test_nobody_signed_in_finds_the_form(door, path):
    answer = await (await door()).get(path)
    assert answer.status_code == 401
    assert 'action="/sign-in"' in answer.text
