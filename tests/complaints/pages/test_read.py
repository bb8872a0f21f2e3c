"""What a person may open: their own, what concerns their OPD, what waits for them; everybody else finds nothing."""

import re
from uuid import UUID, uuid4

import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions, parts, photos, queries
from backend.complaints.tables import Complaint
from tests.support import asked, pictures

NOBODYS = UUID(int=7)


async def told(reporter=None, **other):
    op = asked.submit(reporter, **other)
    await actions.submit(reporter or NOBODY, op)
    return op


async def forwarded(city, reporter=None, agency="DPUPRPKP"):
    op = await told(reporter)
    await actions.forward(city.moderator, asked.forward(city.moderator, op.complaint, agency))
    [part] = await queries.parts_of(op.complaint)
    return op.complaint, part.id


async def test_a_complaint_is_there_for_whom_it_concerns_and_for_nobody_else(city, door):
    complaint, _ = await forwarded(city, city.citizen)
    seen = {}
    for name in ("citizen", "moderator", "roads", "officer", "parks"):
        seen[name] = (await (await door(getattr(city, name))).get(f"/complaints/{complaint}")).status_code
    assert seen == {"citizen": 200, "moderator": 200, "roads": 200, "officer": 200, "parks": 404}
    guest = await door()
    hidden, missing = await guest.get(f"/complaints/{complaint}"), await guest.get(f"/complaints/{uuid4()}")
    assert (hidden.status_code, hidden.text) == (missing.status_code, missing.text)


@pytest.mark.parametrize("address", ["/complaints/satu", "/complaints/1", "/photos/satu", "/nowhere", "/photos/satu/small"])
async def test_an_address_that_is_none_is_a_page_that_says_so(door, address):
    answer = await (await door()).get(address)
    assert answer.status_code == 404
    assert "<html" in answer.text
    assert answer.headers["x-sambat-scope"] == "public"


async def test_a_page_names_its_reader_and_is_kept_by_nobody_on_the_way(city, door):
    complaint, _ = await forwarded(city, city.citizen)
    page = await (await door(city.citizen)).get(f"/complaints/{complaint}")
    assert page.headers["cache-control"] == "private, no-store"
    assert page.headers["x-sambat-scope"] != "public"
    assert f'data-owner="{city.citizen.account}"' in page.text


async def test_my_complaints_are_mine_and_the_newest_comes_first(city, door, at):
    mine = []
    for hour in (9, 10, 11):
        at(f"2026-03-02 {hour:02}:00")
        mine.append((await told(city.citizen)).complaint)
    other = (await told(city.officer)).complaint
    page = (await (await door(city.citizen)).get("/complaints")).text
    assert re.findall(r'id="complaint-([0-9a-f-]{36})"', page) == [str(complaint) for complaint in reversed(mine)]
    assert str(other) not in page


@pytest.mark.parametrize("reader", ["citizen", "moderator"])
async def test_a_long_list_is_read_page_by_page_without_gap_or_repetition(city, door, at, monkeypatch, reader):
    monkeypatch.setattr(queries, "PAGE", 3)
    for minute in range(7):
        at(f"2026-03-02 10:0{minute // 2}")  # some at the same moment
        await told(city.citizen)
    browser, address, seen = await door(getattr(city, reader)), "/complaints" if reader == "citizen" else "/work", []
    while address:
        page = (await browser.get(address)).text
        seen += re.findall(r'id="complaint-([0-9a-f-]{36})"', page)
        further = re.search(r'href="((?:/complaints|/work)\?after=[^"]*)"', page)
        address = further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    "after",
    [
        "",
        "satu",
        "2026-01-01",
        "2026-01-01_",
        f"0001-01-01T00:00:00+14:00_{NOBODYS}",
        f"9999-12-31T23:59:59-12:00_{NOBODYS}",
        f"2026-01-01T00:00_{NOBODYS}",
        "%00",
    ],
)
async def test_an_odd_place_in_a_list_is_its_beginning_or_its_end(city, door, after):
    await told(city.citizen)
    for browser, address in ((await door(city.citizen), "/complaints"), (await door(city.moderator), "/work")):
        assert (await browser.get(f"{address}?after={after}")).status_code == 200


async def test_the_work_list_shows_to_each_what_waits_for_him(city, door):
    waiting = (await told(city.citizen)).complaint
    given, part = await forwarded(city, city.citizen)
    elsewhere, _ = await forwarded(city, city.citizen, "DLH")
    await parts.name_officer(city.roads, asked.name_officer(city.roads, part, city.officer))
    listed = {}
    for name in ("moderator", "roads", "officer", "parks"):
        page = (await (await door(getattr(city, name))).get("/work")).text
        listed[name] = set(re.findall(r'id="complaint-([0-9a-f-]{36})"', page))
    assert listed == {"moderator": {str(waiting)}, "roads": {str(given)}, "officer": {str(given)}, "parks": {str(elsewhere)}}


async def test_the_work_list_is_for_those_who_work_here(city, door):
    assert (await (await door()).get("/work")).status_code == 401
    assert (await (await door(city.citizen)).get("/work")).status_code == 404


async def test_an_open_list_asks_and_gets_nothing_until_something_moves(city, door):
    await told(city.citizen)
    browser = await door(city.moderator)
    page = (await browser.get("/work")).text
    asks = re.search(r'hx-get="(/work\?version=[^"]*)"', page)[1].replace("&amp;", "&")
    quiet = await browser.get(asks, headers={"HX-Request": "true"})
    assert (quiet.status_code, quiet.text) == (204, "")
    await told(city.officer)
    moved = await browser.get(asks, headers={"HX-Request": "true"})
    assert moved.status_code == 200
    assert "<html" not in moved.text
    assert len(re.findall(r'id="complaint-[0-9a-f-]{36}"', moved.text)) == 2


async def test_a_photo_is_seen_by_whoever_may_see_its_complaint(city, door):
    content = pictures.jpeg()
    op = await told(city.citizen, photos=(asked.photo(content),))
    address = f"/photos/{op.photos[0].id}"
    citizen = await door(city.citizen)
    assert (await citizen.get(address)).status_code == 404
    await photos.store_whole(op.photos[0].id, content)
    await photos.process(op.photos[0].id)
    for size in ("", "/small"):
        seen = await citizen.get(address + size)
        assert (seen.status_code, seen.headers["content-type"], seen.headers["x-content-type-options"]) == (200, "image/jpeg", "nosniff")
        assert seen.headers["cache-control"] == "private, no-store"
        for stranger in (await door(), await door(city.parks)):
            assert (await stranger.get(address + size)).status_code == 404
    assert (await (await door(city.moderator)).get(address)).status_code == 200
    assert (await citizen.get(f"/photos/{uuid4()}")).status_code == 404
    assert "x-sambat-scope" not in (await citizen.get(f"{address}/small")).headers
    await Complaint.update({Complaint.confidential: True}).where(Complaint.id == op.complaint)
    assert (await citizen.get(f"{address}/small")).headers["x-sambat-scope"] == "none"  # for no phone's disk


async def test_text_is_text_on_every_page(city, door):
    words = '<script>alert(1)</script> {{ 7 * 7 }} " onload=x'
    op = await told(city.citizen, text=words)
    for browser, address in (
        (await door(city.citizen), f"/complaints/{op.complaint}"),
        (await door(city.citizen), "/"),
        (await door(city.moderator), "/work"),
    ):
        page = (await browser.get(address)).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "{{ 7 * 7 }}" in page


async def test_pages_of_states_and_roles_all_open(city, door):
    """Whoever may read it opens it in every state on the way."""
    browsers = [await door(who) for who in (city.citizen, city.moderator, city.roads, city.officer)]

    async def all_open(complaint):
        for browser in browsers:
            answer = await browser.get(f"/complaints/{complaint}")
            assert answer.status_code in {200, 404}
        return answer

    complaint = (await told(city.citizen, place=asked.Place(latitude=-7.7956, longitude=110.3695), category="1")).complaint
    await all_open(complaint)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await all_open(complaint)
    await parts.name_officer(city.roads, asked.name_officer(city.roads, part.id, city.officer))
    await parts.visit(city.officer, asked.visit(city.officer, part.id))
    await all_open(complaint)
    await parts.finish(city.officer, asked.finish(city.officer, part.id, seen="in_progress", photos=(asked.photo(),)))
    await all_open(complaint)
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    await all_open(complaint)
    assert (await Complaint.objects().get(Complaint.id == complaint)).status == "disputed"
