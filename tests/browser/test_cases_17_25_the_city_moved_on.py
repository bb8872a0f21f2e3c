"""While something waits on the phone, the house ends the session, or the case moves."""

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.async_api import expect

from backend import clock
from tests.browser import ledger, telling
from tests.browser.line import Line
from tests.browser.phone import Phone
from tests.support.house import House
from tests.support.people import PASSWORD, until

pytestmark = pytest.mark.browser

TREE = "Ranting pohon di tepi jalan"
"""The demo's complaint that stands in the middle: a day is named for the officer's visit."""


async def test_case_17_what_waits_when_the_session_has_ended_asks_for_a_sign_in_and_then_goes(
    house: House, line: Line, phone: Phone, photo: Path
) -> None:
    await phone.sign_in("warga@contoh.test")
    await telling.write(phone, photo)
    line.down()
    entry = await telling.send(phone)
    assert entry["owner"]
    await _end_session(house, phone)
    await ledger.is_in_sight(phone, entry, "Belum terkirim.")
    await line.up()
    await expect(phone.page.locator(f'[data-entry="{entry["id"]}"]')).to_contain_text("Perlu masuk")
    await ledger.is_in_sight(phone, entry, "Masuk dulu, lalu terkirim sendiri.")
    assert ledger.rows(house, "SELECT id FROM complaint WHERE id = ?", entry["complaint"]) == []
    await phone.sign_in("warga@contoh.test")
    await ledger.has_once(house, entry)
    await ledger.has_let_go(phone, house, entry)
    [told] = ledger.rows(house, "SELECT reporter FROM complaint WHERE id = ?", entry["complaint"])
    assert told["reporter"] == entry["owner"]


async def test_who_has_signed_in_tells_it_as_themselves_though_no_script_of_that_page_has_run(
    house: House, line: Line, phone: Phone
) -> None:
    await phone.open("/complaints/new")
    await phone.is_ready_for_no_signal()
    cdp = await phone.context.new_cdp_session(phone.page)
    await cdp.send("Emulation.setScriptExecutionDisabled", {"value": True})
    await phone.sign_in("warga@contoh.test")
    await cdp.send("Emulation.setScriptExecutionDisabled", {"value": False})
    await telling.write(phone)
    line.down()
    [account] = ledger.rows(house, "SELECT id FROM account WHERE email = 'warga@contoh.test'")
    assert (await telling.send(phone))["owner"] == account["id"]


async def test_case_25_a_visit_told_too_late_is_a_conflict_and_the_city_keeps_its_note_and_its_photo(
    house: House, line: Line, phone: Phone, photo: Path
) -> None:
    [part] = ledger.rows(
        house, "SELECT id, complaint FROM assignment WHERE complaint IN (SELECT id FROM complaint WHERE text LIKE ?)", f"{TREE}%"
    )
    await phone.sign_in("petugas.dlh@contoh.test")
    page = await phone.open(f"/complaints/{part['complaint']}")
    await phone.is_ready_for_no_signal()
    line.down()
    step = page.locator("details.step--visit")
    await step.locator("summary").click()
    await step.locator("input[data-photos][multiple]").set_input_files(photo)
    await expect(step.locator("[data-photo]")).to_have_count(1)
    await step.get_by_label("Apa yang Anda lihat?").fill("Rantingnya menempel di kabel.")
    await step.get_by_label("Selesai paling lambat").fill((clock.day_of(clock.now()) + timedelta(days=1)).isoformat())
    await step.get_by_role("button", name="Simpan kunjungan").click()
    await expect(page.locator("[data-entry]")).to_contain_text("Belum terkirim.")
    [entry] = (await phone.stored()).operations
    await _finish_meanwhile(house, part["id"])
    await line.up()
    await page.reload()
    await expect(page.locator("[data-entry]")).to_contain_text("Keadaannya berubah sebelum langkah ini sampai.")
    await until(lambda: _late_photo_is_ready(house, entry["operation"]["photos"][0]))
    [note] = ledger.rows(house, "SELECT kind, text FROM note WHERE part = ? AND text = ?", part["id"], entry["operation"]["text"])
    assert note["kind"] == "late"
    [kept] = ledger.rows(house, "SELECT status FROM operation WHERE id = ?", entry["id"])
    assert kept["status"] == "conflict"
    await ledger.is_in_sight(phone, {**entry, "photos_sent": []}, "Perlu dilihat")
    noted = (await phone.stored()).noted(entry["id"])
    assert (noted[0], noted[-1], "acknowledged" in noted) == ("queued", "conflict", False)


async def _late_photo_is_ready(house: House, photo: ledger.Row) -> bool:
    wanted = (photo["sha256"], "late", "ready")
    return [tuple(row.values()) for row in ledger.rows(house, "SELECT sha256, stage, state FROM photo WHERE id = ?", photo["id"])] == [
        wanted
    ]


async def _end_session(house: House, phone: Phone) -> None:
    """From elsewhere: with the browser's own cookie, which it keeps."""
    [session] = [one for one in await phone.context.cookies() if one.get("name") == "__Host-session"]
    async with httpx.AsyncClient(
        base_url=house.address, headers={"Origin": house.address, "Cookie": f"__Host-session={session['value']}"}
    ) as client:
        assert (await client.post("/sign-out")).is_redirect


async def _finish_meanwhile(house: House, part: str) -> None:
    """The OPD's admin says at her desk that it is done."""
    async with httpx.AsyncClient(base_url=house.address, headers={"Origin": house.address}) as client:
        answer = await client.post("/sign-in", data={"email": "admin.dlh@contoh.test", "password": PASSWORD})
        [session] = re.findall(r"__Host-session=[^;]+", answer.headers["set-cookie"])
        form = {"seen": "in_progress", "outcome": "fixed", "work_done": "Sudah dipangkas.", "work_done_by": "Regu dua"}
        form["work_done_on"] = clock.day_of(clock.now()).isoformat()
        answer = await client.post(f"/parts/{part}/done", data=form, headers={"Cookie": session})
        assert answer.is_redirect, answer.text
