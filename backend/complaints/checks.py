"""What a complaint must hold beyond its shape: pure, field by field, with the sentence the person reads."""

import re
from uuid import UUID

from backend.complaints.operations import ContactGiven, Place, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import ForwardComplaint, Forwarding, SubmitForOther
from backend.complaints.states import Mode, Source
from backend.operations import Operation
from backend.sla.policy import ServiceClass
from backend.words import N_

SHORTEST_WITHOUT_PHOTO = 10
"""Characters; with a photo one word is enough (`law.md` C1)."""
ANONYMOUS_ID = 4
"""The UUID version that holds no time."""
NAMELESS = N_("Aduan tanpa nama tidak boleh dikirim bersama akun atau waktu ponsel.")
NOT_WHO = N_("Pelapor memilih tanpa nama: jangan menanyakan nama, NIK, atau nomor teleponnya. Tanyakan tempat, waktu, atau keadaannya.")
ASKS_WHO = re.compile(
    r"\b(nik|ktp|kk|identitas|e-?mail|surel|whatsapp|wa"
    r"|(no\.?|nomor|nomer) *(hp|telp|tlp|telepon|ponsel|wa|whatsapp|kontak|nik|ktp|kk|anda)"
    r"|nama (anda|lengkap|asli|pelapor|panggilan|bapak|ibu|saudara)|siapa nama|dengan siapa|siapa anda|alamat rumah)\b",
    re.IGNORECASE,
)
"""Words by which a question asks who somebody is or how to reach them."""
INSPECTORATE = "INSPEKTORAT"
"""The OPD to which accusations go, and they alone."""
PLACELESS = frozenset({ServiceClass.INFORMATION, ServiceClass.NOTE})


def of_submit(op: SubmitComplaint, service_class: str | None) -> dict[str, str]:
    """Field -> sentence for what must be mended; empty when all is well."""
    found = _of_told(op, service_class)
    if op.owner is None and op.claim_hash is None:
        found["secrecy"] = N_("Kartu aduan belum dibuat. Muat ulang formulir, isian Anda tetap ada.")
    if op.owner is not None and op.claim_hash is not None:
        found["secrecy"] = N_("Aduan dengan akun tidak memakai kartu aduan.")
    if op.secrecy == Secrecy.ANONYMOUS and tells_who(op, *_ids(op)):
        found["secrecy"] = NAMELESS
    return found


def of_entry(op: SubmitForOther, service_class: str | None) -> dict[str, str]:
    """The same of what a clerk writes down for somebody; the account is the clerk's own, and tells of nobody else."""
    found = _of_told(op, service_class)
    if op.source == Source.APP:
        found["source"] = N_("Pilih bagaimana aduan ini disampaikan.")
    if op.contact is not None and op.contact.may_call and not op.contact.phone.strip():
        found["contact"] = N_("Tuliskan nomor yang boleh ditelepon petugas.")
    if op.secrecy == Secrecy.ANONYMOUS and tells_when(op, *_ids(op)):
        found["secrecy"] = NAMELESS
    return found


def of_question(text: str, *, anonymous: bool) -> dict[str, str]:
    """Somebody anonymous is never asked who it is (G3)."""
    if not text.strip():
        return {"text": N_("Tuliskan pertanyaannya.")}
    return {"text": NOT_WHO} if anonymous and ASKS_WHO.search(text) else {}


def of_forward(op: Forwarding) -> dict[str, str]:
    """Field -> sentence for what a moderator must mend before forwarding."""
    found: dict[str, str] = {}
    agencies = [part.agency for part in op.parts]
    leads = sum(part.lead for part in op.parts)
    if len(set(agencies)) != len(agencies):
        found["parts"] = N_("Satu dinas hanya mendapat satu bagian.")
    if any(part.service_class == ServiceClass.OVERSIGHT and part.agency != INSPECTORATE for part in op.parts):
        found["parts"] = N_("Laporan tentang petugas atau penyalahgunaan hanya diteruskan ke Inspektorat.")
    if op.mode == Mode.JOINT and any(part.service_class in {ServiceClass.OVERSIGHT, ServiceClass.NOTE} for part in op.parts):
        found["parts"] = N_("Pengawasan dan catatan tidak dikerjakan bersama.")
    if isinstance(op, ForwardComplaint) and op.accused and not any(part.service_class == ServiceClass.OVERSIGHT for part in op.parts):
        found["accused"] = N_("Dinas yang dilaporkan hanya dicatat pada laporan pengawasan.")
    if op.mode != Mode.JOINT and any(part.service_class == ServiceClass.JOINT for part in op.parts):
        found["parts"] = N_("Tenggat bersama hanya untuk urusan yang dikerjakan bersama.")
    match op.mode:
        case Mode.SINGLE if len(op.parts) != 1:
            found["mode"] = N_("Satu dinas: pilih tepat satu dinas.")
        case Mode.PARALLEL | Mode.JOINT if len(op.parts) < 2:  # noqa: PLR2004  (two are the least that can work side by side)
            found["mode"] = N_("Pilih sedikitnya dua dinas.")
    if op.mode == Mode.JOINT and leads != 1:
        found["lead"] = N_("Pilih satu dinas yang memimpin.")
    if op.mode == Mode.JOINT and not op.reason.strip():
        found["reason"] = N_("Tuliskan mengapa perlu dikerjakan bersama.")
    return found


def tells_who(op: Operation, *ids: UUID) -> bool:
    """Is there an account, a moment, or an id that holds one?"""
    return op.owner is not None or tells_when(op, *ids)


def tells_when(op: Operation, *ids: UUID) -> bool:
    """Is there a moment, or an id that holds one?"""
    return op.occurred_at is not None or any(one.version != ANONYMOUS_ID for one in (op.id, *ids))


def _of_told(op: SubmitComplaint | SubmitForOther, service_class: str | None) -> dict[str, str]:
    """What is told, whoever writes it down."""
    found: dict[str, str] = {}
    text = op.text.strip()
    if not text:
        found["text"] = N_("Tuliskan dulu apa yang terjadi.")
    elif len(text) < SHORTEST_WITHOUT_PHOTO and not op.photos:
        found["text"] = N_("Ceritakan sedikit lebih panjang, atau sertakan foto.")
    if not _has_place(op.place) and service_class not in PLACELESS:
        found["place"] = N_("Di mana kejadiannya? Tunjukkan tempatnya, tulis patokan, atau pilih kelurahan.")
    if (op.place.latitude is None) != (op.place.longitude is None):
        found["place"] = N_("Titik lokasi tidak lengkap. Ambil ulang lokasinya, atau tulis alamat.")
    if len({photo.id for photo in op.photos}) != len(op.photos):
        found["photos"] = N_("Ada foto yang tercantum dua kali.")
    if op.secrecy == Secrecy.ANONYMOUS and op.contact is not None and is_given(op.contact):
        found["contact"] = N_("Tanpa nama berarti tanpa nomor telepon. Kosongkan kontak, atau pilih nama tidak ditampilkan.")
    return found


def is_given(contact: ContactGiven) -> bool:
    """Was anything filled in?"""
    return bool(contact.name.strip() or contact.phone.strip() or contact.may_call)


def _ids(op: SubmitComplaint | SubmitForOther) -> tuple[UUID, ...]:
    return (op.complaint, *(photo.id for photo in op.photos))


def _has_place(place: Place) -> bool:
    return place.latitude is not None or place.area is not None or bool(place.address.strip())
