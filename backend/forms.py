"""From what came in to a struct: one sentence for each field that does not fit, whichever door it came through."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from backend.errors import InvalidInput
from backend.words import N_

StructT = TypeVar("StructT", bound=msgspec.Struct)

SENTENCES: dict[str, str] = {
    "text": "Tuliskan dulu, dengan kata-kata Anda sendiri.",
    "work_done": "Tuliskan apa yang dikerjakan.",
    "work_done_by": "Tuliskan siapa yang mengerjakan.",
    "work_done_on": "Pilih tanggal pengerjaan.",
    "finish_on": "Pilih tanggal selesai.",
    "visit_on": "Pilih tanggal kunjungan.",
    "officer": "Pilih petugas.",
    "outcome": "Pilih hasilnya.",
    "photos": "Paling banyak lima foto, masing-masing tidak lebih dari 12 MB.",
    "place": "Lokasi tidak dapat dibaca. Ambil ulang, atau tulis alamat.",
    "category": "Pilih kategori dari daftar, atau biarkan kosong.",
    "latitude": "Tuliskan lintangnya dengan angka, mis. -7.977.",
    "longitude": "Tuliskan bujurnya dengan angka, mis. 112.634.",
    "rank": "Tuliskan urutannya dengan angka.",
    "valid_from": "Pilih tanggalnya.",
    "valid_until": "Pilih tanggalnya.",
    "contact": N_("Nomor telepon tidak dapat dibaca. Tulis angkanya saja, misalnya 0812 3456 7890."),
    "source": N_("Pilih bagaimana aduan ini disampaikan."),
    "secrecy": "Pilih siapa yang boleh tahu.",
    "mode": "Pilih cara meneruskan.",
    "parts": "Pilih dinas dan jenis pekerjaannya.",
    "question_kind": N_("Pilih tentang apa pertanyaannya."),
    "reason": N_("Pilih atau tuliskan alasannya."),
    "stands": N_("Pilih hasil pemeriksaan Anda."),
    "witness": N_("Pilih kelurahan atau kecamatan yang ikut memeriksa."),
    "own_will": N_("Pilih apakah ini kemauan Anda sendiri."),
    "stars": N_("Pilih nilai satu sampai lima."),
    "question": N_("Pertanyaan ini tidak ada lagi. Muat ulang halamannya."),
    "accused": N_("Pilih dinas dari daftar."),
    "released": N_("Pilih foto dari daftar."),
}

_PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_FIELD = re.compile(r"field `(?P<field>[^`]+)`")
_LONGEST = re.compile(r"`str` of length <= (?P<longest>\d+)")
_NONE_AT_ALL = re.compile(r"`array` of length >= 1")


def decode(given: Mapping[str, Any], struct: type[StructT]) -> StructT:
    """The struct a form filled in. Raises `InvalidInput` with the field's name and a sentence a person understands."""
    try:
        return msgspec.convert(given, struct, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(fields_of(error)) from error


def fields_of(error: msgspec.DecodeError | UnicodeDecodeError) -> dict[str, str]:
    """Which field a message of msgspec is about, and the sentence for it; a field nobody knows is refused by its name."""
    words = str(error)
    named = _FIELD.search(words)
    path = _PATH.search(words)
    if named and "unknown" in words:
        return {named["field"]: f"Isian “{named['field']}” tidak dikenal."}
    field = named["field"] if named else re.split(r"[.\[]", path["path"])[0] if path else ""
    return {field or "kind": _sentence(field or "kind", words)}


def _sentence(field: str, words: str) -> str:
    if too_long := _LONGEST.search(words):
        return f"Terlalu panjang: paling banyak {too_long['longest']} huruf."
    if field == "photos" and _NONE_AT_ALL.search(words):
        return "Sertakan sedikitnya satu foto."
    return SENTENCES.get(field, f"Isian “{field}” tidak dapat dibaca.")
