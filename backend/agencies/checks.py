"""What a change of the city's data must hold beyond its shape: pure, field by field, with the sentence a manager reads."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from backend.agencies import hints, sealing
from backend.agencies.kinds import Kind
from backend.agencies.operations import CloseAgency, SaveAgency, SaveArea, SaveCategory, SaveElsewhere, SaveEmergency, Saving
from backend.agencies.tiles import TILES
from backend.words import N_

if TYPE_CHECKING:
    from backend.agencies.tables import Agency, Category

AGENCY_CODE = re.compile(r"[A-Z0-9][A-Z0-9 .-]{1,38}[A-Z0-9]")
SLUG = re.compile(r"(?!new$)[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")
TAKEN = N_("Kode ini sudah dipakai.")
NO_REASON = N_("Tuliskan alasannya: siapa yang memutuskan, atau dari mana Anda tahu.")
NO_SUCH_AGENCY = N_("Pilih dinas dari daftar.")
NOT_EMPTY = N_("Isian ini tidak boleh kosong.")
SHORTEST_SIGN = 3


def of_code(code: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """A new code: short, and fit for an address."""
    if pattern.fullmatch(code):
        return {}
    return {"code": N_("Kode: 3 sampai 40 huruf, angka, dan tanda hubung. Huruf besar untuk dinas, huruf kecil untuk yang lain.")}


def of_agency(op: SaveAgency) -> dict[str, str]:
    """Its names; what is called confirmed must be there."""
    found = _of_reason(op) | _not_empty(op, "name", "citizen_name")
    if op.confirmed and not op.duties.strip():
        found["duties"] = N_("Tuliskan tugasnya, atau jangan tandai sudah diperiksa.")
    if op.contact_confirmed and not (op.contact.strip() or op.address.strip()):
        found["contact"] = N_("Tuliskan kontaknya, atau jangan tandai sudah diperiksa.")
    return found


def of_place(op: SaveAgency, known: "Iterable[Agency]", areas: Collection[str]) -> dict[str, str]:
    """Under whom it works, and for which kelurahan: one level, one office for each kelurahan."""
    found: dict[str, str] = {}
    others = {one.code: one for one in known if one.code != op.code}
    above = others.get(op.parent or "")
    if op.parent and above is None:
        found["parent"] = NO_SUCH_AGENCY
    elif above and (above.parent or any(one.parent == op.code for one in others.values())):
        found["parent"] = N_("Unit hanya satu tingkat: pilih dinas yang bukan unit, dan dinas yang punya unit tidak bisa menjadi unit.")
    if op.kind == Kind.VILLAGE and not (op.parent and op.area):
        found["area"] = N_("Kantor kelurahan butuh kecamatan dan kelurahannya.")
    elif op.area and (op.kind != Kind.VILLAGE or op.area not in areas):
        found["area"] = N_("Pilih kelurahan dari daftar, hanya untuk kantor kelurahan.")
    elif op.area and any(one.area == op.area and one.valid_until is None for one in others.values()):
        found["area"] = N_("Kelurahan ini sudah punya kantor.")
    return found


def of_end(op: CloseAgency, row: "Agency", leading: "Iterable[Agency | Category]", today: date) -> dict[str, str]:
    """An end after the beginning; once it has come, nothing may lead to what is no more."""
    found = _of_reason(op)
    if op.valid_until and row.valid_from and op.valid_until < row.valid_from:
        found["valid_until"] = N_("Hari terakhir tidak mungkin sebelum hari pertama.")
    elif op.valid_until and op.valid_until < today and (names := [one.name for one in leading]):
        found["valid_until"] = N_("Masih ada yang menuju ke sini: {names}. Pindahkan dulu.").format(names=", ".join(names))
    return found


def of_category(op: SaveCategory, agencies: Collection[str]) -> dict[str, str]:
    """Its words, tile and OPDs; what must be sealed is not offered, and without it a citizen finds a contact."""
    found = _of_reason(op) | _not_empty(op, "name")
    if op.group_name not in TILES:
        found["group_name"] = N_("Pilih kelompok dari daftar.")
    if op.agency and op.agency not in agencies:
        found["agency"] = NO_SUCH_AGENCY
    if op.second_agency and not op.agency:
        found["agency"] = N_("Dinas kedua hanya bersama dinas pertama.")
    if op.second_agency and (op.second_agency not in agencies or op.second_agency == op.agency):
        found["second_agency"] = NO_SUCH_AGENCY
    if op.offered and sealing.must_stay_off(op.code, op.service_class):
        found["offered"] = sealing.WHY
    return found


def of_elsewhere(op: SaveElsewhere) -> dict[str, str]:
    """Whose it is; before citizens see it somebody must have looked, and say where."""
    found = _of_reason(op) | _not_empty(op, "matter", "owner")
    if op.confirmed and not op.source.strip():
        found["source"] = N_("Sebelum tampil ke warga: tuliskan di mana Anda memeriksanya.")
    if op.confirmed and not (op.advice.strip() or op.contact.strip()):
        found["advice"] = N_("Sebelum tampil ke warga: tuliskan ke mana warga bisa pergi.")
    return found | _of_signs(op.signs)


def of_emergency(op: SaveEmergency) -> dict[str, str]:
    """A number to dial and a kind word."""
    found = _of_reason(op) | _not_empty(op, "words") | _of_signs(op.signs)
    if not re.fullmatch(r"\d{3,14}", op.number):
        found["number"] = N_("Tuliskan nomor telepon dengan angka saja, mis. 112.")
    return found


def of_area(op: SaveArea) -> dict[str, str]:
    """Its name."""
    return _of_reason(op) | _not_empty(op, "name")


def _of_reason(op: Saving) -> dict[str, str]:
    return {} if op.reason.strip() else {"reason": NO_REASON}


def _not_empty(op: Saving, *fields: str) -> dict[str, str]:
    return {field: NOT_EMPTY for field in fields if not getattr(op, field).strip()}


def _of_signs(signs: str) -> dict[str, str]:
    """A sign of one or two letters would ring in every second text."""
    short = [sign for sign in hints.listed(signs) if len(hints.plain(sign).strip()) < SHORTEST_SIGN]
    return {"signs": N_("Terlalu pendek: {signs}.").format(signs=", ".join(short))} if short else {}
