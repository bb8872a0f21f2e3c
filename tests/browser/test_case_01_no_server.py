"""The server is dead, and somebody opens the app."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.phone import Phone
from tests.support.house import House

pytestmark = pytest.mark.browser

SHELLS = {
    "/complaints/new": 'form[data-operation="complaint.submit"] textarea',
    "/queue": "[data-queue-empty]",
    "/offline": "main h1",
    "/receipt": "[data-receipt-none]",
    "/claim": "[data-claim-form] [name=key]",
}
"""Each page that is the same for everybody, and what makes it usable."""


async def test_case_01_with_the_server_dead_every_shell_and_every_page_seen_before_is_there(house: House, phone: Phone) -> None:
    await phone.sign_in("warga@contoh.test")
    page = await phone.open("/")
    case = str(await page.locator('a[href^="/complaints/"]:not([href="/complaints/new"])').first.get_attribute("href"))
    await phone.open(case)
    words = await phone.page.locator("main h1").inner_text()
    await phone.open("/")
    await phone.is_ready_for_no_signal("/", case)
    house.kill()
    for path, needed in SHELLS.items():
        await _is_usable(await _reloaded(phone, path), needed)
        await expect(phone.page.locator("[data-saved-at]")).to_be_hidden()
    for path, needed in (("/", "[data-draft] textarea"), (case, f"main h1:has-text({words!r})")):
        await _is_usable(await _reloaded(phone, path), needed)
        await expect(phone.page.locator("[data-saved-at]")).to_contain_text("Disimpan pukul")
    await _is_usable(await _reloaded(phone, "/complaints/00000000-0000-7000-8000-000000000000"), "main h1")
    assert await phone.page.title() == await _title(phone, "/offline"), "a page nobody has kept"


async def _reloaded(phone: Phone, path: str) -> Page:
    """By hand, as people do when nothing happens."""
    await phone.open(path)
    await phone.page.reload()
    return phone.page


async def _is_usable(page: Page, needed: str) -> None:
    """It says what it is for, its own style and script are there, and it leads on."""
    await expect(page.locator(needed).first).to_be_visible()
    await expect(page.locator('nav a[href="/queue"]').first).to_be_attached()
    assert await page.evaluate("[...document.styleSheets].some(({ cssRules }) => cssRules.length > 0)")
    assert await page.evaluate("performance.getEntriesByType('resource').some(({ name }) => /main-\\w+\\.js$/.test(name))")


async def _title(phone: Phone, path: str) -> str:
    return await (await phone.open(path)).title()
