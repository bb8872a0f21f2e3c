"""The map: fetched only when one is wanted, usable by keyboard and without signal, never showing other than its list."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.phone import Phone
from tests.support.house import House
from tests.support.people import until

pytestmark = pytest.mark.browser

_KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys())
    .map(({ url }) => url)))).flat().filter((url) => /\\/assets\\/map-/.test(url)).length"""


async def test_the_report_form_fetches_no_map_until_somebody_wants_one(house: House, phone: Phone) -> None:
    page = phone.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await phone.open("/complaints/new")
    assert [url for url in asked if "/assets/map-" in url] == []


async def test_without_signal_a_place_is_picked_by_keyboard_alone(house: House, phone: Phone) -> None:
    await phone.open("/complaints/new")
    await phone.is_ready_for_no_signal()
    page = await phone.open("/complaints/new")
    await until(lambda: _is_kept(page))
    house.kill()
    page = await phone.open("/complaints/new")
    opener, dialog = page.locator("[data-map-pick]"), page.locator("[data-map-dialog]")
    await opener.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".map__mark")).to_be_focused()
    await expect(dialog.locator("[data-map-use]")).to_be_disabled()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowUp"):
        await page.keyboard.press(key)
    await expect(dialog.locator("[data-map-said]")).to_contain_text("Dekat Kelurahan")
    await dialog.locator("[data-map-use]").press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(page.locator("[data-place-found]")).to_be_visible()
    north, east = [float(await page.locator(f"input[name={name}]").input_value()) for name in ("latitude", "longitude")]
    assert (-8.1 < north < -7.9, 112.55 < east < 112.7) == (True, True)
    assert await page.locator("select[name=area]").input_value() != ""
    assert await page.locator("input[name=area_estimated]").input_value() == "true"
    before = (north, east)
    await opener.press("Enter")
    await expect(page.locator(".map__mark")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Escape")
    assert float(await page.locator("input[name=latitude]").input_value()) == before[0], "closed, not taken"
    assert phone.faults == []


async def test_symbols_and_list_are_the_same_and_a_key_opens_what_is_there(house: House, phone: Phone) -> None:
    page = await phone.open("/public/map")
    listed = await page.locator("[data-point][data-lat]").count()
    await expect(page.locator(".map__ground .map__mark").first).to_be_visible()
    counts = await page.locator(".map__mark .symbol").evaluate_all("all => all.map((one) => Number(one.textContent.trim() || 1))")
    assert sum(counts) == listed > 0
    chosen = page.locator("[data-map-chosen] .card")
    for _ in range(20):
        if await chosen.count():
            break
        await page.locator(".map__mark").first.press("Enter")
        await page.wait_for_timeout(400)  # the map comes nearer
    await expect(chosen.first).to_be_visible()
    assert await chosen.first.locator("a").get_attribute("href") in await page.locator("[data-point] a").evaluate_all(
        "all => all.map((one) => one.getAttribute('href'))"
    )
    assert phone.faults == []


async def _is_kept(page: Page) -> bool:
    return bool(await page.evaluate(_KEPT) == 2)
