"""The first five minutes of those who work in an OPD: at its desk, in the field, at its counter, and as somebody just invited."""

import re
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import expect

from backend import clock
from backend.demo import pictures
from tests.roles.walk import Meeting, Walk
from tests.support.people import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TODAY = clock.day_of(clock.now())
SOON = (TODAY + timedelta(days=1)).isoformat()


async def test_an_admin_answers_names_who_comes_and_invites_an_officer_who_arrives(meet: Meeting) -> None:
    async with meet("agency_admin", DESK) as admin:
        page = admin.page
        await admin.person.sign_in("admin.dpuprpkp@contoh.test")
        await admin.see("home")
        await open_work(admin)
        await admin.see("work")
        await admin.follow(page.locator("#work-list .card:has-text('lampu tiang 14') .card__link"))
        await expect(page.locator(".desk__list .card").first).to_be_visible()
        await admin.see("case")
        step = await admin.unfold("answer")
        await step.get_by_label("Jawaban untuk warga").fill("Lampunya kami ganti besok siang.")
        await admin.press("Kirim jawaban", step)
        await expect(page.locator(".timeline")).to_contain_text("Lampunya kami ganti besok siang.")
        step = await admin.unfold("name_officer")
        await step.get_by_label("Petugas lapangan").select_option(label="Agus Wibowo")
        await step.get_by_label("Tanggal kunjungan").fill(SOON)
        await admin.see("naming an officer")
        await admin.press("Tugaskan", step)
        await expect(page.locator(".part").filter(has_text="Agus Wibowo")).to_be_visible()
        await admin.see("answered")
        await admin.open("/inbox", "inbox")
        await admin.open("/account", "account")
        await admin.choose_from_menu("Orang")
        await admin.see("people")
        await admin.follow(page.locator("main .rows__link"))
        await admin.see("person")
        await admin.open("/people")
        await invite(admin, "Rudi Hartono", "petugas.baru@contoh.test", "Petugas lapangan")
        await admin.see("invited", last=True)
    async with meet("officer-invited", PHONE) as officer:
        await arrive(officer, "petugas.baru@contoh.test")


async def test_an_officer_sees_the_day_and_tells_of_a_visit(meet: Meeting, tmp_path: Path) -> None:
    async with meet("officer", PHONE) as officer:
        page = officer.page
        photo = tmp_path / "IMG_1.jpg"
        photo.write_bytes(pictures.drawn("pothole", 7))
        await officer.person.sign_in("petugas.dpuprpkp@contoh.test")
        await officer.see("home")
        await open_work(officer)
        await officer.see("work")
        await officer.follow(page.locator("#work-list .card:has-text('Dikerjakan') .card__link"))
        await officer.person.is_ready_for_no_signal()
        await officer.see("case")
        step = await officer.unfold("visit")
        await step.locator("input[data-photos][multiple]").set_input_files(photo)
        await expect(step.locator("[data-photo]")).to_have_count(1)
        await step.get_by_label("Apa yang Anda lihat?").fill("Salurannya sudah kering, aspalnya besok.")
        await step.get_by_label("Selesai paling lambat").fill(SOON)
        await officer.see("visit written")
        await officer.press("Simpan kunjungan", step)
        await expect(page.locator(".timeline")).to_contain_text("aspalnya besok")
        await officer.see("visited")
        await officer.open("/queue", "queue")
        await officer.open("/inbox", "inbox")
        await officer.choose_from_menu("Akun saya")
        await officer.see("account", last=True)


async def test_a_head_sees_what_the_opd_owes_and_who_works_in_it(meet: Meeting) -> None:
    async with meet("head", DESK) as head:
        page = head.page
        await head.person.sign_in("kepala.dpuprpkp@contoh.test")
        await head.see("home")
        await open_work(head)
        await head.see("work")
        await head.follow(page.locator("#work-list .card:has-text('terlambat') .card__link"))
        await expect(page.locator(".desk__list .card").first).to_be_visible()
        await head.see("late case")
        await head.open("/people", "people")
        await head.open("/agencies/DPUPRPKP", "own agency")
        await head.open("/city/changes", "changes")
        await head.open("/inbox", "inbox")
        await head.open("/account", "account")
        await head.open("/work")
        await head.see("work again", last=True)


async def test_a_clerk_of_a_kelurahan_writes_down_what_somebody_tells_and_hands_over_the_card(meet: Meeting) -> None:
    async with meet("clerk", DESK) as clerk:
        page = clerk.page
        await clerk.person.sign_in("admin.kel-dinoyo@contoh.test")
        await clerk.see("home")
        await clerk.open("/work", "no work yet")
        await clerk.follow(page.get_by_role("main").get_by_role("link", name="Catat aduan warga"))
        await clerk.see("form")
        await page.get_by_text("Telepon", exact=True).click()
        await page.locator("#text").fill("Ibu RT melapor: gorong-gorong di Gang 5 tersumbat, air naik ke teras.")
        await page.get_by_label("Tulis alamat atau patokan").fill("Gang 5, belakang balai RW")
        await page.get_by_label("Nama", exact=True).fill("Bu Karti")
        await page.get_by_label("Nomor HP").fill("081200001111")
        await clerk.see("written")
        await clerk.press("Kirim dan buat kartu aduan")
        await expect(page.locator(".slip__number")).to_contain_text("SRK")
        await clerk.see("card")
        await page.locator(".aloud summary").click()
        await clerk.see("read aloud")
        await clerk.open("/work", "work after")
        await clerk.open("/inbox", "inbox")
        await clerk.open("/people", "people")
        await clerk.open("/account")
        await clerk.see("account", last=True)


async def open_work(walk: Walk) -> None:
    """At a desk the first one opens by itself."""
    await walk.open("/work")
    await expect(walk.page.locator("#work-list .card").first).to_be_visible()
    if walk.page.viewport_size == DESK["viewport"]:
        await expect(walk.page.locator(".desk__case .case__sentence")).to_be_visible()


async def invite(walk: Walk, name: str, email: str, role: str) -> None:
    form = walk.page.locator("#invite")
    await form.get_by_label("Nama", exact=True).fill(name)
    await form.get_by_label("Alamat surel").fill(email)
    await form.get_by_label("Peran").select_option(label=role)
    await form.get_by_label("Alasan").fill("SK 800/12/2026")
    await walk.press("Undang", form)
    await expect(walk.page.locator(".notice--daun")).to_be_visible()


async def arrive(walk: Walk, email: str) -> None:
    """From the link in the mail through the second factor to work."""
    page = walk.page
    await walk.open("/dev/outbox")
    letter = await page.locator(".letter").filter(has_text=email).first.inner_text()
    [link] = re.findall(r"/invitation#\S+", letter)
    await walk.open(link)
    await expect(page.get_by_label("Kode dari surel")).not_to_have_value("")
    await walk.see("invitation")
    await page.get_by_label("Nama lengkap").fill("Rudi Hartono")
    await page.get_by_label("Kata sandi").fill("pagi merah sawah")
    await walk.press("Lanjut")
    await page.wait_for_url("**/account/second-factor*")
    await walk.see("second step")
    await walk.press("Mulai pasang")
    secret = (await page.locator(".secret__groups").first.inner_text()).replace(" ", "")
    await walk.see("second step shown")
    await page.get_by_label("Kode enam angka dari aplikasi").fill(pyotp.TOTP(secret).now())
    await walk.press("Pasang")
    await expect(page.locator(".secret--codes li").first).to_be_visible()
    await walk.see("recovery codes")
    await walk.open("/work", "no work yet")
    await walk.open("/account")
    await walk.see("account", last=True)
