import pytest

from tests.support import city as a_city
from tests.support.mailbox import mailbox

__all__ = ["mailbox"]


@pytest.fixture
async def city(planted, at):
    """The city and its people, on Monday 2 March 2026."""
    at("2026-01-05 08:00")
    founded = await a_city.founded()
    at("2026-03-02 09:00")
    return founded
