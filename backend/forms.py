"""From what came in to a struct: one sentence for each field that does not fit, whichever door it came through."""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from backend.errors import InvalidInput
from backend.words import N_, tr

StructT = TypeVar("StructT", bound=msgspec.Struct)

SENTENCES: dict[str, str] = {
    "text": N_("Tuliskan dulu, dengan kata-kata Anda sendiri."),
    "work_done": N_("Tuliskan apa yang dikerjakan."),
    "work_done_by": N_("Tuliskan siapa yang mengerjakan."),
    "work_done_on": N_("Pilih tanggal pengerjaan."),
    "finish_on": N_("Pilih tanggal selesai."),
    "visit_on": N_("Pilih tanggal kunjungan."),
    "officer": N_("Pilih petugas."),
    "outcome": N_("Pilih hasilnya."),
    "photos": N_("Paling banyak lima foto, masing-masing tidak lebih dari 12 MB."),
    "place": N_("Lokasi tidak dapat dibaca. Ambil ulang, atau tulis alamat."),
    "category": N_("Pilih kategori dari daftar, atau biarkan kosong."),
    "latitude": N_("Tuliskan lintangnya dengan angka, mis. -7.977."),
    "longitude": N_("Tuliskan bujurnya dengan angka, mis. 112.634."),
    "rank": N_("Tuliskan urutannya dengan angka."),
    "valid_from": N_("Pilih tanggalnya."),
    "valid_until": N_("Pilih tanggalnya."),
    "contact": N_("Nomor telepon tidak dapat dibaca. Tulis angkanya saja, misalnya 0812 3456 7890."),
    "source": N_("Pilih bagaimana aduan ini disampaikan."),
    "secrecy": N_("Pilih siapa yang boleh tahu."),
    "mode": N_("Pilih cara meneruskan."),
    "parts": N_("Pilih dinas dan jenis pekerjaannya."),
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

UNKNOWN = N_("Isian “{field}” tidak dikenal.")
UNREADABLE = N_("Isian “{field}” tidak dapat dibaca.")
TOO_LONG = N_("Terlalu panjang: paling banyak {longest} huruf.")

_PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_FIELD = re.compile(r"field `(?P<field>[^`]+)`")
_LONGEST = re.compile(r"`str` of length <= (?P<longest>\d+)")
_NONE_AT_ALL = re.compile(r"`array` of length >= 1")


def decode(given: Mapping[str, Any], struct: type[StructT]) -> StructT:
    """The struct a form filled in. Raises `InvalidInput` with the field's name and a sentence a person understands."""
    try:
        found = msgspec.convert(given, struct, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(fields_of(error)) from error
    if lost := dict.fromkeys(_lost(given, found)):
        raise InvalidInput({field: _sentence(field, "") for field in lost})
    return found


def written(sent: Mapping[str, Any], known: Container[str]) -> dict[str, Any]:
    """What a form sent, without fields that were left empty; an empty one nobody knows stays, to be refused by its name."""
    return {name: value for name, value in sent.items() if value or name not in known}


def _lost(given: Mapping[str, Any], found: object) -> Iterator[str]:
    """Fields in which something stands that was read as nothing: to msgspec the word `null` is none."""
    for name, value in given.items():
        taken = getattr(found, name, value)  # the kind is no field
        if isinstance(value, Mapping):
            yield from (name for _ in _lost(value, taken))
        elif taken is None and value is not None:
            yield name


def fields_of(error: msgspec.DecodeError | UnicodeDecodeError) -> dict[str, str]:
    """Which field a message of msgspec is about, and the sentence for it; a field nobody knows is refused by its name."""
    words = str(error)
    named = _FIELD.search(words)
    path = _PATH.search(words)
    if named and "unknown" in words:
        return {named["field"]: tr(UNKNOWN).format(field=named["field"])}
    field = named["field"] if named else re.split(r"[.\[]", path["path"])[0] if path else ""
    return {field or "kind": _sentence(field or "kind", words)}


def _sentence(field: str, words: str) -> str:
    if too_long := _LONGEST.search(words):
        return tr(TOO_LONG).format(longest=too_long["longest"])
    if field == "photos" and _NONE_AT_ALL.search(words):
        return N_("Sertakan sedikitnya satu foto.")
    return tr(SENTENCES[field]) if field in SENTENCES else tr(UNREADABLE).format(field=field)
