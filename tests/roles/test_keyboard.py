"""A moderator who has no mouse: from the sign-in page to a forwarded complaint, always seeing where the focus is."""

import pytest
from playwright.async_api import expect

from tests.roles.keyboard import Keyboard
from tests.roles.walk import Meeting
from tests.support.people import DESK, PASSWORD, PHONE, Screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_a_moderator_forwards_by_keyboard_alone(meet: Meeting) -> None:
    async with meet("moderator-by-keyboard", DESK) as moderator:
        page = moderator.page
        hands = Keyboard(page)
        await moderator.open("/sign-in")
        await hands.go_to(page.get_by_label("Alamat email"))
        await hands.write("moderator2@contoh.test")
        await hands.go_to(page.get_by_label("Kata sandi, hanya"))
        await hands.write(PASSWORD)
        await hands.press("Enter")
        await expect(page.locator("details.account")).to_be_attached()
        await hands.press("Tab")
        await moderator.see("skip link")
        await hands.press("Enter")
        await hands.go_to(page.get_by_role("link", name="Buka daftar tugas"))
        await hands.press("Enter")
        await page.wait_for_url("**/work")
        await expect(page.locator(".desk__case .case__sentence")).to_be_visible()
        await hands.go_to(page.get_by_role("region", name="Menunggu diteruskan").locator(".card__link"))
        await moderator.see("card in the list")
        await hands.press("Enter")
        await page.wait_for_url("**/complaints/*")
        await expect(page.locator(".desk__list .card").first).to_be_visible()
        await hands.press("Tab", "Enter")
        step = page.locator("details.step--forward")
        await hands.go_to(step.locator("input[name=mode]:checked"))
        await hands.press("ArrowDown")
        await hands.see()
        await expect(step.get_by_label("Dua urusan, masing-masing")).to_be_checked()
        for agency in ("DLH", "DISHUB"):
            await hands.go_to(step.locator(f'input[name="agency"][value="{agency}"]'))
            await hands.press("Space")
            await hands.see()
        await moderator.see("two chosen")
        await hands.go_to(step.get_by_role("button", name="Teruskan sekarang"))
        await moderator.see("about to forward")
        await hands.press("Enter")
        await expect(page.locator(".case__top .badge")).to_have_text("Diteruskan")
        await hands.press("Tab")
        await hands.see()
        await hands.go_to(page.locator("details.account summary"))
        await hands.press("Enter")
        await hands.go_to(page.locator(".account__menu").get_by_role("link", name="Akun saya"))
        await moderator.see("menu")
        await hands.press("Enter")
        await page.wait_for_url("**/account")
        await moderator.see("account", last=True)
        assert hands.lost == []


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
async def test_whoever_tabs_through_a_page_sees_where_they_are(meet: Meeting, screen: Screen) -> None:
    """Nothing that stays on the screen hides it, and the ring is always drawn."""
    async with meet(f"guest-by-keyboard-{screen['viewport']['width']}", screen) as guest:
        hands = Keyboard(guest.page)
        for path in ("/", "/complaints/new", "/public", "/public/map", "/sign-in"):
            await guest.open(path)
            await hands.go_through()
        assert hands.lost == []
