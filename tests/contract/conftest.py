import pytest

from tests.support import city as a_city


@pytest.fixture
async def city(planted):
    """The city and its people."""
    return await a_city.founded()
