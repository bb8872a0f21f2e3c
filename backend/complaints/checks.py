"""What a complaint must hold beyond its shape: pure, field by field, with the sentence the person reads."""

from uuid import UUID

from backend.complaints.lifecycle import Mode
from backend.complaints.operations import ForwardComplaint, Place, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.operations import Operation
from backend.sla.policy import ServiceClass

SHORTEST_WITHOUT_PHOTO = 10
"""Characters; with a photo one word is enough (`law.md` C1)."""
ANONYMOUS_ID = 4
"""The UUID version that holds no time."""
NAMELESS = "Aduan tanpa nama tidak boleh dikirim bersama akun atau waktu ponsel."
PLACELESS = frozenset({ServiceClass.INFORMATION, ServiceClass.NOTE})


def of_submit(op: SubmitComplaint, service_class: str | None) -> dict[str, str]:
    """Field -> sentence for what must be mended; empty when all is well."""
    found: dict[str, str] = {}
    text = op.text.strip()
    if not text:
        found["text"] = "Tuliskan dulu apa yang terjadi."
    elif len(text) < SHORTEST_WITHOUT_PHOTO and not op.photos:
        found["text"] = "Ceritakan sedikit lebih panjang, atau sertakan foto."
    if not _has_place(op.place) and service_class not in PLACELESS:
        found["place"] = "Di mana kejadiannya? Tunjukkan tempatnya, tulis patokan, atau pilih kelurahan."
    if (op.place.latitude is None) != (op.place.longitude is None):
        found["place"] = "Titik lokasi tidak lengkap. Ambil ulang lokasinya, atau tulis alamat."
    if len({photo.id for photo in op.photos}) != len(op.photos):
        found["photos"] = "Ada foto yang tercantum dua kali."
    if op.owner is None and op.claim_hash is None:
        found["secrecy"] = "Kartu aduan belum dibuat. Muat ulang formulir, isian Anda tetap ada."
    if op.owner is not None and op.claim_hash is not None:
        found["secrecy"] = "Aduan dengan akun tidak memakai kartu aduan."
    if op.secrecy == Secrecy.ANONYMOUS and tells_who(op, op.complaint, *(photo.id for photo in op.photos)):
        found["secrecy"] = NAMELESS
    return found


def of_forward(op: ForwardComplaint) -> dict[str, str]:
    """Field -> sentence for what a moderator must mend before forwarding."""
    found: dict[str, str] = {}
    agencies = [part.agency for part in op.parts]
    leads = sum(part.lead for part in op.parts)
    if len(set(agencies)) != len(agencies):
        found["parts"] = "Satu dinas hanya mendapat satu bagian."
    if op.mode != Mode.JOINT and any(part.service_class == ServiceClass.JOINT for part in op.parts):
        found["parts"] = "Tenggat bersama hanya untuk urusan yang dikerjakan bersama."
    match op.mode:
        case Mode.SINGLE if len(op.parts) != 1:
            found["mode"] = "Satu dinas: pilih tepat satu dinas."
        case Mode.PARALLEL | Mode.JOINT if len(op.parts) < 2:  # noqa: PLR2004  (two are the least that can work side by side)
            found["mode"] = "Pilih sedikitnya dua dinas."
    if op.mode == Mode.JOINT and leads != 1:
        found["lead"] = "Pilih satu dinas yang memimpin."
    if op.mode == Mode.JOINT and not op.reason.strip():
        found["reason"] = "Tuliskan mengapa perlu dikerjakan bersama."
    return found


def tells_who(op: Operation, *ids: UUID) -> bool:
    """Is there an account, a moment, or an id that holds one?"""
    return op.owner is not None or op.occurred_at is not None or any(one.version != ANONYMOUS_ID for one in (op.id, *ids))


def _has_place(place: Place) -> bool:
    return place.latitude is not None or place.area is not None or bool(place.address.strip())
