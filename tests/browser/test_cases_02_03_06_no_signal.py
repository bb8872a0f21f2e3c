"""A complaint with a photo is told without signal, and the signal comes back: to an open page, to a closed one, to a worker that was stopped."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser import ledger, telling
from tests.browser.line import Line
from tests.browser.phone import Phone
from tests.support.house import House

pytestmark = pytest.mark.browser


async def test_case_02_a_photo_queued_without_signal_arrives_when_there_is_signal_again(house: House, phone: Phone, photo: Path) -> None:
    await telling.write(phone, photo)
    await phone.context.set_offline(offline=True)
    entry = await telling.send(phone)
    await ledger.is_in_sight(phone, entry, "Belum terkirim.")
    await phone.context.set_offline(offline=False)
    await expect(phone.page.locator("[data-queue-empty]")).to_be_visible()
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry)


async def test_case_03_it_arrives_with_no_page_open(house: House, line: Line, phone: Phone, photo: Path) -> None:
    await telling.write(phone, photo)
    line.down()
    entry = await telling.send(phone)
    await ledger.is_in_sight(phone, entry, "Belum terkirim.")
    await phone.close_tab()
    await line.up()
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry)


async def test_case_06_it_arrives_though_the_worker_was_stopped_before(house: House, line: Line, phone: Phone, photo: Path) -> None:
    await telling.write(phone, photo)
    line.down()
    entry = await telling.send(phone)
    await ledger.is_in_sight(phone, entry, "Belum terkirim.")
    await phone.close_tab()
    await phone.worker_stops()
    await line.up()
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry)
