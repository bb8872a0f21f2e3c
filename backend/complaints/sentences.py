"""The sentences of `law.md` 4: what the citizen reads of each thing that happened, in the timeline and in a push."""

from datetime import date

import msgspec

from backend.complaints.labels import day
from backend.complaints.sentence_variants import VARIANTS, variant
from backend.events.kinds import EventKind
from backend.sla.policy import ClockKind
from backend.words import N_, tr


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence may speak of: agencies by their citizen's names, days, the number, the words of an answer.

    `variant` says which of several sentences it is, where an event has more than one.
    """

    number: str = ""
    agency: str = ""
    agencies: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    lead: str = ""
    answer_on: date | None = None
    work_on: date | None = None
    finish_on: date | None = None
    visit_on: date | None = None
    reply_until: date | None = None
    decide_on: date | None = None
    object_until: date | None = None
    old_on: date | None = None
    new_on: date | None = None
    on: date | None = None
    words: str = ""
    reason: str = ""
    fields: str = ""
    responsible: str = ""
    contact: str = ""
    person: str = ""
    other_number: str = ""
    stars: int = 0
    times: int = 1
    variant: str = ""


SENTENCES: dict[EventKind, str] = {
    EventKind.RECEIVED: N_("Aduan Anda sudah kami terima dengan nomor {number}; jawaban paling lambat {answer_on}."),
    EventKind.FORWARDED: N_("Diteruskan ke {agencies}; jawaban paling lambat {answer_on}, mulai dikerjakan paling lambat {work_on}."),
    EventKind.ANSWERED: N_("{agency} menjawab: {words}"),
    EventKind.OFFICER_NAMED: N_("Petugas {agency} datang {visit_on}."),
    EventKind.VISITED: N_("Lokasi sudah diperiksa; selesai paling lambat {finish_on}."),
    EventKind.PART_DONE: N_("Bagian {agency} selesai."),
    EventKind.RESOLVED: N_("{agency} menyatakan selesai: {words} Sudah beres? Jawab sampai {reply_until}."),
    EventKind.CONFIRMED: N_("Anda menyatakan sudah beres. Terima kasih."),
    EventKind.DISPUTED: N_("Anda menyatakan belum beres; {agencies} wajib mengerjakan lagi paling lambat {work_on}."),
    EventKind.CONFLICTED: N_("Ada catatan yang menyusul."),
    EventKind.PHOTO_UPLOADED: "",
    EventKind.PHOTO_READY: "",
    EventKind.PHOTO_REFUSED: N_("Satu foto tidak dapat dibuka. Aduan tetap berjalan."),
    EventKind.ASKED: N_("Kami perlu satu keterangan dari Anda: {words} Tanpa jawaban pun aduan kami lanjutkan sesudah {reply_until}."),
    EventKind.REPLIED: N_("Terima kasih, keterangan Anda kami terima; jawaban paling lambat {answer_on}."),
    EventKind.REPLY_OVER: N_("Kami lanjutkan dengan keterangan yang ada; jawaban paling lambat {answer_on}."),
    EventKind.ADDED: N_("Anda menambahkan keterangan."),
    EventKind.REJECTED: N_(
        "Ini wewenang {responsible}, bukan Pemkot Malang; hubungi {contact}, teks aduannya sudah kami siapkan."
        " Keberatan dapat disampaikan sampai {object_until}."
    ),
    EventKind.OBJECTED: N_("Keberatan Anda kami terima; petugas lain memeriksanya paling lambat {decide_on}."),
    EventKind.OBJECTION_REFUSED: N_("Keputusan tetap: {reason}; Anda dapat melanjutkan ke SP4N-LAPOR! atau Ombudsman."),
    EventKind.OBJECTION_GRANTED: N_("Keberatan Anda benar, aduan diteruskan ke {agencies}."),
    EventKind.PROMISE_MOVED: N_("Janji berubah dari {old_on} ke {new_on} karena {reason}."),
    EventKind.EDITED: N_("Moderator menyunting {fields} karena {reason}; tulisan asli Anda tetap tersimpan dan bisa Anda lihat."),
    EventKind.SECRECY_CHANGED: N_("Aduan ini sekarang rahasia: hanya yang menanganinya yang dapat membacanya."),
    EventKind.PHOTOS_RELEASED: N_("Moderator memilih foto yang boleh dilihat semua orang."),
    EventKind.WITHDRAWN: N_("Aduan Anda cabut {on}."),
    EventKind.CLOSED_SILENTLY: N_("Kami tutup karena tidak ada kabar sampai {reply_until}. Kalau masih bermasalah, tekan “Lapor lagi”."),
    EventKind.REVIEW_DUE: N_("Belum ada kabar dari Anda. Moderator memeriksa hasilnya dulu, paling lambat {decide_on}."),
    EventKind.REDO_DECIDED: N_("Moderator memutuskan {agencies} mengerjakan lagi paling lambat {finish_on}; kelurahan ikut memeriksa."),
    EventKind.REDIRECTED: N_("Tugas {taken} kami alihkan karena {reason}. Diteruskan ke {agencies}; jawaban paling lambat {answer_on}."),
    EventKind.CLOSED_BY_DECISION: N_(
        "Moderator menutup aduan karena {reason}; ketidaksetujuan Anda tercatat, dan Anda dapat melanjutkan ke Ombudsman."
    ),
    EventKind.NOTED: N_("Terima kasih. Catatan Anda sudah kami sampaikan ke {agencies}."),
    EventKind.RATED: N_("Anda memberi nilai {stars} dari 5."),
    EventKind.FOLLOWED: "",
    EventKind.STILL_BROKEN: N_("Warga lain yang mengikuti aduan ini menyatakan masih rusak."),
    EventKind.CONTINUED: N_("Aduan baru {other_number}, lanjutan dari {number}."),
    EventKind.CONTACT_VIEWED: N_("{person}, {agency}, melihat nomor Anda {on}."),
    EventKind.CLAIMED: N_("Aduan ini sekarang tersimpan di akun Anda."),
    EventKind.CLOCK_OVER: "",
    EventKind.ROLE_PROPOSED: "",
    EventKind.ROLE_GIVEN: "",
    EventKind.ROLE_CONFIRMED: "",
    EventKind.ROLE_REFUSED: "",
    EventKind.ROLE_ENDED: "",
    EventKind.ACCOUNT_DISABLED: "",
}

DESK: dict[EventKind, str] = {
    EventKind.RECEIVED: N_("Aduan diterima dengan nomor {number}; jawaban paling lambat {answer_on}."),
    EventKind.RESOLVED: N_("{agency} menyatakan selesai: {words} Pelapor menjawab sampai {reply_until}."),
    EventKind.CONFIRMED: N_("Pelapor menyatakan sudah beres."),
    EventKind.DISPUTED: N_("Pelapor menyatakan belum beres; {agencies} wajib mengerjakan lagi paling lambat {work_on}."),
    EventKind.ASKED: N_("Moderator bertanya kepada pelapor: {words} Tanpa jawaban pun aduan dilanjutkan sesudah {reply_until}."),
    EventKind.REPLIED: N_("Pelapor menjawab; jawaban dinas paling lambat {answer_on}."),
    EventKind.ADDED: N_("Pelapor menambahkan keterangan."),
    EventKind.OBJECTED: N_("Pelapor berkeberatan; petugas lain memeriksanya paling lambat {decide_on}."),
    EventKind.OBJECTION_REFUSED: N_("Keputusan tetap: {reason}; pelapor dapat melanjutkan ke SP4N-LAPOR! atau Ombudsman."),
    EventKind.OBJECTION_GRANTED: N_("Keberatan pelapor benar, aduan diteruskan ke {agencies}."),
    EventKind.EDITED: N_("Moderator menyunting {fields} karena {reason}; tulisan aslinya tetap tersimpan."),
    EventKind.WITHDRAWN: N_("Pelapor mencabut aduan {on}."),
    EventKind.CLOSED_SILENTLY: N_("Ditutup karena tidak ada kabar sampai {reply_until}."),
    EventKind.REVIEW_DUE: N_("Belum ada kabar dari pelapor. Moderator memeriksa hasilnya dulu, paling lambat {decide_on}."),
    EventKind.CLOSED_BY_DECISION: N_("Moderator menutup aduan karena {reason}; ketidaksetujuan pelapor tercatat."),
    EventKind.NOTED: N_("Catatan warga disampaikan ke {agencies}."),
    EventKind.RATED: N_("Pelapor memberi nilai {stars} dari 5."),
    EventKind.CONTACT_VIEWED: N_("{person}, {agency}, melihat nomor pelapor {on}."),
    EventKind.CLAIMED: N_("Pelapor menyimpan aduan ini di akunnya."),
}
"""Where others than the reporter read it: not everybody is "Anda"."""

K = EventKind
REPORTERS = frozenset({K.RECEIVED, K.CONFIRMED, K.DISPUTED, K.REPLIED, K.ADDED, K.OBJECTED, K.WITHDRAWN, K.RATED, K.CONTINUED, K.CLAIMED})
MODERATORS = frozenset({
    K.FORWARDED, K.ASKED, K.REJECTED, K.OBJECTION_REFUSED, K.OBJECTION_GRANTED, K.EDITED, K.PHOTOS_RELEASED,
    K.REDO_DECIDED, K.REDIRECTED, K.CLOSED_BY_DECISION, K.NOTED,
})  # fmt: skip
"""Whose an event without a part is. What neither does, the city's own clocks do."""
MOVES = REPORTERS - {K.ADDED, K.RATED, K.CONTINUED, K.CLAIMED} | MODERATORS - {K.EDITED, K.PHOTOS_RELEASED} | {
    K.ANSWERED, K.OFFICER_NAMED, K.VISITED, K.PART_DONE, K.RESOLVED, K.REPLY_OVER, K.CLOSED_SILENTLY, K.REVIEW_DUE,
}  # fmt: skip
"""After these it stands elsewhere than before."""
REPORTER, MODERATOR, OTHERS, NOBODY = N_("Pelapor"), N_("Moderator"), N_("Warga lain"), "Sambat"

PROMISES: dict[ClockKind, str] = {
    ClockKind.PROMISE: N_("Dijawab paling lambat {day}"),
    ClockKind.ANSWER: N_("Dijawab paling lambat {day}"),
    ClockKind.COORDINATE: N_("Jawaban bersama paling lambat {day}"),
    ClockKind.WORK: N_("Mulai dikerjakan paling lambat {day}"),
    ClockKind.FINISH: N_("Selesai paling lambat {day}"),
    ClockKind.REPLY: N_("Jawab sampai {day}"),
    ClockKind.SILENCE: N_("Jawab sampai {day}"),
    ClockKind.OBJECTION: N_("Keberatan sampai {day}"),
}
"""What a running clock promises, or asks of the reporter."""
TOLD_TO_THE_CITIZEN = N_("Warga dijanjikan jawaban paling lambat {day}")
"""The same promise as the desk reads it, beside the OPD's own day, which may be earlier."""

DAYS = tuple(field.name for field in msgspec.structs.fields(Facts) if field.type == date | None)


def sentence(kind: EventKind, facts: Facts, *, desk: bool = False) -> str:
    """The citizen's sentence, or nothing for what is no news. `desk`: as others than the reporter read it."""
    return tr(_template(kind, facts, desk=desk)).format(
        **{name: day(value) if (value := getattr(facts, name)) else "" for name in DAYS},
        **{
            name: getattr(facts, name)
            for name in ("number", "other_number", "agency", "lead", "fields", "responsible", "contact", "person")
        },
        stars=facts.stars,
        agencies=listed(facts.agencies),
        taken=listed(facts.taken),
        words=_ended(facts.words),
        reason=(facts.reason or facts.words).rstrip(" .!;"),
    )


def who(kind: EventKind, agency: str, by: str = "") -> str:
    """Who did it, as everybody may know it: the reporter, the desk or an OPD, never a name. `by`: where an event may be either's."""
    if by == "reporter" or (kind in REPORTERS and not by):
        return tr(REPORTER)
    if kind == EventKind.STILL_BROKEN or by == "followers":
        return tr(OTHERS)
    if by == "moderator" or (kind in MODERATORS and not (kind == EventKind.ASKED and agency)):
        return tr(MODERATOR)
    return agency or NOBODY


def listed(names: tuple[str, ...]) -> str:
    """Names as a sentence lists them."""
    *first, last = names or ("",)
    return tr(N_("{names} dan {last}")).format(names=", ".join(first), last=last) if first else last


def _template(kind: EventKind, facts: Facts, *, desk: bool) -> str:
    said = VARIANTS.get((kind, facts.variant or variant(kind, facts)))
    if said is not None:
        return said.desk if desk and said.desk else said.reporter
    return DESK[kind] if desk and kind in DESK else SENTENCES[kind]


def _ended(words: str) -> str:
    return words if not words or words[-1] in ".!?" else f"{words}."
