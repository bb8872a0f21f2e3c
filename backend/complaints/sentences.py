"""The sentences of `law.md` 4: what the citizen reads of each thing that happened, in the timeline and in a push."""

from datetime import date

import msgspec

from backend.complaints.labels import day
from backend.events.kinds import EventKind
from backend.sla.policy import ClockKind


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence may speak of: agencies by their citizen's names, days, the number, the words of an answer."""

    number: str = ""
    agency: str = ""
    agencies: tuple[str, ...] = ()
    lead: str = ""
    answer_on: date | None = None
    work_on: date | None = None
    finish_on: date | None = None
    visit_on: date | None = None
    reply_until: date | None = None
    words: str = ""
    times: int = 1


SENTENCES: dict[EventKind, str] = {
    EventKind.RECEIVED: "Aduan Anda sudah kami terima dengan nomor {number}; jawaban paling lambat {answer_on}.",
    EventKind.FORWARDED: "Diteruskan ke {agencies}; jawaban paling lambat {answer_on}, mulai dikerjakan paling lambat {work_on}.",
    EventKind.ANSWERED: "{agency} menjawab: {words}",
    EventKind.OFFICER_NAMED: "Petugas {agency} datang {visit_on}.",
    EventKind.VISITED: "Lokasi sudah diperiksa; selesai paling lambat {finish_on}.",
    EventKind.PART_DONE: "Bagian {agency} selesai.",
    EventKind.RESOLVED: "{agency} menyatakan selesai: {words} Sudah beres? Jawab sampai {reply_until}.",
    EventKind.CONFIRMED: "Anda menyatakan sudah beres. Terima kasih.",
    EventKind.DISPUTED: "Anda menyatakan belum beres; {agencies} wajib mengerjakan lagi paling lambat {work_on}.",
    EventKind.CONFLICTED: "Ada catatan yang menyusul.",
    EventKind.PHOTO_UPLOADED: "",
    EventKind.PHOTO_READY: "",
    EventKind.PHOTO_REFUSED: "Satu foto tidak dapat dibuka. Aduan tetap berjalan.",
}

DESK: dict[EventKind, str] = {
    EventKind.RECEIVED: "Aduan diterima dengan nomor {number}; jawaban paling lambat {answer_on}.",
    EventKind.RESOLVED: "{agency} menyatakan selesai: {words} Pelapor menjawab sampai {reply_until}.",
    EventKind.CONFIRMED: "Pelapor menyatakan sudah beres.",
    EventKind.DISPUTED: "Pelapor menyatakan belum beres; {agencies} wajib mengerjakan lagi paling lambat {work_on}.",
}
"""Where others than the reporter read it: not everybody is "Anda"."""

REPORTERS = frozenset({EventKind.RECEIVED, EventKind.CONFIRMED, EventKind.DISPUTED})
MOVES = frozenset(EventKind) - {EventKind.CONFLICTED, EventKind.PHOTO_UPLOADED, EventKind.PHOTO_READY, EventKind.PHOTO_REFUSED}
"""After these it stands elsewhere than before."""
REPORTER, NOBODY = "Pelapor", "Sambat"

PROMISES: dict[ClockKind, str] = {
    ClockKind.PROMISE: "Dijawab paling lambat {day}",
    ClockKind.ANSWER: "Dijawab paling lambat {day}",
    ClockKind.COORDINATE: "Jawaban bersama paling lambat {day}",
    ClockKind.WORK: "Mulai dikerjakan paling lambat {day}",
    ClockKind.FINISH: "Selesai paling lambat {day}",
    ClockKind.SILENCE: "Jawab sampai {day}",
}
"""What a running clock promises, or asks of the reporter."""

JOINT = "Ditangani bersama: {lead} memimpin, {agencies} membantu; jawaban bersama paling lambat {answer_on}."
WITHOUT_WORK = "Diteruskan ke {agencies}; jawaban paling lambat {answer_on}."
SECOND_DISPUTE = "Belum beres untuk kedua kali: moderator memutuskan paling lambat {work_on}."


def sentence(kind: EventKind, facts: Facts, *, desk: bool = False) -> str:
    """The citizen's sentence, or nothing for what is no news. `desk`: as others than the reporter read it."""
    return _template(kind, facts, desk=desk).format(
        number=facts.number,
        agency=facts.agency,
        agencies=listed(facts.agencies),
        lead=facts.lead,
        words=_ended(facts.words),
        **{name: day(value) if value else "" for name, value in _days(facts).items()},
    )


def who(kind: EventKind, agency: str) -> str:
    """Who did it, as everybody may know it: the reporter, the desk or an OPD, never a name."""
    if kind in REPORTERS:
        return REPORTER
    return "Moderator" if kind == EventKind.FORWARDED else agency or NOBODY


def listed(names: tuple[str, ...]) -> str:
    """Names as a sentence lists them."""
    *first, last = names or ("",)
    return f"{', '.join(first)} dan {last}" if first else last


def _template(kind: EventKind, facts: Facts, *, desk: bool) -> str:
    match kind:
        case EventKind.FORWARDED if facts.lead:
            return JOINT
        case EventKind.FORWARDED if facts.work_on is None:
            return WITHOUT_WORK
        case EventKind.DISPUTED if facts.times > 1:
            return SECOND_DISPUTE
        case _ if desk and kind in DESK:
            return DESK[kind]
        case _:
            return SENTENCES[kind]


def _days(facts: Facts) -> dict[str, date | None]:
    return {name: getattr(facts, name) for name in ("answer_on", "work_on", "finish_on", "visit_on", "reply_until")}


def _ended(words: str) -> str:
    return words if not words or words[-1] in ".!?" else f"{words}."
