"""What the person does who complains: tells it, holds the slip, and says at the end that it is in order."""

import base64
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from playwright.async_api import expect

from tests.journeys import camera
from tests.support.eyes import Eyes
from tests.support.people import Person, reread_until_seen, until

NOT_SEEN = 3
"""Of 255: two JPEGs of one picture are farther apart than that only if one was turned, cut or coloured."""
_FETCHED = """async (address) => {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""
_A_DAY = re.compile(r"^(Senin|Selasa|Rabu|Kamis|Jumat),? \d{1,2} \w+ \d{4}$")
_ALL_DRAWN = """[...document.querySelectorAll(".compare__side--after img")]
    .map((image) => { image.loading = "eager"; return image.complete && image.naturalWidth > 0; }).every(Boolean)"""


class Told(NamedTuple):
    """A complaint as its reporter holds it: its id, and the key where there is one."""

    id: UUID
    key: str


async def tell_without_signal(citizen: Person, eyes: Eyes, words: str, photos: list[Path], *, anonymous: bool = False) -> Told:
    """The form is open when the house dies; ends on the receipt, which says that nothing has been sent yet."""
    page = citizen.page
    await citizen.open("/complaints/new")
    await citizen.is_ready_for_no_signal()
    await eyes.look(citizen, "report form")
    citizen.house.kill()
    if anonymous:
        await page.get_by_text("Tanpa nama", exact=True).click()
    await page.get_by_label("Apa yang terjadi?").fill(words)
    await page.locator("input[data-photos][multiple]").set_input_files(photos)
    await expect(page.locator("[data-photo]")).to_have_count(len(photos))
    await page.get_by_role("button", name="Di sini, sekarang").click()
    await page.locator("[data-area-choice]").first.click()
    await page.get_by_label("Tulis alamat atau patokan").fill("Depan pasar, dekat jembatan")
    await eyes.look(citizen, "report written")
    await page.get_by_role("button", name="Kirim aduan").click()
    await page.wait_for_url("**/receipt#*")
    await expect(page.get_by_text("Belum terkirim.", exact=True)).to_contain_text("Belum terkirim.")
    await eyes.look(citizen, "receipt not yet sent")
    told = Told(UUID(page.url.partition("#")[2]), await _key(citizen))
    if told.key:
        await page.locator("[data-stub]").scroll_into_view_if_needed()
        await expect(page.locator("[data-qr] svg")).to_be_visible()
        await eyes.look(citizen, "card with its key")
    return told


async def wait_in_queue(citizen: Person, eyes: Eyes, told: Told, words: str) -> None:
    """Everything that can be opened without a house: the queue with its entry, home as kept, and a page nobody has kept."""
    page = citizen.page
    await citizen.open("/queue")
    entry = page.locator(f"#complaint-{told.id}")
    await expect(entry).to_contain_text(words)
    await expect(entry).to_contain_text("Belum terkirim.")
    await eyes.look(citizen, "queue with an entry")
    await citizen.open("/complaints")
    await eyes.look(citizen, "a page without signal")
    await citizen.open(f"/receipt#{told.id}")
    await expect(page.get_by_text("Belum terkirim.", exact=True)).to_be_visible()


async def arrive_by_itself(citizen: Person, eyes: Eyes) -> str:
    """Nobody touches the phone: when the house is open again, the slip turns by itself. Returns the number on it."""
    page = citizen.page
    await page.evaluate("window.untouched = true")
    await citizen.house.open()
    await expect(page.get_by_text("Sudah diterima Pemkot")).to_contain_text("Sudah diterima Pemkot, ")
    assert await page.evaluate("window.untouched"), "the page was loaded anew"
    await expect(page.get_by_text("Belum terkirim.", exact=True)).to_be_hidden()
    await expect(page.locator("[data-slot=promise]")).to_have_text(_A_DAY)
    await eyes.look(citizen, "receipt received")
    return await page.locator(".slip__number").inner_text()


async def want_to_be_told(citizen: Person, eyes: Eyes) -> None:
    page = citizen.page
    await page.get_by_role("button", name="Ya, kabari").click()
    await expect(page.locator("[data-push-done]")).to_be_visible()
    await eyes.look(citizen, "will be told")


async def open_from_slip(citizen: Person, eyes: Eyes, told: Told) -> None:
    await citizen.page.get_by_role("link", name="Buka aduan").click()
    await citizen.page.wait_for_url(f"**/complaints/{told.id}")
    await expect(citizen.page.locator(".case__top .badge")).to_have_text("Diterima")


async def see_photos(reader: Person, originals: Sequence[bytes]) -> None:
    """As they were taken, upright and in their order; and neither here nor in the house does anything tell where, when or by what."""
    links = reader.page.locator(".told .photos a")
    await reread_until_seen(reader, links.nth(len(originals) - 1))
    await expect(links).to_have_count(len(originals))
    urls = [await link.get_attribute("href") for link in await links.all()]
    for url, original in zip(urls, originals, strict=True):
        assert camera.has_secrets(original)
        for address, size in ((url, (1200, 1600)), (f"{url}/small", (300, 400))):
            served = base64.b64decode(await reader.page.evaluate(_FETCHED, address))
            assert camera.size(served) == size
            assert not camera.has_secrets(served)
            assert camera.apart(served, original) < NOT_SEEN
    stored = reader.house.photo_files
    assert len(stored) >= 2 * len(originals)
    assert [name for name, content in stored.items() if camera.has_secrets(content)] == []


async def status(reader: Person) -> str:
    """The word on top of the case, as the house has it now."""
    await reader.page.reload()
    return await reader.page.locator(".case__top .badge").inner_text()


async def confirm(reader: Person, eyes: Eyes) -> None:
    """Both photos after are there; the person says that it is in order, and the case is closed."""
    page = reader.page
    await reread_until_seen(reader, page.locator(".part:has(.result) >> nth=1 >> .compare__side--after img"))
    await expect(page.locator(".part .compare__side--after img")).to_have_count(2)
    await until(lambda: page.evaluate(_ALL_DRAWN))
    await expect(page.locator(".result__word").first).to_contain_text("Selesai menurut Dinas")
    await expect(page.locator(".case__top .badge")).to_have_text("Selesai menurut dinas")
    await eyes.look(reader, "finished, says the city")
    await page.locator(".compare").first.scroll_into_view_if_needed()
    await eyes.look(reader, "before and after")
    await page.locator("nav.actions").get_by_role("button", name="Sudah beres").click()
    await expect(page.locator(".case__top .badge")).to_have_text("Ditutup")
    await expect(page.locator(".case__top .badge")).to_be_in_viewport()
    await expect(page.locator(".timeline")).to_contain_text("Anda menyatakan sudah beres. Terima kasih.")
    await eyes.look(reader, "closed")


async def find_it_in_the_list(reader: Person, told: Told) -> None:
    """A guest's phone first proves its keys, by itself."""
    await reader.open("/complaints")
    await expect(reader.page.locator(f"#complaint-{told.id} .badge")).to_have_text("Ditutup")


async def _key(citizen: Person) -> str:
    """As it stands on the slip, without its gaps; none where the account opens the case."""
    slip = citizen.page.locator("[data-key]")
    return (await slip.inner_text()).replace(" ", "") if await slip.is_visible() else ""
