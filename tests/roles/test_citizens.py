"""The first five minutes of people who have something to tell: without an account, with a code by mail, and without a name."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.roles.walk import Meeting, Walk
from tests.support.people import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST_CARD = ".cards .card__link"


async def test_a_guest_looks_around_tells_it_and_holds_the_receipt(meet: Meeting) -> None:
    async with meet("guest", PHONE) as guest:
        page = guest.page
        await guest.open("/", "home")
        await page.get_by_role("textbox").first.fill("Pipa di gang kami bocor, airnya menggenang sampai jalan.")
        await guest.press("Lanjut")
        await page.wait_for_url("**/complaints/new*")
        await expect(page.locator("#text")).to_have_value(re.compile("Pipa di gang"))
        await guest.see("report")
        await say_where(guest)
        await send(guest)
        await guest.see("receipt")
        await guest.follow(page.locator("[data-open-case]"))
        await expect(page.locator(".case__top .badge")).to_have_text("Diterima")
        await guest.see("case")
        await guest.open("/complaints")
        await expect(page.locator(FIRST_CARD)).to_be_visible()
        await guest.see("mine")
        await guest.open("/public", "public list")
        await guest.follow(page.locator(FIRST_CARD))
        await guest.see("public case")
        await guest.open("/public/map")
        await expect(page.locator(".map__ground .map__mark").first).to_be_visible()
        await guest.see("map")
        await guest.open("/agencies", "agencies")
        await guest.follow(page.locator("main a[href^='/agencies/']"))
        await guest.see("agency")
        for path in ("/about", "/privacy", "/accessibility", "/inbox", "/queue", "/claim", "/sign-in"):
            await guest.open(path, path.strip("/"))
        await guest.open("/")
        await guest.see("home again", last=True)


async def test_a_citizen_comes_in_with_a_code_by_mail_and_follows_what_others_told(meet: Meeting) -> None:
    async with meet("citizen", PHONE) as citizen:
        page = citizen.page
        await citizen.open("/sign-in")
        await page.get_by_label("Alamat email").fill("ibu.lestari@contoh.test")
        await citizen.press("Masuk")
        await page.wait_for_url("**/sign-in/code")
        await citizen.see("code asked")
        await citizen.open("/dev/outbox", "outbox")
        [code] = re.findall(r"\b\d{6}\b", await page.locator(".letter__text").first.inner_text())
        await citizen.open("/sign-in/code")
        await page.get_by_label("Kode enam angka").fill(code)
        await page.get_by_label("Nama Anda").fill("Ibu Lestari")
        await citizen.press("Masuk")
        await expect(page.locator("details.account")).to_be_attached()
        await citizen.see("home")
        await citizen.open("/complaints", "no complaints yet")
        await citizen.open("/complaints/new")
        await page.locator("#text").fill("Tempat sampah di taman penuh sejak Minggu, baunya sampai ke rumah.")
        await say_where(citizen)
        await send(citizen)
        await citizen.see("receipt")
        await citizen.follow(page.locator("[data-open-case]"))
        await citizen.see("case")
        await citizen.open("/public?state=open")
        await citizen.follow(page.locator(FIRST_CARD))
        await citizen.press("Ini juga keluhan saya")
        await expect(page.get_by_role("button", name="Berhenti mengikuti")).to_be_visible()
        await citizen.see("followed")
        await citizen.open("/inbox", "inbox")
        await citizen.choose_from_menu("Akun saya")
        await citizen.see("account", last=True)


async def test_a_citizen_with_many_complaints_sees_in_each_what_can_be_done(meet: Meeting) -> None:
    async with meet("citizen-with-many", PHONE) as citizen:
        await citizen.person.sign_in("warga@contoh.test")
        await citizen.see("home")
        await citizen.open("/complaints", "mine")
        states = await by_state(citizen)
        assert len(states) >= 4
        for state, address in states.items():
            await citizen.open(address, f"case {state}")
        await citizen.open("/inbox")
        await citizen.press("Tandai sudah dibaca")
        await expect(citizen.page.locator(".nav__count:visible")).to_have_count(0)
        await citizen.see("inbox read", last=True)


async def test_somebody_without_a_name_comes_back_with_nothing_but_the_card(meet: Meeting) -> None:
    async with meet("anonymous", PHONE) as nobody:
        page = nobody.page
        await nobody.open("/complaints/new")
        await page.locator("#text").fill("Pungutan parkir di depan sekolah tidak ada karcisnya, tiap pagi begitu.")
        await say_where(nobody)
        await page.get_by_text("Tanpa nama", exact=True).click()
        await nobody.see("report without a name")
        await send(nobody)
        await expect(page.locator("[data-qr] svg")).to_be_visible()
        await nobody.see("card")
        key = (await page.locator("[data-key]").inner_text()).replace(" ", "")
    async with meet("anonymous-elsewhere", PHONE) as holder:
        page = holder.page
        await holder.open(f"/claim#{key}")
        await expect(page.get_by_label("Kunci aduan")).to_have_value(key)
        await holder.see("claim")
        await holder.press("Buka aduan")
        await page.wait_for_url("**/complaints/*")
        await holder.see("case")
        step = await holder.unfold("add")
        await step.get_by_label("Apa yang ingin Anda tambahkan?").fill("Hari ini juga, jam tujuh pagi.")
        await holder.press("Tambahkan", step)
        await expect(page.locator(".timeline")).to_contain_text("jam tujuh pagi")
        await holder.see("added", last=True)


async def say_where(walk: Walk) -> None:
    await walk.page.get_by_label("Tulis alamat atau patokan").fill("Depan pos kamling, dekat jembatan")
    await walk.page.locator("select[name=area]").select_option(index=3)


async def send(walk: Walk) -> None:
    """Ends on the receipt, when the city has it."""
    await walk.press("Kirim aduan")
    await walk.page.wait_for_url("**/receipt#*")
    await expect(walk.page.get_by_text("Sudah diterima Pemkot")).to_be_visible()


async def by_state(walk: Walk) -> dict[str, str]:
    """State -> where the first complaint in it is opened."""
    cards: list[Locator] = await walk.page.locator(".cards .card").all()
    found: dict[str, str] = {}
    for card in cards:
        state = (await card.locator(".badge").first.inner_text()).lower()
        found.setdefault(state, await card.locator(".card__link").get_attribute("href") or "")
    return found
