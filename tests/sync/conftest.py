import pytest

from tests.support import city as a_city


@pytest.fixture
async def city(planted, at):
    """The city and its people, on Monday 2 March 2026."""
    at("2026-01-05 08:00")
    founded = await a_city.founded()
    at("2026-03-02 09:00")
    return founded


@pytest.fixture
async def phone(door):
    """A phone nobody has signed in on."""
    return await door()
