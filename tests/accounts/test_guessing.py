"""Guessing codes, passwords and links: counted in the table, across restarts and forged addresses, and never the owner's loss."""

import httpx
import pytest

from backend import app
from backend import database as db
from backend.accounts import limits
from backend.accounts.limits import LIMITS, Guess, Per
from backend.accounts.tables import Attempt
from backend.actors.permissions import Role
from tests.support import entered
from tests.support.doors import ADDRESS
from tests.support.entered import ask_code, shown, sign_in

SITI = "siti@contoh.test"
ATTACKER, HOME = "203.0.113.7", "198.51.100.9"


@pytest.fixture
async def restarted(database):
    """A browser before a process that has just started, its engine too; its cookies last longer than the process."""
    kept = httpx.Cookies()

    async def again(source: str = ATTACKER) -> httpx.AsyncClient:
        await db.stop(database)
        await db.start(database)
        transport = httpx.ASGITransport(app.create(), client=(source, 1))
        return httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers={"origin": ADDRESS, "accept": "text/html"}, cookies=kept)

    async def post(path: str, data: dict[str, str], source: str = ATTACKER, **headers: str) -> httpx.Response:
        async with await again(source) as client:
            answer = await client.post(path, data=data, headers=headers)
            kept.update(client.cookies)
            return answer

    return post


async def test_a_restart_between_tries_at_a_password_forgives_nothing(restarted):
    await entered.account(SITI)
    statuses = [(await restarted("/sign-in", {"email": SITI, "password": f"salah {n}"})).status_code for n in range(6)]
    assert statuses == [401] * 5 + [429]


async def test_a_restart_between_tries_at_a_code_forgives_nothing(restarted, mailbox):
    await restarted("/sign-in", {"email": SITI})
    digits = await mailbox.latest_code()
    wrong = "000000" if digits != "000000" else "111111"
    for _ in range(5):
        assert (await restarted("/sign-in/code", {"code": wrong})).status_code == 401
    assert (await restarted("/sign-in/code", {"code": digits})).status_code == 401


async def test_a_restart_between_asking_and_typing_loses_nothing(restarted, mailbox):
    await restarted("/sign-in", {"email": SITI})
    assert (await restarted("/sign-in/code", {"code": await mailbox.latest_code()})).status_code == 303


async def test_a_restart_between_tries_at_the_second_factor_forgives_nothing(restarted, at):
    at("2026-03-02 09:00")
    _, phone = await entered.with_app("wati@contoh.test")
    await restarted("/sign-in", {"email": "wati@contoh.test", "password": entered.PASSWORD})
    wrong = "000000" if shown(phone) != "000000" else "111111"
    for _ in range(5):
        assert (await restarted("/sign-in/second", {"code": wrong})).status_code == 401
    assert (await restarted("/sign-in/second", {"code": shown(phone)})).status_code == 401


async def test_a_code_of_the_app_stays_used_over_a_restart(restarted, at):
    at("2026-03-02 09:00")
    _, phone = await entered.with_app("wati@contoh.test")
    for status in (303, 401):
        await restarted("/sign-in", {"email": "wati@contoh.test", "password": entered.PASSWORD})
        assert (await restarted("/sign-in/second", {"code": shown(phone)})).status_code == status


async def test_forged_hops_ask_for_no_more_codes(restarted, mailbox):
    statuses = [(await restarted("/sign-in", {"email": SITI}, **{"x-forwarded-for": f"192.0.2.{n}"})).status_code for n in range(7)]
    assert statuses == [303] * 5 + [429] * 2
    assert len(await mailbox.arrived()) == 5


async def test_who_floods_a_mailbox_from_everywhere_is_stopped_and_its_owner_is_not(restarted, mailbox):
    await limits.remember(HOME, SITI)  # she has signed in at home before
    statuses = [(await restarted("/sign-in", {"email": SITI}, source=f"192.0.2.{n}")).status_code for n in range(13)]
    assert statuses == [303] * 10 + [429] * 3
    assert (await restarted("/sign-in", {"email": SITI}, source=HOME)).status_code == 303
    assert (await restarted("/sign-in/code", {"code": await mailbox.latest_code()}, source=HOME)).status_code == 303


async def test_wrong_codes_of_an_attacker_do_not_keep_the_owner_out(restarted, mailbox, door):
    await limits.remember(HOME, SITI)
    for source in range(6):
        await restarted("/sign-in", {"email": SITI}, source=f"192.0.2.{source}")
        for _ in range(5):
            await restarted("/sign-in/code", {"code": "000000"}, source=f"192.0.2.{source}")
    await restarted("/sign-in", {"email": SITI}, source=HOME)
    assert (await restarted("/sign-in/code", {"code": await mailbox.latest_code()}, source=HOME)).status_code == 303


async def test_a_lock_opens_by_itself_for_everybody(restarted, mailbox, at):
    at("2026-03-02 09:00")
    for source in range(12):
        await restarted("/sign-in", {"email": SITI}, source=f"192.0.2.{source}")
    assert (await restarted("/sign-in", {"email": SITI}, source="192.0.2.200")).status_code == 429
    at.later(hours=1, seconds=1)
    assert (await restarted("/sign-in", {"email": SITI}, source="192.0.2.200")).status_code == 303


async def test_one_network_address_with_many_honest_people_may_ask_for_many_codes(door):
    browser = await door()
    statuses = {(await ask_code(browser, f"warga{n}@contoh.test")).status_code for n in range(60)}
    assert statuses == {303}


async def test_the_password_does_not_make_its_thief_known_where_the_second_factor_is_asked(door, at):
    at("2026-03-02 09:00")
    await entered.with_app("wati@contoh.test", Role.MODERATOR)
    await sign_in(await door(), "wati@contoh.test")
    assert not await Attempt.exists().where(Attempt.tries == 0)


async def test_tokens_of_links_are_not_guessed_without_end(door, monkeypatch):
    few = tuple(limit if limit.guess != Guess.LINK else type(limit)(limit.guess, limit.per, 3, limit.window) for limit in LIMITS)
    monkeypatch.setattr(limits, "LIMITS", few)
    browser = await door()
    for path, data in (("/reset/new", {}), ("/invitation", {"name": "x"})):
        given = {"token": "x" * 43, "password": entered.PASSWORD, **data}
        statuses = [(await browser.post(path, data=given)).status_code for _ in range(4)]
        assert statuses[-1] == 429


@pytest.mark.parametrize("guess", [guess for guess in Guess if guess not in {Guess.CLAIM, Guess.LINK}])
def test_every_guess_at_an_account_is_counted_per_account_and_per_source(guess):
    assert {limit.per for limit in LIMITS if limit.guess == guess} == set(Per)
