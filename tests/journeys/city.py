"""What the city does with a complaint: at its desks, and in the field."""

from pathlib import Path

from playwright.async_api import Locator, expect

from tests.journeys.reporting import Told
from tests.support.eyes import Eyes
from tests.support.people import Person, reread_until_seen

ROADS, PARKS = "DPUPRPKP", "DLH"


async def watch_the_list(moderator: Person) -> None:
    """From now on nobody touches this screen."""
    await moderator.open("/work")
    await moderator.page.evaluate("window.untouched = true")


async def see_it_appear(moderator: Person, eyes: Eyes, told: Told) -> None:
    """The list was open all the time, and nobody has touched it either."""
    await expect(moderator.page.locator(f"#work-list #complaint-{told.id}")).to_be_visible()
    assert await moderator.page.evaluate("window.untouched")
    await eyes.look(moderator, "moderation queue")


async def forward_to_both(moderator: Person, eyes: Eyes, told: Told) -> None:
    page = moderator.page
    await page.locator(f"#work-list #complaint-{told.id} .card__link").click()
    await page.wait_for_url(f"**/complaints/{told.id}")
    step = await _unfolded(page.locator("details.step--forward"))
    await step.get_by_text("Dua urusan, masing-masing").click()
    for agency in (ROADS, PARKS):
        await step.locator(f'input[name="agency"][value="{agency}"]').check()
    await eyes.look(moderator, "forwarding to two")
    await step.get_by_role("button", name="Teruskan sekarang").click()
    await expect(page.locator(".part")).to_have_count(2)
    await expect(page.locator(".case__top .badge")).to_have_text("Diteruskan")
    await expect(page.locator(".part").get_by_text("memimpin")).to_have_count(0)
    await eyes.look(moderator, "forwarded")


async def answer(admin: Person, eyes: Eyes, told: Told, officer: str, words: str, visit_on: str) -> None:
    """The OPD says what it will do, and who comes when."""
    page = admin.page
    await _open_from_work(admin, told)
    await eyes.look(admin, f"task of {admin.name}")
    step = await _unfolded(page.locator("details.step--answer"))
    await step.get_by_label("Jawaban untuk warga").fill(words)
    await step.get_by_role("button", name="Kirim jawaban").click()
    await expect(page.locator(".timeline")).to_contain_text(words)
    step = await _unfolded(page.locator("details.step--name_officer"))
    await step.get_by_label("Petugas lapangan").select_option(label=officer)
    await step.get_by_label("Tanggal kunjungan").fill(visit_on)
    await eyes.look(admin, f"officer of {admin.name}")
    await step.get_by_role("button", name="Tugaskan").click()
    await expect(page.locator(".part").filter(has_text=officer)).to_be_visible()


async def finish(officer: Person, eyes: Eyes, told: Told, photo: Path, done_on: str) -> None:
    """Through the phone's queue, as the field often has no signal: text first, then the photo after."""
    page = officer.page
    await _open_from_work(officer, told)
    await officer.is_ready_for_no_signal()
    step = await _unfolded(page.locator("details.step--done"))
    await step.locator("input[data-photos][multiple]").set_input_files(photo)
    await expect(step.locator("[data-photo]")).to_have_count(1)
    await step.get_by_label("Apa yang dikerjakan").fill(f"{officer.name}: sudah kami kerjakan sampai bersih.")
    await step.get_by_label("Tanggal pengerjaan").fill(done_on)
    await step.get_by_label("Oleh siapa").fill(f"Regu {officer.name}")
    await eyes.look(officer, f"finishing by {officer.name}")
    await step.get_by_role("button", name="Nyatakan selesai").click()
    await expect(page.locator(".result__text").filter(has_text=officer.name)).to_be_visible()
    assert [one.method for one in officer.requests if "/parts/" in one.url] == []
    assert any('"part.done"' in (one.post_data or "") for one in officer.requests if one.url.endswith("/api/sync"))
    await reread_until_seen(officer, page.locator(".part").filter(has_text=officer.name).get_by_text("Ada foto sesudah pengerjaan"))
    await eyes.look(officer, f"finished by {officer.name}")


async def _open_from_work(worker: Person, told: Told) -> None:
    await worker.open("/work")
    await worker.page.locator(f"#work-list #complaint-{told.id} .card__link").click()
    await worker.page.wait_for_url(f"**/complaints/{told.id}")


async def _unfolded(step: Locator) -> Locator:
    """A step that is the only one stands open already."""
    if await step.get_attribute("open") is None:
        await step.locator("summary").click()
    return step
