"""The manager's desk: who may come in, and what everybody else finds."""

import re

import pytest

from backend.actors.permissions import Role
from backend.agencies.tables import Change
from tests.support import city as walk
from tests.support.forms import sent

READING = [
    "/city",
    "/city/agencies",
    "/city/agencies?q=lampu",
    "/city/agencies?q=tidak-ada",
    "/city/agencies/new",
    "/city/agencies/SATPOL%20PP",
    "/city/agencies/KEL-KASIN",
    "/city/categories",
    "/city/categories/9",
    "/city/categories/33",
    "/city/elsewhere",
    "/city/elsewhere?try=listrik+padam",
    "/city/elsewhere/new",
    "/city/elsewhere/police",
    "/city/emergency",
    "/city/emergency?try=ada+kebakaran",
    "/city/emergency/new",
    "/city/emergency/fire",
    "/city/areas",
    "/city/areas/35.73.02.1006",
]
WRITING = [
    "/city/agencies",
    "/city/agencies/DLH",
    "/city/agencies/DLH/close",
    "/city/categories/9",
    "/city/elsewhere",
    "/city/elsewhere/police",
    "/city/emergency",
    "/city/emergency/fire",
    "/city/areas/35.73.02.1006",
]
UNKNOWN = ["/city/agencies/X", "/city/categories/99", "/city/elsewhere/x", "/city/emergency/x", "/city/areas/x"]
MAY_NOT = [
    (Role.CITIZEN, None),
    (Role.OFFICER, "DLH"),
    (Role.AGENCY_ADMIN, "DLH"),
    (Role.MODERATOR, None),
    (Role.SECRETARY, None),
    (Role.MAYOR, None),
]


@pytest.mark.parametrize("address", [*READING, "/city/changes"])
async def test_a_manager_opens_every_page(manager, address):
    answer = await manager.get(address)
    assert answer.status_code == 200, answer.text
    assert "None" not in re.sub(r"<[^>]*>", "", answer.text)


@pytest.mark.parametrize("address", UNKNOWN)
async def test_what_is_not_there_is_not_found(manager, address):
    assert (await manager.get(address)).status_code == 404
    assert (
        await manager.post(address, data={"reason": "x", "latitude": "0", "longitude": "0", "words": "x", "number": "112"})
    ).status_code in {404, 422}
    assert await Change.count() == 0


@pytest.mark.parametrize(("role", "agency"), MAY_NOT)
async def test_for_everybody_else_the_pages_do_not_exist(city, door, role, agency):
    browser = await door(await walk.person(role, agency))
    assert {(await browser.get(address)).status_code for address in READING} == {404}
    assert {(await browser.post(address, data={})).status_code for address in WRITING} == {404}


async def test_who_has_not_signed_in_is_asked_to(city, door):
    browser = await door()
    assert {(await browser.get(address)).status_code for address in [*READING, "/city/changes"]} == {401}
    assert {(await browser.post(address, data={})).status_code for address in WRITING} == {401}


@pytest.mark.parametrize(
    ("role", "agency", "status"),
    [
        (Role.MODERATOR, None, 200),
        (Role.AGENCY_ADMIN, "DLH", 200),
        (Role.SECRETARY, None, 200),
        (Role.CITIZEN, None, 404),
        (Role.OFFICER, "DLH", 404),
        (Role.MAYOR, None, 200),
    ],
)
async def test_who_may_read_what_was_changed(city, door, manager, role, agency, status):
    await sent(manager, "/city/categories/9", name="Lampu mati", reason="Rapat warga")
    browser = await door(await walk.person(role, agency))
    answer = await browser.get("/city/changes")
    assert answer.status_code == status
    assert ("Rapat warga" in answer.text) == (status == 200)
    assert 'href="/city/categories/9"' not in answer.text


async def test_a_sentence_can_be_tried(manager):
    assert "Ada bahaya? Telepon 112" in (await manager.get("/city/emergency?try=Ada+kebakaran")).text
    assert "tidak memunculkan apa-apa" in (await manager.get("/city/emergency?try=jalan+berlubang")).text


async def test_pages_are_kept_for_nobody_else(manager):
    assert (await manager.get("/city")).headers["cache-control"] == "private, no-store"
