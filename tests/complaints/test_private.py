"""What nobody else may read in public is found however people write it, and prices, dates and places are left alone."""

import pytest

from backend.complaints import private
from backend.complaints.private import HIDDEN, Kind

NIK = [
    "3573014101900001",
    "NIK 3573014101900001.",
    "NIK:3573014101900001,KK:3573011203150002",
    "nik saya 3573 0141 0190 0001 mohon dicek",
    "3573-0141-0190-0001",
    "3573 - 0141 - 0190 - 0001",
    "357301 410190 0001",
    "357301.410190.0001",
    "35.73.01.410190.0001",
    "35 73 01 41 01 90 0001",
    "357301 4101900001",
    "357301410190 0001",
    "35730141 01900001",
    "NIK3573014101900001an. Budi",
    "1.3573014101900001 2.3573011203150002",
    "３５７３０１４１０１９００００１",
    "3573\u200b0141\u200b0190\u200b0001",
    "3573 0141 0190 0001",
    "9999999999999999",
]

PHONES = [
    "081234567890",
    "0812-3456-7890",
    "0812 3456 7890",
    "0812.3456.7890",
    "hp 0812 34567890",
    "WA:085712345678",
    "wa.me/6281234567890",
    "+6281234567890",
    "+62 812-3456-7890",
    "+62 (0)812 3456 789",
    "62812 3456 7890",
    "6281234567890",
    "(081234567890)",
    "0813‑5555‑1234",
    "08 12 dulu, sekarang 0877 1234 5678",
    "0811360112",
    "081.234.567.890",
    "081 234 567 89",
    "081-2345-6789",
    "+62 81 2345 67890",
    "081234567890/085712345678",
    "1.081234567890 2.085712345678",
]

HARMLESS = [
    "Rp 1.250.000",
    "Rp62.812.345.678",
    "Rp1.081.234.567.890",
    "dari 15.000.000 - 20.000.000 menjadi 25.000.000",
    "12-08-2024",
    "tanggal 12/08/2024 jam 08.00 - 12.00, lalu 13.00-15.30",
    "buka 0800-1600",
    "12-03-2025 07.10 - 12-03-2025 09.00",
    "2019 2020 2021 2022 2023",
    "N 1234 AB dan B 2081 XYZ",
    "Jl. Ijen No. 25-27, RT 03/RW 08",
    "RT 003 RW 012 kode pos 65119",
    "-7.9666204, 112.6326321",
    "-7.98123456,112.63081234567890",
    "-8.0812345678901, 112.65",
    "koordinat 7°58'08.1234\" LS",
    "SRK 7F3K 9Q",
    "nomor aduan 7F3K9Q",
    "7F3K 9QWX 01TT 2V4B 8YHJ MNPR S5",
    "telepon (0341) 715103 tidak diangkat",
    "0341-551234",
    "hubungi 112, 110, 123 atau 129",
    "0800 1 234567 bebas pulsa",
    "SK 188.45/812/35.73.112/2024",
    "35.73.02.1001",
    "ID pelanggan 513012345678",
    "token 1234 5678 9012 3456 7890",
    "no resi JP1234567890123",
    "lubang 2 x 1,5 m sedalam 30 cm sejak 2023",
    "ukuran 600x1200, 12 titik",
    "17 Agustus 1945 - 17 Agustus 2025",
]


@pytest.mark.parametrize("text", NIK)
def test_a_number_of_a_person_or_family_is_found_however_it_is_written(text):
    assert {finding.kind for finding in private.found(text)} == {Kind.IDENTITY}
    assert HIDDEN in private.masked(text)


@pytest.mark.parametrize("text", PHONES)
def test_a_mobile_number_is_found_however_it_is_written(text):
    assert {finding.kind for finding in private.found(text)} == {Kind.PHONE}
    assert "345" not in private.masked(text).replace(HIDDEN, "")


@pytest.mark.parametrize("text", HARMLESS)
def test_prices_dates_plates_places_and_offices_are_left_alone(text):
    assert private.found(text) == []
    assert private.masked(text) == text


def test_everything_around_stays_as_it_was_written():
    text = "Bu Sri (NIK 3573014101900001,\nHP 0812-3456-7890) antre sejak 07.00.\nRp 15.000!"
    assert private.masked(text) == f"Bu Sri (NIK {HIDDEN},\nHP {HIDDEN}) antre sejak 07.00.\nRp 15.000!"


def test_two_numbers_side_by_side_are_both_hidden():
    assert private.masked("3573014101900001 081234567890").split(" ") == ["[nomor", "disembunyikan]", "[nomor", "disembunyikan]"]


def test_masking_twice_is_masking_once():
    once = private.masked("HP 081234567890")
    assert private.masked(once) == once


def test_whoever_must_see_what_is_masked_sees_the_whole_text_in_stretches():
    text = "HP 081234567890 ya"
    stretches = private.stretches(text)
    assert "".join(stretch.words for stretch in stretches) == text
    assert [(stretch.words, stretch.hidden) for stretch in stretches] == [("HP ", False), ("081234567890", True), (" ya", False)]
    assert private.stretches("") == []


def test_a_long_text_is_read_in_no_time_worth_speaking_of():
    """Nothing in the patterns tries the same again and again: 4000 digits and gaps end."""
    for text in ("0" * 4000, "08 " * 1300, "3 - " * 1000, "3573 0141 0190 000" * 200, "+62 " * 1000):
        private.masked(text)
