"""One house for all cases, a line to it that each case may spoil, and a new phone for each."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.browser import telling
from tests.browser.line import Line
from tests.browser.phone import Phone
from tests.support.house import House
from tests.support.people import MALANG
from tests.support.servers import temporary_folder


@pytest.fixture(scope="session")
async def shared_house(told: Path) -> AsyncIterator[House]:
    with temporary_folder("sambat-browser-") as folder:
        opened = House(folder, told)
        try:
            await opened.open()
            yield opened
        finally:
            opened.close()


@pytest.fixture
async def house(shared_house: House) -> House:
    """Open again where the case before ended while it was dead."""
    if not shared_house.is_open:
        await shared_house.open()
    return shared_house


@pytest.fixture
async def line(house: House) -> AsyncIterator[Line]:
    async with Line(house.port) as laid:
        yield laid


@pytest.fixture
async def phone(line: Line, browser: Browser, tmp_path: Path) -> AsyncIterator[Phone]:
    """Its worker may send with no page open."""
    async with _bought(Phone(browser, tmp_path / "profile", line.address, MALANG["permissions"])) as one:
        yield one


@pytest.fixture
async def plain_phone(line: Line, browser: Browser, tmp_path: Path) -> AsyncIterator[Phone]:
    """Whose browser sends only while a page is open."""
    async with _bought(Phone(browser, tmp_path / "profile", line.address, ["geolocation"])) as one:
        yield one


@asynccontextmanager
async def _bought(phone: Phone) -> AsyncIterator[Phone]:
    await phone.switch_on()
    yield phone
    await phone.switch_off()
    assert phone.faults == []


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return telling.write_photo(tmp_path)
