"""One house for all roles, as `make run` opens it, with its demo stories; everybody comes with a browser of their own."""
# ruff: noqa: E402  (rewriting is asked for before the modules are imported)

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.roles.walk", "tests.roles.keyboard")

from playwright.async_api import Browser, expect

from tests.roles.walk import Meeting, walking
from tests.support.house import House
from tests.support.people import PATIENCE
from tests.support.servers import temporary_folder


@pytest.fixture(scope="session")
async def house(told: Path) -> AsyncIterator[House]:
    expect.set_options(timeout=PATIENCE * 1000)
    with temporary_folder("sambat-roles-") as folder:
        opened = House(folder, told)
        try:
            await opened.open()
            yield opened
        finally:
            opened.close()


@pytest.fixture
def meet(house: House, browser: Browser) -> Meeting:
    """`async with meet("moderator", DESK) as moderator:` is that role's first five minutes."""
    return lambda role, screen: walking(house, browser, role, screen)
