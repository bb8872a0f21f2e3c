"""Telling a complaint on a phone, as every case begins."""

import io
from functools import cache
from itertools import count
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.ledger import Row
from tests.browser.phone import Phone

_numbers = count(1)


@cache
def large_photo() -> bytes:
    """So full of grain that it travels in many pieces."""
    grained = Image.merge("RGB", [Image.effect_noise((1600, 1200), 45)] * 3)
    with io.BytesIO() as written:
        grained.save(written, "JPEG", quality=90)
        return written.getvalue()


def write_photo(folder: Path) -> Path:
    file = folder / "IMG_1.jpg"
    file.write_bytes(large_photo())
    return file


async def write(phone: Phone, photo: Path | None = None) -> Page:
    """The form is filled, nothing is sent yet."""
    page = await phone.open("/complaints/new")
    await phone.is_ready_for_no_signal()
    await page.get_by_label("Apa yang terjadi?").fill(f"Saluran di depan pasar tersumbat, kiriman ke-{next(_numbers)}.")
    await page.get_by_label("Tulis alamat atau patokan").fill("Depan pasar, dekat jembatan")
    if photo is not None:
        await page.locator("input[data-photos][multiple]").set_input_files(photo)
        await expect(page.locator("[data-photo]")).to_have_count(1)
    return page


async def send(phone: Phone) -> Row:
    """On the phone's disk when this is done, and on its receipt. Returns the entry of its queue."""
    page = phone.page
    await page.get_by_role("button", name="Kirim aduan").click()
    await page.wait_for_url("**/receipt#*")
    complaint = page.url.partition("#")[2]
    [entry] = [one for one in (await phone.stored()).operations if one["complaint"] == complaint]
    return entry
