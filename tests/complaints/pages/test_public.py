"""The public side as a browser meets it: lists that need no scripts, one complaint, following it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.complaints import parts, public
from backend.complaints.operations import Place
from backend.complaints.tables import Follower
from tests.support import asked
from tests.support import city as a_city
from tests.support.published import hidden, published
from tests.support.walked import applied, told

AREA = "35.73.02.1010"
STRANGE = [
    "?area=%00",
    "?category=%27",
    "?state=x",
    "?near=a,b",
    "?near=nan,inf",
    "?near=99,999",
    "?after=%00",
    "?after=" + "Z" * 60,
    "?number=%00",
]


def listed(page):
    return re.findall(r'class="card__link" href="/public/(\w+)"', page)


@pytest.mark.parametrize("address", ["/public", "/public/map"])
async def test_with_nothing_to_show_it_says_what_will_be_there(city, door, address):
    browser = await door()
    assert "Di sini nanti tampil aduan warga" in (await browser.get(address)).text
    assert "Belum ada aduan yang cocok" in (await browser.get(f"{address}?state=closed")).text
    assert "di sekitar titik ini" in (await browser.get(f"{address}?near=-7.97,112.63")).text


@pytest.mark.parametrize("asked_for", STRANGE)
async def test_what_cannot_be_asked_is_not_asked(city, door, asked_for):
    one = await published(city, place=Place(area=AREA))
    for address in ("/public", "/public/map"):
        answer = await (await door()).get(address + asked_for)
        assert (answer.status_code, listed(answer.text)) == (200, [one.number])
    assert (await (await door()).get("/agencies?q=%00")).status_code == 200


@pytest.mark.parametrize(
    "address", ["/public/%00", "/public/%27", "/agencies/%00", "/agencies/NOSUCH", "/public/" + "Z" * 150, "/public/photos/%00"]
)
async def test_an_address_that_is_none_is_not_there(city, door, address):
    assert (await (await door()).get(address)).status_code == 404


async def test_a_form_without_scripts_sifts_and_its_address_can_be_passed_on(city, door):
    one = await published(city, category="1", place=Place(area=AREA))
    await published(city, category="15", place=Place(area=AREA))
    page = (await (await door()).get(f"/public?area={AREA}&category=Jalan+dan+saluran&state=open")).text
    assert listed(page) == [one.number]
    form = page[page.index('<form class="sieve__form"') : page.index("</form>", page.index("sieve__form"))]
    assert re.findall(r'name="(\w+)"', form) == ["area", "category", "state"]
    assert 'method="get"' in form
    chosen = re.findall(r'<option value="([^"]+)"\s+selected', form)
    assert chosen == [AREA, "Jalan dan saluran", "open"]


async def test_further_pages_keep_what_was_asked(city, door, monkeypatch):
    monkeypatch.setattr(public, "PAGE", 2)
    numbers = [(await published(city, place=Place(area=AREA))).number for _ in range(5)]
    await published(city)
    browser, seen, address = await door(), [], f"/public?area={AREA}"
    while address:
        page = (await browser.get(address)).text
        seen += listed(page)
        more = re.search(r'class="more"><a class="[^"]*" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else ""
        assert not address or parse_qs(urlsplit(address).query)["area"] == [AREA]
    assert seen == numbers[::-1]


async def test_map_and_list_show_the_same(city, door):
    numbers = {(await published(city, place=Place(latitude=-7.97 - step / 100, longitude=112.63, area=AREA))).number for step in range(3)}
    browser = await door()
    page = (await browser.get("/public/map")).text
    assert set(listed(page)) == set(listed((await browser.get("/public")).text)) == numbers
    assert len(re.findall(r"<li data-point\s+data-lat=", page)) == 3
    assert re.search(r'<a href="/public/map\?area=35\.73\.02\.1010">Gading Kasri</a>\s*<b>3</b>', page)


async def test_a_number_leads_to_its_complaint_and_another_says_so(city, door):
    one, waiting = await published(city), await told(city.citizen)
    browser = await door()
    found = await browser.get(f"/public?number=srk {one.number}")
    assert (found.status_code, found.headers["location"]) == (303, f"/public/{one.number}")
    assert "tidak ada di daftar umum" in (await browser.get("/public?number=7F3K9Q")).text
    assert waiting


async def test_every_reader_opens_what_is_public_in_its_name(city, door):
    one = await published(city)
    for reader in (None, city.citizen, city.moderator, city.parks):
        browser = await door(reader)
        page = await browser.get(f"/public/{one.number.lower()}")
        assert page.status_code == 200
        assert f'<link rel="canonical" href="http://127.0.0.1:8000/public/{one.number}">' in page.text
        assert (page.headers["x-sambat-scope"] == "public") == (reader is None)


async def test_a_complaint_that_is_no_longer_public_is_nowhere(city, door):
    one = await published(city)
    await hidden(city, one.id)
    browser = await door(city.citizen)
    for address in (f"/public/{one.number}", f"/public/photos/{one.id}", "/public/photos/satu", "/public/NOSUCH"):
        assert (await browser.get(address)).status_code == 404
    for address in (f"/public/{one.number}/follow", f"/public/{one.number}/still-broken"):
        assert (await browser.post(address, data={"text": "Masih."})).status_code == 404


async def test_who_has_no_account_is_led_to_one_and_back(city, door):
    one = await published(city)
    browser = await door()
    assert f'href="/sign-in?next=/public/{one.number}"' in (await browser.get(f"/public/{one.number}")).text
    assert (await browser.post(f"/public/{one.number}/follow")).status_code == 401


async def test_ones_own_is_opened_not_followed(city, door):
    one = await published(city)
    browser = await door(city.citizen)
    page = (await browser.get(f"/public/{one.number}")).text
    assert f'href="/complaints/{one.id}"' in page
    assert "/follow" not in page
    assert (await browser.post(f"/public/{one.number}/follow", data={"on": "true"})).status_code == 409


async def test_a_neighbour_follows_says_so_and_stops(city, door):
    one = await published(city)
    neighbour = await a_city.person("citizen")
    browser, address = await door(neighbour), f"/public/{one.number}"
    assert (await browser.post(f"{address}/follow", data={"on": "true"})).headers["location"] == address
    page = (await browser.get(address)).text
    assert "1 warga lain ikut mengeluhkan ini." in page
    assert ("Berhenti mengikuti" in page, "Masih bermasalah" in page) == (True, False)
    await applied(parts.finish(city.roads, asked.finish(city.roads, one.part)))
    assert "Masih bermasalah" in (await browser.get(address)).text
    empty = await browser.post(f"{address}/still-broken", data={"text": " "})
    assert (empty.status_code, "still-text-problem" in empty.text) == (422, True)
    assert (await browser.post(f"{address}/still-broken", data={"text": "Masih gelap."})).status_code == 303
    assert "Warga lain yang mengikuti aduan ini menyatakan masih bermasalah." in (await browser.get(address)).text
    assert "Masih gelap." not in (await browser.get(address)).text
    await browser.post(f"{address}/follow", data={"on": "false"})
    assert await Follower.count() == 0


async def test_text_is_text(city, door):
    one = await published(city, text='<script>alert(1)</script> {{ 7 * 7 }} " onload=x')
    for address in ("/public", "/public/map", f"/public/{one.number}"):
        page = (await (await door()).get(address)).text
        assert ("<script>alert" in page, "{{ 7 * 7 }}" in page) == (False, True)
