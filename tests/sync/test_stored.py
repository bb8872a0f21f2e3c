"""A stranger counts what is stored: every operation once, in one order, and nothing of whose it was or what it said."""

import pytest

from backend.actors.permissions import Role
from backend.complaints import actions
from backend.operations import digest
from tests.support import asked
from tests.support.city import person

DOOR = "/api/admin/operations"


@pytest.fixture
async def sent(city):
    """What seven reporters have sent, one of them with no name."""
    sent = [asked.submit(city.citizen) for _ in range(6)] + [asked.anonymous()]
    for op in sent:
        await actions.submit(asked.guest() if op.owner is None else city.citizen, op)
    return sent


@pytest.fixture
async def manager(city, door):
    return await door(await person(Role.MANAGER))


async def test_the_manager_counts_every_operation_once_page_by_page(sent, manager):
    found, after = [], {}
    while after is not None:
        page = (await manager.get(DOOR, params={"limit": 3, **after})).json()
        found += page["operations"]
        after = {"after": page["next"]} if page["next"] else None
    wanted = [{"id": str(op.id), "kind": "complaint.submit", "digest": digest(op), "status": "applied"} for op in sent]
    assert found == sorted(wanted, key=lambda one: one["id"])


async def test_neither_words_nor_owners_are_told(sent, manager, city):
    told = (await manager.get(DOOR)).text
    assert asked.WORDS not in told
    assert str(city.citizen.account) not in told
    assert str(sent[0].complaint) not in told


@pytest.mark.parametrize("asking", [{"after": "first"}, {"limit": "0"}, {"limit": "1001"}, {"limit": "all"}])
async def test_what_cannot_be_read_is_refused(manager, asking):
    answer = await manager.get(DOOR, params=asking)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


async def test_for_everybody_else_there_is_no_such_door(city, door):
    for role in set(Role) - {Role.MANAGER}:
        someone = await door(await person(role, "DLH" if role in {Role.OFFICER, Role.AGENCY_ADMIN} else None))
        assert (await someone.get(DOOR)).status_code == 404
    assert (await (await door()).get(DOOR)).status_code == 401
