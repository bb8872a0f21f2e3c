"""The words a manager reads for tables, fields and values of the city's data."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from backend.agencies.kinds import Kind, Subject
from backend.words import N_, tr

KIND_WORDS: dict[str, str] = {
    Kind.AGENCY: N_("Dinas, badan, kantor"),
    Kind.DISTRICT: N_("Kecamatan"),
    Kind.VILLAGE: N_("Kelurahan"),
    Kind.UNIT: N_("Unit layanan"),
    Kind.CLINIC: N_("Puskesmas"),
    Kind.HOSPITAL: N_("Rumah sakit"),
    Kind.COUNTER: N_("Loket bersama"),
    Kind.COMPANY: N_("Perusahaan daerah"),
}

SUBJECT_WORDS: dict[str, str] = {
    Subject.AGENCY: N_("Dinas dan unit"),
    Subject.CATEGORY: N_("Jenis aduan"),
    Subject.ELSEWHERE: N_("Bukan wewenang"),
    Subject.EMERGENCY: N_("Tanda darurat"),
    Subject.AREA: N_("Kelurahan"),
}

SUBJECT_ADDRESSES: dict[str, str] = {
    Subject.AGENCY: "/city/agencies",
    Subject.CATEGORY: "/city/categories",
    Subject.ELSEWHERE: "/city/elsewhere",
    Subject.EMERGENCY: "/city/emergency",
    Subject.AREA: "/city/areas",
}

FIELD_WORDS: dict[str, str] = {
    "address": N_("Alamat"),
    "advice": N_("Kalimat untuk warga"),
    "agency": N_("Dinas yang diusulkan"),
    "area": N_("Kelurahan yang dilayani"),
    "citizen_name": N_("Nama yang dibaca warga"),
    "code": N_("Kode"),
    "confirmed": N_("Sudah diperiksa"),
    "contact": N_("Kontak"),
    "contact_confirmed": N_("Kontak sudah diperiksa"),
    "contacts": N_("Kontak selama ditutup"),
    "district": N_("Kecamatan"),
    "duties": N_("Tugas"),
    "group_name": N_("Kelompok"),
    "hints": N_("Kata bantu"),
    "icon": N_("Gambar"),
    "kind": N_("Macam"),
    "latitude": N_("Lintang"),
    "longitude": N_("Bujur"),
    "marks": N_("Tanda"),
    "matter": N_("Perkara"),
    "name": N_("Nama"),
    "number": N_("Nomor telepon"),
    "offered": N_("Ditawarkan ke warga"),
    "owner": N_("Milik siapa"),
    "parent": N_("Di bawah"),
    "rank": N_("Urutan"),
    "second_agency": N_("Dinas kedua"),
    "service_class": N_("Kelas layanan"),
    "signs": N_("Kata tanda"),
    "source": N_("Sumber"),
    "valid_from": N_("Berlaku sejak"),
    "valid_until": N_("Hari terakhir"),
    "words": N_("Kalimat untuk warga"),
}

NOTHING = N_("kosong")
YES, NO = N_("Ya"), N_("Tidak")
AGENCY_FIELDS = frozenset({"agency", "second_agency", "parent"})
DAY_FIELDS = frozenset({"valid_from", "valid_until"})


def field_word(field: str) -> str:
    """What a field is called on the screen."""
    return tr(FIELD_WORDS.get(field, field))


def told(field: str, value: object, agency_names: Mapping[str, str]) -> str:
    """A value of a field as a person reads it."""
    match value:
        case None | "":
            return tr(NOTHING)
        case bool():
            return tr(YES if value else NO)
        case str() if field in AGENCY_FIELDS:
            return agency_names.get(value, value)
        case str() if field in DAY_FIELDS:
            return format_date(date.fromisoformat(value), "d MMMM y", locale="id")
        case str() if field == "kind":
            return tr(KIND_WORDS.get(value, value))
        case _:
            return str(value)
