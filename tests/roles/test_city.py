"""The first five minutes of those who work for the whole city: who forwards, who keeps its data, who confirms, and who reads."""

import pytest
from playwright.async_api import expect

from tests.roles.test_agencies import invite, open_work
from tests.roles.walk import Meeting, Walk
from tests.support.people import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_a_moderator_forwards_decides_and_looks_at_a_contact(meet: Meeting) -> None:
    async with meet("moderator", DESK) as moderator:
        page = moderator.page
        await moderator.person.sign_in("moderator@contoh.test")
        await moderator.see("home")
        await open_work(moderator)
        await moderator.see("work")
        await moderator.follow(page.locator("#work-list .card:has-text('Belum beres') .card__link"))
        await expect(page.locator(".desk__list .card").first).to_be_visible()
        for step in ("redo", "redirect", "decide", "edit"):
            await moderator.unfold(step)
        await moderator.see("second dispute")
        await moderator.open("/work")
        await moderator.follow(page.locator("#work-list .card:has-text('Selesai menurut') .card__link"))
        await moderator.see("silence to review")
        await moderator.open("/work")
        await moderator.follow(page.get_by_role("region", name="Menunggu diteruskan").locator(".card__link"))
        await expect(page.locator(".desk__list .card").first).to_be_visible()
        for step in ("ask", "reject"):
            await moderator.unfold(step)
        await moderator.see("received")
        here = page.url
        if await page.get_by_role("button", name="Lihat kontak").count():
            await moderator.press("Lihat kontak")
            await moderator.see("contact")
            await page.goto(here)
        step = await moderator.unfold("forward")
        await step.locator('input[name="agency"][value="DLH"]').check()
        await moderator.press("Teruskan sekarang", step)
        await expect(page.get_by_role("alert")).to_contain_text("pilih tepat satu dinas")
        await moderator.see("one too many")
        await step.locator('input[name="agency"]:checked:not([value="DLH"])').uncheck()
        await moderator.press("Teruskan sekarang", step)
        await expect(page.locator(".case__top .badge")).to_have_text("Diteruskan")
        await moderator.see("forwarded")
        await moderator.choose_from_menu("Tulis untuk warga")
        await moderator.see("form for others")
        for path in ("/inbox", "/city/changes", "/account"):
            await moderator.open(path, path.strip("/"))
        await open_work(moderator)
        await moderator.see("work again", last=True)


async def test_what_the_manager_proposes_the_secretary_confirms_and_the_delegate_refuses(meet: Meeting) -> None:
    async with meet("manager", DESK) as manager:
        await manager.person.sign_in("manajer@contoh.test")
        await manager.see("home")
        await open_work(manager)
        await manager.see("objection")
        await edit_the_city(manager)
        await manager.choose_from_menu("Orang")
        await manager.see("people")
        await manager.follow(manager.page.locator("main .rows__link"))
        await manager.see("person")
        for name in ("Sinta Maharani", "Darmawan"):
            await manager.open("/people")
            await invite(manager, name, f"{name.split()[0].lower()}@contoh.test", "Moderator")
        await manager.see("proposed")
        await manager.open("/inbox", "inbox")
        await manager.open("/account")
        await manager.see("account", last=True)
    async with meet("secretary", DESK) as secretary:
        await secretary.person.sign_in("sekda@contoh.test")
        await read_the_city(secretary)
        await decide(secretary, "Sinta Maharani", "Setujui")
        await secretary.see("confirmed", last=True)
    async with meet("delegate", DESK) as delegate:
        await delegate.person.sign_in("staf.sekda@contoh.test")
        await read_the_city(delegate)
        await decide(delegate, "Darmawan", "Tolak")
        await delegate.see("refused", last=True)


async def test_the_mayor_reads(meet: Meeting) -> None:
    async with meet("mayor", DESK) as mayor:
        page = mayor.page
        await mayor.person.sign_in("walikota@contoh.test")
        await read_the_city(mayor)
        await mayor.open("/public", "public list")
        await mayor.follow(page.locator(".cards .card__link"))
        await mayor.see("public case")
        await mayor.open("/public/map")
        await expect(page.locator(".map__ground .map__mark").first).to_be_visible()
        await mayor.see("map")
        await mayor.open("/agencies", "agencies")
        await mayor.open("/agencies/DPUPRPKP")
        await mayor.see("agency", last=True)


async def edit_the_city(manager: Walk) -> None:
    """Every list, one of each, and a change with its reason."""
    page = manager.page
    await manager.choose_from_menu("Data kota")
    await manager.see("city")
    for what in ("agencies", "categories", "elsewhere", "emergency", "areas"):
        await manager.open(f"/city/{what}", f"city {what}")
        await manager.follow(page.locator(f"main a[href^='/city/{what}/']:not([href$='/new'])"))
        await manager.see(f"city {what} one")
    for what in ("agencies", "elsewhere", "emergency"):
        await manager.open(f"/city/{what}/new", f"city {what} new")
    await manager.open("/city/categories/9")
    await page.get_by_label("Kata bantu").fill("PJU, penerangan jalan, lampu gang")
    await page.get_by_label("Alasan perubahan").fill("Sering dicari dengan kata lampu gang.")
    await manager.press("Simpan")
    await expect(page.get_by_text("Tersimpan, dan tercatat di riwayat.")).to_be_visible()
    await manager.see("category saved")
    await manager.open("/city/changes", "changes")


async def read_the_city(walk: Walk) -> None:
    await walk.see("home")
    for path in ("/work", "/city/changes", "/inbox", "/account"):
        await walk.open(path, path.strip("/"))


async def decide(walk: Walk, name: str, word: str) -> None:
    await walk.choose_from_menu("Orang")
    await walk.see("proposals")
    proposal = walk.page.locator(".grant").filter(has_text=name)
    if word == "Tolak":
        await proposal.locator("summary").click()
        await proposal.get_by_label("Alasan").fill("Formasinya sudah penuh.")
        word = "Tolak usulan"
    await walk.press(word, proposal)
    await expect(walk.page.locator(".grant").filter(has_text=name)).to_have_count(0)
