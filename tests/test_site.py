"""What the service says of itself, and what search engines may read."""

import re
from urllib.robotparser import RobotFileParser

import pytest

from tests.support import city as a_city
from tests.support.published import published
from tests.support.walked import told

WORDS = {"/about": "Anda yang memutuskan beres.", "/privacy": "Undang-Undang Nomor 27 Tahun 2022", "/accessibility": "WCAG 2.2"}


@pytest.fixture
async def city(planted, at):
    at("2026-01-05 08:00")
    founded = await a_city.founded()
    at("2026-03-02 09:00")
    return founded


@pytest.mark.parametrize("address", WORDS)
async def test_pages_about_the_service_are_open_to_everybody_and_named(city, door, address):
    for reader in (None, city.citizen, city.moderator):
        page = (await (await door(reader)).get(address)).text
        assert WORDS[address] in page
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in page
        assert len(re.findall(r'<meta name="description"\s+content="[^"]{40,}"', page)) == 1
        assert page.count("<h1") == 1


async def test_every_page_leads_to_them(city, door):
    foot = (await (await door()).get("/")).text.partition("<footer")[2]
    assert {"/public", "/agencies", "/about", "/privacy", "/accessibility"} <= set(re.findall(r'href="(/\w+)"', foot))


async def test_anonymity_is_told_as_it_is(city, door):
    page = (await (await door()).get("/privacy")).text
    assert "Tanpa nama berarti kami tidak bisa menghubungi Anda lewat telepon." in page


@pytest.mark.parametrize(
    ("address", "readable"),
    [
        ("/", True),
        ("/public", True),
        ("/public/7F3K9Q", True),
        ("/agencies/DLH", True),
        ("/about", True),
        ("/complaints/new", True),
        ("/complaints", False),
        ("/complaints/0190b4d2", False),
        ("/work", False),
        ("/sign-in", False),
        ("/photos/0190b4d2", False),
        ("/api/sync", False),
        ("/city", False),
    ],
)
async def test_search_engines_read_what_is_public_and_nothing_else(door, database, address, readable):
    answer = await (await door()).get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    robots = RobotFileParser()
    robots.parse([line.replace("/$", "/index") if line == "Allow: /$" else line for line in answer.text.splitlines()])
    assert robots.can_fetch("*", "/index" if address == "/" else address) == readable


async def test_the_map_of_the_site_names_every_public_page(city, door):
    one, waiting = await published(city), await told(city.citizen)
    answer = await (await door()).get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    addresses = re.findall(r"<loc>http://127\.0\.0\.1:8000([^<]*)</loc>", answer.text)
    assert {"/", "/public", "/agencies/DPUPRPKP", "/agencies/SATPOL%20PP", f"/public/{one.number}"} <= set(addresses)
    assert f"<loc>http://127.0.0.1:8000/public/{one.number}</loc><lastmod>2026-03-02</lastmod>" in answer.text
    assert sum(address.startswith("/public/") for address in addresses) == 1
    assert waiting
