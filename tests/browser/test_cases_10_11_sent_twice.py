"""One complaint is sent more than once: it is stored once, and every sender hears the same."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from tests.browser import ledger, telling
from tests.browser.line import Exchange, Line
from tests.browser.phone import Phone
from tests.support.house import House
from tests.support.people import until

pytestmark = pytest.mark.browser

AT_ONE_MOMENT = 3
EVERYBODY_FOR_HIMSELF = "delete Navigator.prototype.locks"
"""A browser without Web Locks: its tabs and its worker know nothing of each other."""


async def test_case_10_a_server_that_dies_after_commit_and_before_its_answer_takes_the_complaint_once(
    house: House, line: Line, phone: Phone, photo: Path
) -> None:
    def dies(exchange: Exchange) -> bool:
        if not exchange.outcomes or not house.is_open:
            return False
        house.kill()
        return True

    await telling.write(phone, photo)
    line.loses = dies
    entry = await telling.send(phone)
    await until(lambda: _is_dead(house))
    assert len(ledger.rows(house, "SELECT id FROM complaint WHERE id = ?", entry["complaint"])) == 1, "it was committed"
    await ledger.is_in_sight(phone, entry, "Belum terkirim.")
    line.loses = None
    await house.open()
    await expect(phone.page.locator("[data-queue-empty]")).to_be_visible()
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry)
    outcomes = [one for one in line.outcomes if one["id"] == entry["id"]]
    assert [one["status"] for one in outcomes] == ["applied", "duplicate"]
    assert outcomes[0]["complaint"] == outcomes[1]["complaint"]


async def test_case_11_two_tabs_and_the_worker_sending_at_one_moment_tell_it_once(
    house: House, line: Line, phone: Phone, photo: Path
) -> None:
    await phone.context.add_init_script(EVERYBODY_FOR_HIMSELF)
    page = await telling.write(phone, photo)
    line.down()
    entry = await telling.send(phone)
    other = await phone.new_tab("/queue")
    await ledger.is_in_sight(phone, entry, "Belum terkirim.")
    line.before = _all_together(AT_ONE_MOMENT)
    await line.up()
    for tab in (page, other):
        await tab.get_by_role("button", name="Kirim sekarang").click()
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry, senders=AT_ONE_MOMENT)
    _all_heard_the_same([one for one in line.outcomes if one["id"] == entry["id"]], AT_ONE_MOMENT)


async def test_case_11_the_same_bytes_sent_many_times_at_one_moment_are_taken_once(house: House, line: Line, phone: Phone) -> None:
    await telling.write(phone)
    line.down()
    entry = await telling.send(phone)
    batch = {"protocol": 1, "operations": [entry["operation"]]}
    async with httpx.AsyncClient(base_url=house.address) as sender:
        answers = await asyncio.gather(*(sender.post("/api/sync", json=batch) for _ in range(8)))
    _all_heard_the_same([answer.json()["outcomes"][0] for answer in answers], 8)
    await line.up()
    await phone.open("/queue")
    await expect(phone.page.locator("[data-queue-empty]")).to_be_visible()
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry)


def _all_together(senders: int) -> Callable[[Exchange], Awaitable[None]]:
    """Nobody's batch goes on before so many are there."""
    barrier = asyncio.Barrier(senders)
    met = asyncio.Event()

    async def wait(exchange: Exchange) -> None:
        if exchange.operations and not met.is_set():
            await barrier.wait()
            met.set()

    return wait


def _all_heard_the_same(outcomes: list[dict[str, Any]], senders: int) -> None:
    assert sorted(one["status"] for one in outcomes) == ["applied", *["duplicate"] * (senders - 1)]
    assert [one["complaint"] for one in outcomes] == [outcomes[0]["complaint"]] * senders


async def _is_dead(house: House) -> bool:
    return not house.is_open
