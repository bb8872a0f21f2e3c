"""Changing the city's data in a browser: nothing typed is lost, nothing is overwritten, everything is on record."""

import re

import pytest

from backend.actors.permissions import Role
from backend.agencies.tables import Agency, Area, Category, Change, Elsewhere, Emergency
from tests.support import city as walk
from tests.support.forms import fields, sent


@pytest.mark.parametrize(
    ("address", "table", "typed"),
    [
        ("/city/agencies/SATPOL%20PP", Agency, {"citizen_name": "Polisi Pamong"}),
        ("/city/categories/40", Category, {"name": "Ular dan tawon"}),
        ("/city/elsewhere/electricity", Elsewhere, {"owner": "PLN Malang"}),
        ("/city/emergency/fire", Emergency, {"words": "Keluar dulu, lalu telepon."}),
        ("/city/areas/35.73.02.1006", Area, {"name": "Kasin Baru"}),
    ],
)
async def test_a_form_changes_what_was_typed_and_nothing_else(manager, address, table, typed):
    before = {row["code"]: row for row in await table.select()}
    answer = await sent(manager, address, **typed, reason="Dicek ke kantornya")
    assert answer.status_code == 303, answer.text
    after = {row["code"]: row for row in await table.select()}
    [changed] = [code for code in after if after[code] != before[code]]
    assert after[changed] == {**before[changed], **typed}
    page = (await manager.get(answer.headers["location"])).text
    assert "Tersimpan" in page
    assert "Dicek ke kantornya" in page
    [value] = typed.values()
    assert f"<ins>{value}</ins>" in page


@pytest.mark.parametrize(
    ("address", "table"),
    [
        ("/city/agencies/DINSOS-P3AP2KB", Agency),
        ("/city/agencies/KEL-KASIN", Agency),
        ("/city/agencies/UPT-PPA", Agency),
        ("/city/categories/5", Category),
        ("/city/categories/28", Category),
        ("/city/categories/33", Category),
        ("/city/categories/44", Category),
        ("/city/elsewhere/police", Elsewhere),
        ("/city/emergency/suicide", Emergency),
        ("/city/areas/35.73.01.1001", Area),
    ],
)
async def test_a_form_sent_as_it_came_changes_nothing(manager, address, table):
    before = await table.select().order_by(table.code)
    answer = await sent(manager, address, reason="Tidak ada yang berubah")
    assert answer.status_code == 303, answer.text
    assert await table.select().order_by(table.code) == before
    assert await Change.count() == 0


async def test_nothing_typed_is_lost_when_something_is_missing(manager):
    answer = await sent(manager, "/city/agencies/DLH", citizen_name="Dinas Kebersihan & <b>Taman</b>", duties="", reason="")
    assert answer.status_code == 422
    assert 'value="Dinas Kebersihan &amp; &lt;b&gt;Taman&lt;/b&gt;"' in answer.text
    assert "Tuliskan alasannya" in answer.text
    assert "Tuliskan tugasnya" in answer.text
    assert await Change.count() == 0


async def test_a_box_that_was_unticked_stays_unticked_in_a_form_that_comes_back(manager):
    form = fields((await manager.get("/city/categories/9")).text, "/city/categories/9")
    assert form.pop("offered") == ["true"]
    answer = await manager.post("/city/categories/9", data=form)
    assert answer.status_code == 422
    assert "offered" not in fields(answer.text, "/city/categories/9")
    await Category.update({Category.name: "Lampu"}).where(Category.code == "9")
    late = await manager.post("/city/categories/9", data={**form, "reason": "Ditutup dulu"})
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", late.text))
    assert "Ditawarkan ke warga Sekarang: Ya Isian Anda: Tidak" in told


async def test_a_wrong_day_or_number_is_told_beside_its_field(manager):
    assert "Pilih tanggalnya." in (await sent(manager, "/city/agencies/DLH", valid_from="kemarin", reason="x")).text
    assert "Tuliskan lintangnya" in (await sent(manager, "/city/areas/35.73.02.1006", latitude="utara", reason="x")).text
    assert "Terlalu panjang" in (await sent(manager, "/city/agencies/DLH", citizen_name="x" * 61, reason="x")).text


async def test_two_managers_the_slower_one_sees_both_and_may_save_again(manager, door):
    other = await door(await walk.person(Role.MANAGER))
    form = fields((await other.get("/city/categories/9")).text, "/city/categories/9")
    await sent(manager, "/city/categories/9", name="Lampu jalan padam", reason="Bahasa warga")
    late = await other.post("/city/categories/9", data={**form, "name": "Lampu jalan rusak", "reason": "Menurut saya"})
    assert late.status_code == 409
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", late.text))
    assert "Sekarang: Lampu jalan padam" in told
    assert "Isian Anda: Lampu jalan rusak" in told
    assert "Bahasa warga" in told
    again = fields(late.text, "/city/categories/9")
    assert (again["name"], again["reason"]) == (["Lampu jalan rusak"], ["Menurut saya"])
    assert (await other.post("/city/categories/9", data=again)).status_code == 303
    assert await Category.select(Category.name).where(Category.code == "9") == [{"name": "Lampu jalan rusak"}]
    assert await Change.count() == 2


async def test_what_must_be_sealed_says_why_it_stays_closed(manager):
    assert "disegel" in (await manager.get("/city/categories/42")).text
    answer = await sent(manager, "/city/categories/42", offered="true", reason="Dibuka saja")
    assert answer.status_code == 422
    assert "disegel" in answer.text


async def test_a_new_dinas_is_opened_and_leads_to_its_page(manager):
    typed = {"code": "DAMKAR", "name": "Dinas Pemadam", "citizen_name": "Pemadam", "duties": "api", "kind": "opd", "reason": "Perda 2026"}
    answer = await sent(manager, "/city/agencies/new", "/city/agencies", **typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/city/agencies/DAMKAR?saved=yes")
    assert "Dibuat." in (await manager.get("/city/agencies/DAMKAR")).text
    again = await sent(manager, "/city/agencies/new", "/city/agencies", **typed)
    assert again.status_code == 422
    assert "sudah dipakai" in again.text
    assert 'value="Perda' not in again.text
    assert "Perda 2026" in again.text


async def test_an_end_is_set_in_a_form_of_its_own_that_keeps_what_was_typed(manager):
    close = "/city/agencies/SETDA/close"
    answer = await sent(manager, "/city/agencies/SETDA", close, valid_until="2030-06-30", reason="")
    assert answer.status_code == 422
    assert fields(answer.text, close)["valid_until"] == ["2030-06-30"]
    assert fields(answer.text, "/city/agencies/SETDA")["reason"] == [""]
    assert (await sent(manager, "/city/agencies/SETDA", close, valid_until="2030-06-30", reason="Perda")).status_code == 303
    assert "Sampai" in (await manager.get("/city/agencies")).text


async def test_marks_are_ticks_that_become_letters(manager):
    assert (await sent(manager, "/city/categories/9", marks=["B", "D"], reason="x")).status_code == 303
    assert await Category.select(Category.marks).where(Category.code == "9") == [{"marks": "BD"}]
