"""The front door, and what a phone asks for by itself."""

import pytest

from backend.complaints import actions
from tests.support import asked
from tests.support import city as a_city


@pytest.fixture
async def city(planted):
    return await a_city.founded()


async def test_everybody_is_asked_the_one_question(city, door):
    page = await (await door()).get("/")
    assert page.status_code == 200
    assert "Ada yang mau disambatkan?" in page.text
    assert page.headers["x-sambat-scope"] == "public"


async def test_who_told_something_sees_what_became_of_it(city, door):
    op = asked.submit(city.citizen)
    await actions.submit(city.citizen, op)
    assert f'id="complaint-{op.complaint}"' in (await (await door(city.citizen)).get("/")).text
    assert str(op.complaint) not in (await (await door(city.officer)).get("/")).text


async def test_who_works_for_the_city_finds_the_way_to_the_work(city, door):
    await actions.submit(city.citizen, asked.submit(city.citizen))
    page = (await (await door(city.moderator)).get("/")).text
    assert 'href="/work"' in page
    assert "Menunggu diteruskan: 1" in page


@pytest.mark.parametrize("address", ["/queue", "/receipt", "/offline", "/claim", "/complaints/new"])
async def test_what_a_phone_keeps_is_the_same_for_everybody(city, door, address):
    pages = [(await browser.get(address)) for browser in (await door(), await door(city.moderator))]
    assert {page.status_code for page in pages} == {200}
    assert {page.headers["x-sambat-scope"] for page in pages} == {"public"}
    assert all("data-shell" in page.text for page in pages)
    assert "Siti" not in pages[1].text
    if address != "/complaints/new":  # which carries a fresh operation id
        assert pages[0].text == pages[1].text


async def test_health_is_told_without_a_session(door, database):
    assert (await (await door()).get("/healthz")).json() == {"status": "ok", "release": "dev"}


async def test_the_manifest_says_what_is_installed(door):
    answer = await (await door()).get("/manifest.webmanifest")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "application/manifest+json")
    assert answer.json()["start_url"]
