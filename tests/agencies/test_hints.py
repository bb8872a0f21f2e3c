"""What a text is recognised by: true alarms, and everyday sentences that must not ring."""

import csv
from importlib import resources

import pytest

from backend.agencies import hints


def rows(name):
    text = resources.files("backend.agencies").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))


HINTS = [
    *(hints.in_danger(row["code"], row["signs"], row["words"], row["number"]) for row in rows("emergency")),
    *(hints.not_ours(row["code"], row["signs"], row["advice"], row["owner"], row["contact"]) for row in rows("elsewhere")),
]
"""All there are, as if a manager had confirmed each."""


def ringing(text):
    return [hint["code"] for hint in hints.recognised(text, HINTS)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ada KEBAKARAN di belakang Pasar Besar!!", "fire"),
        ("tolong omahe tonggoku kobongan", "fire"),
        ("tabung gas meledak di warung, api membesar", "fire"),
        ("anak tenggelam di kolam dekat rumah", "drowning"),
        ("Ada yang hanyut, terseret arus kali Amprong", "drowning"),
        ("wong kintir nang kali", "drowning"),
        ("kecelakaan parah di perempatan, banyak darah", "accident"),
        ("Barusan ada tabrakan beruntun depan kampus", "accident"),
        ("kabel menyala di tiang depan rumah", "live-wire"),
        ("kabel murup kenek udan", "live-wire"),
        ("rumah roboh menimpa penghuninya", "collapse"),
        ("pohon tumbang menutup jalan, motor tertimpa", "collapse"),
        ("Tanah longsor di belakang rumah kami", "landslide-and-flood"),
        ("terjebak banjir, air terus naik", "landslide-and-flood"),
        ("ada orang pingsan di alun-alun", "unconscious"),
        ("Bapak semaput nang embong", "unconscious"),
        ("Bapak saya tidak sadarkan diri", "unconscious"),
        ("perkelahian bersenjata di pertigaan", "armed-violence"),
        ("ada yang bawa celurit ngamuk", "armed-violence"),
        ("teman saya mau bunuh diri", "suicide"),
        ("aku pengen mati ae", "suicide"),
        ("Ular masuk rumah, besar sekali", "dangerous-animal"),
        ("Listrik padam sejak pagi se-RW", "electricity"),
        ("oglangan maneh rek", "electricity"),
        ("omahku kemalingan mau bengi", "police"),
        ("perpanjang SIM di mana ya", "police"),
        ("SPMB SMA kok ditolak", "high-school"),
        ("Calo Terminal Arjosari maksa penumpang", "arjosari-terminal"),
        ("bus Trans Jatim tidak berhenti di halte", "intercity-bus"),
        ("balik nama sertifikat lama sekali di BPN", "land-certificate"),
        ("bayar pajak motor di Samsat antre", "vehicle-tax"),
        ("pinjol neror terus", "telecom-and-bank"),
        ("tetangga dipukuli suami tiap malam", "violence-support"),
        ("anak saya di-bully di sekolah", "violence-support"),
        ("oknum pegawai minta uang pelicin", "corruption"),
        ("sampah di bantaran Brantas menumpuk", "brantas"),
    ],
)
def test_what_sounds_like_it_is_recognised(text, code):
    assert code in ringing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jalan berlubang di depan SMA 3, sudah banyak yang jatuh",
        "Lampu jalan mati, rawan kecelakaan dan rawan maling",
        "Lampu PJU padam, gelap, kabel putus",
        "Pohon rawan tumbang di dekat rel kereta",
        "Ranting menyentuh kabel PLN, mohon dipangkas",
        "Sampah menumpuk tiga hari, baunya bikin mau pingsan",
        "Got mampet, kalau hujan tergenang",
        "Demam berdarah di RT kami, mohon fogging",
        "Jukir liar minta lima ribu di depan Kantor Pos",
        "Parkir liar di depan Samsat dan depan terminal Arjosari bikin macet",
        "Air PDAM keruh sejak kemarin",
        "KTP saya belum jadi, sudah dua bulan",
        "Plengsengan retak, warga takut longsor",
        "Tutup gorong-gorong hilang di Jalan Haji Agus Salim",
        "Bansos saya tidak keluar padahal desil 2",
        "Rumput lapangan tinggi, takut ada ular",
        "Suara karaoke sampai tengah malam",
        "Bangunan tanpa izin di sempadan sungai",
        "Umak tau jam buka Mal Pelayanan Publik? Ayas kadit itreng",
        "Terima kasih, taman Merjosari sudah bagus",
        "Nomor SIM card saya ganti, bagaimana ubah data?",
        "",
        "!!! ... ???",
    ],
)
def test_everyday_complaints_do_not_ring(text):
    assert ringing(text) == []


def test_a_sign_matches_as_whole_words_whatever_the_case_and_the_marks_between():
    [hint] = signs = [hints.in_danger("x", "Bunuh diri, api BESAR", "", "112")]
    for text in ("bunuh-diri", "BUNUH   DIRI!", "(bunuh\ndiri)", "api besar"):
        assert hints.recognised(text, signs) == [hint], text
    for text in ("pembunuh diriku", "bunuhdiri", "api besaran", "bunuh si diri"):
        assert hints.recognised(text, signs) == [], text


def test_signs_are_written_with_commas_or_lines_and_never_empty():
    assert hints.listed(" api  besar ,\n, kobong\nkobong, --- ") == ["api besar", "kobong"]
    assert hints.listed("") == []


@pytest.mark.parametrize(
    ("contact", "number"),
    [
        ("112", "112"),
        ("Polisi: 110. Darurat: 112", "110"),
        ("WhatsApp 0857-3939-8261", "085739398261"),
        ("Telepon: (0341) 715103", "0341715103"),
        ("129 atau WhatsApp 08111-129-129", "129"),
        ("Buka: 08.00–16.00", ""),
        ("lapor.go.id", ""),
        ("", ""),
    ],
)
def test_the_first_number_of_a_contact_is_dialled(contact, number):
    assert hints.dialled(contact) == number


def test_signs_are_long_enough_and_no_sign_stands_twice_in_one_row():
    for hint in HINTS:
        assert len(set(hint["signs"])) == len(hint["signs"])
        assert all(len(sign) >= 3 for sign in hint["signs"]), hint["code"]
