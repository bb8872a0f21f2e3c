"""Something dies in the middle of a photo: what has arrived stays, and only the rest travels."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser import ledger, telling
from tests.browser.ledger import Row
from tests.browser.line import Line
from tests.browser.phone import Phone
from tests.support.house import House
from tests.support.people import PATIENCE

pytestmark = pytest.mark.browser

PIECE = 128 * 1024
TWO_PIECES = 2 * PIECE
BROKEN_AT = TWO_PIECES + 40 * 1024
"""In the middle of the third piece."""


async def test_case_04_a_browser_killed_in_the_middle_of_a_photo_goes_on_from_there(
    house: House, line: Line, phone: Phone, photo: Path
) -> None:
    entry = await _broken_off(line, phone, photo)
    await phone.kill()
    _cut(house, line, entry)
    await phone.switch_on()
    await ledger.is_in_sight(phone, entry, "Fotonya masih dikirim")
    await line.up()
    await expect(phone.page.locator("[data-queue-empty]")).to_be_visible()
    await _arrives_in_pieces(house, line, phone, entry)


async def test_case_05_a_tab_closed_in_the_middle_of_a_photo_leaves_the_rest_to_the_worker(
    house: House, line: Line, phone: Phone, photo: Path
) -> None:
    entry = await _broken_off(line, phone, photo)
    await phone.close_tab()
    _cut(house, line, entry)
    await line.up()
    await _arrives_in_pieces(house, line, phone, entry)


async def test_case_05_a_tab_closed_in_the_middle_of_a_photo_goes_on_from_there_when_it_is_opened_again(
    house: House, line: Line, plain_phone: Phone, photo: Path
) -> None:
    """The same where the browser has no Background Sync."""
    entry = await _broken_off(line, plain_phone, photo)
    await plain_phone.close_tab()
    _cut(house, line, entry)
    await line.up()
    await plain_phone.open("/queue")
    await expect(plain_phone.page.locator("[data-queue-empty]")).to_be_visible()
    await _arrives_in_pieces(house, line, plain_phone, entry)


async def _broken_off(line: Line, phone: Phone, photo: Path) -> Row:
    """The text has arrived, the photo stands still in the middle of a piece."""
    await telling.write(phone, photo)
    line.stand_still_after(BROKEN_AT)
    entry = await telling.send(phone)
    await expect(phone.page.get_by_text("Sudah diterima Pemkot")).to_be_visible()
    await asyncio.wait_for(line.stalled.wait(), PATIENCE)
    return entry


def _cut(house: House, line: Line, entry: Row) -> None:
    """Nothing gets through any more. The house waits for the rest."""
    line.down()
    line.exchanges.clear()
    [photo] = ledger.photos(house, entry["complaint"])
    assert photo["state"] == "awaited"
    assert TWO_PIECES <= photo["received"] <= BROKEN_AT


async def _arrives_in_pieces(house: House, line: Line, phone: Phone, entry: Row) -> None:
    """Each piece begins where the house had got to, and no more than one piece travels for nothing."""
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry)
    [photo] = entry["operation"]["photos"]
    taken = [upload for upload in line.uploads if upload.status == 204]
    ends = [upload.offset + upload.passed for upload in taken]
    assert TWO_PIECES <= taken[0].offset <= BROKEN_AT
    assert [upload.offset for upload in taken[1:]] == ends[:-1]
    assert ends[-1] == photo["size"]
    assert sum(upload.passed for upload in line.uploads) <= photo["size"] - taken[0].offset + PIECE
