import pytest

from backend.actors.permissions import Role
from tests.support import city as walk


@pytest.fixture
async def city(planted):
    return await walk.founded()


@pytest.fixture
async def manager(city, door):
    return await door(await walk.person(Role.MANAGER))
