"""The page that shows every component: for whoever builds, not for a city."""

import re

import pytest

from backend.styleguide import LONG
from tests.support.given import production
from tests.support.tree import ROOT

MACROS = {
    "badge", "button", "card", "field", "fold", "hints", "kinds", "notice", "pending", "photo", "place", "promise", "receipt", "timeline",
}  # fmt: skip


async def test_it_is_drawn_by_the_macros_that_pages_use(database, door):
    page = await (await door()).get("/styleguide")
    assert page.status_code == 200
    assert page.headers["x-sambat-scope"] == "none"
    assert LONG in page.text
    template = (ROOT / "frontend" / "pages" / "styleguide.html").read_text()
    assert set(re.findall(r'from "components/(\w+)\.html"', template)) >= MACROS


@pytest.mark.parametrize("light", ["light", "dark"])
async def test_it_is_light_or_dark_as_asked(database, door, light):
    page = (await (await door()).get(f"/styleguide?light={light}")).text
    assert re.search(rf'href="/assets/{light}[-.\w]*css"', page)


async def test_a_city_has_none(database, door):
    with production():
        assert (await (await door()).get("/styleguide")).status_code == 404
