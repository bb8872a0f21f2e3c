"""The words a person reads for states, results, classes and secrecy, with their icon and tone; dates and days as people say them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from backend import clock
from backend.complaints.labels_reasons import QUESTION_HINTS, QUESTION_WORDS, REJECTION_HINTS, REJECTION_WORDS
from backend.complaints.labels_steps import STEP_ICONS
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import Evidence, Mode, PartOutcome, PartStatus, QuestionKind, Rejection, Status
from backend.sla.policy import ServiceClass
from backend.words import N_, tr

LOCALE = "id"


class Label(msgspec.Struct, frozen=True):
    """How a state looks: its word, the icon and the tone that go with it. A tone is a colour of `tokens.css`."""

    word: str
    icon: str
    tone: str


STATUS_LABELS: dict[str, Label] = {
    Status.RECEIVED: Label(N_("Diterima"), "inbox", "kunyit"),
    Status.FORWARDED: Label(N_("Diteruskan"), "send", "biru"),
    Status.IN_PROGRESS: Label(N_("Dikerjakan"), "hammer", "biru"),
    Status.NEEDS_INFO: Label(N_("Menunggu Anda"), "message-circle-question-mark", "kunyit"),
    Status.RESOLVED: Label(N_("Selesai menurut dinas"), "circle-check", "daun"),
    Status.DISPUTED: Label(N_("Belum beres"), "rotate-ccw", "bata"),
    Status.CLOSED: Label(N_("Ditutup"), "check-check", "abu"),
    Status.REJECTED: Label(N_("Bukan wewenang Pemkot"), "signpost", "abu"),
    PartStatus.ASSIGNED: Label(N_("Menunggu dinas"), "hourglass", "kunyit"),
    PartStatus.DONE: Label(N_("Selesai menurut dinas"), "circle-check", "daun"),
    PartStatus.TAKEN_BACK: Label(N_("Dialihkan"), "corner-up-right", "abu"),
}
"""Of complaints and of parts: a part in progress, or one that waits for the reporter, reads as the complaint does."""
AT_THE_DESK = {Status.NEEDS_INFO: N_("Menunggu pelapor")}
"""Where others than the reporter read it: not everybody is "Anda"."""

STATUS_WORDS: dict[str, str] = {status: label.word for status, label in STATUS_LABELS.items()}

OUTCOME_WORDS: dict[str, str] = {
    PartOutcome.FIXED: N_("Sudah diperbaiki"),
    PartOutcome.ANSWERED: N_("Sudah dijawab"),
    PartOutcome.SETTLED: N_("Sudah diselesaikan"),
    PartOutcome.ALREADY_FIXED: N_("Ternyata sudah beres"),
    PartOutcome.NOT_FOUND: N_("Tempat tidak ditemukan"),
    PartOutcome.NOT_POSSIBLE: N_("Tidak dapat dikerjakan"),
}

OUTCOME_HINTS: dict[str, str] = {
    PartOutcome.FIXED: N_("Pekerjaan di lapangan selesai."),
    PartOutcome.ANSWERED: N_("Pertanyaannya sudah terjawab."),
    PartOutcome.SETTLED: N_("Urusan atau pelayanannya tuntas."),
    PartOutcome.ALREADY_FIXED: N_("Saat didatangi sudah baik."),
    PartOutcome.NOT_FOUND: N_("Sudah didatangi, tempatnya tidak ada. Foto menolong."),
    PartOutcome.NOT_POSSIBLE: N_("Sebutkan dasar hukum atau alasan teknisnya."),
}

EVIDENCE_WORDS: dict[str, str] = {
    Evidence.PHOTO: N_("Ada foto sesudah pengerjaan"),
    Evidence.AWAITED: N_("Foto menyusul dari ponsel petugas"),
    Evidence.WEAK: N_("Tanpa foto sesudah pengerjaan"),
}

CLASS_WORDS: dict[str, str] = {
    ServiceClass.INFORMATION: N_("Pertanyaan"),
    ServiceClass.PUBLIC_SERVICE: N_("Pelayanan"),
    ServiceClass.FIELD_WORK: N_("Pekerjaan lapangan"),
    ServiceClass.JOINT: N_("Ditangani bersama"),
    ServiceClass.OVERSIGHT: N_("Pengawasan"),
    ServiceClass.PROPOSAL: N_("Usulan"),
    ServiceClass.NOTE: N_("Catatan"),
}

MODE_WORDS: dict[str, str] = {
    Mode.SINGLE: N_("Satu dinas"),
    Mode.PARALLEL: N_("Dua urusan, masing-masing"),
    Mode.JOINT: N_("Satu urusan, bersama"),
}

MODE_HINTS: dict[str, str] = {
    Mode.SINGLE: N_("Satu dinas menangani semuanya."),
    Mode.PARALLEL: N_("Urusan terpisah, tiap dinas punya tenggat sendiri."),
    Mode.JOINT: N_("Tidak bisa sendiri-sendiri; satu dinas memimpin."),
}

SECRECY_WORDS: dict[str, str] = {
    Secrecy.NAME_HIDDEN: N_("Nama tidak ditampilkan"),
    Secrecy.ANONYMOUS: N_("Tanpa nama"),
}


def short_name(agency: str) -> str:
    """The citizen's name of an OPD without what it looks after: "Dinas PU" of "Dinas PU – jalan, saluran"."""
    return agency.partition(" – ")[0]


def status_word(status: str, agency: str = "", *, desk: bool = False) -> str:
    """The word of a state; what an OPD calls done carries its name, until the reporter has spoken. `desk`: for others than the reporter."""
    if agency and status in {Status.RESOLVED, PartStatus.DONE}:
        return tr(N_("Selesai menurut {agency}")).format(agency=short_name(agency))
    return tr(AT_THE_DESK[Status(status)] if desk and status in AT_THE_DESK else STATUS_WORDS[status])


def translated(words: Mapping[str, str]) -> Callable[[str], str]:
    """What a template calls for the words of a code, in the language of whoever reads."""
    return lambda code: tr(words[code])


def day(value: date) -> str:
    """A date as people say it, "Kamis 19 Februari"; with its year when that is not this one."""
    pattern = "EEEE d MMMM" if value.year == clock.day_of(clock.now()).year else "EEEE d MMMM y"
    return format_date(value, pattern, locale=LOCALE)


def iso_day(value: str) -> str:
    """The same of a day as the wire writes it (YYYY-MM-DD)."""
    return day(date.fromisoformat(value))


def moment(value: datetime) -> str:
    """The exact time in Malang: "24 Nov 2026, 10.14"."""
    return format_datetime(value, "d MMM y, HH.mm", tzinfo=clock.JAKARTA, locale=LOCALE)


def clock_time(value: datetime) -> str:
    """The time of day in Malang: "10.14"."""
    return format_datetime(value, "HH.mm", tzinfo=clock.JAKARTA, locale=LOCALE)


def thousands(count: int) -> str:
    """A number as people write it: "12.345"."""
    return format_decimal(count, locale=LOCALE)


def groups(key: str) -> str:
    """A claim key in groups of four, as one reads it aloud."""
    plain = "".join(key.split())
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def days_left(count: int | None) -> str:
    """Working days that are left as people say it; nothing where no day was promised."""
    match count:
        case None:
            return ""
        case 0:
            return tr(N_("hari ini"))
        case _ if count < 0:
            return tr(N_("terlambat {days} hari kerja")).format(days=-count)
        case _:
            return tr(N_("{days} hari kerja lagi")).format(days=count)


MOST_BOXES = 14
GONE_AT_LEAST = 2


def day_boxes(progress: float, left: int | None) -> list[str]:
    """A promise as a row of working days: `past`, `now`, `left`, `late`. `progress` in percent; long promises are drawn to scale."""
    if left is None:
        return []
    if left < 0:
        return ["past"] * GONE_AT_LEAST + ["late"] * min(-left, MOST_BOXES - GONE_AT_LEAST)
    share = min(max(progress, 0.0), 100.0) / 100
    gone = round(left * share / (1 - share)) if share < 1 else GONE_AT_LEAST
    if gone + 1 + left > MOST_BOXES:
        left = max(min(left, 1), round(left * (MOST_BOXES - 1) / (gone + left)))
        gone = MOST_BOXES - 1 - left
    return ["past"] * gone + ["now"] + ["left"] * left


FILTERS: dict[str, Callable[..., Any]] = {
    "class_word": translated(CLASS_WORDS),
    "clock_time": clock_time,
    "day": day,
    "day_boxes": day_boxes,
    "days_left": days_left,
    "groups": groups,
    "iso_day": iso_day,
    "moment": moment,
    "mode_word": translated(MODE_WORDS),
    "outcome_word": translated(OUTCOME_WORDS),
    "short_name": short_name,
    "reason_word": translated(REJECTION_WORDS),
    "status_icon": lambda status: STATUS_LABELS[status].icon,
    "status_word": status_word,
    "step_icon": STEP_ICONS.__getitem__,
    "thousands": thousands,
    "tone": lambda status: STATUS_LABELS[status].tone,
}
"""What templates may call."""

GLOBALS: dict[str, Any] = {
    "CLASS_CHOICES": [(value, CLASS_WORDS[value]) for value in ServiceClass if value != ServiceClass.JOINT],
    "MODE_CHOICES": [(value, MODE_WORDS[value], MODE_HINTS[value]) for value in Mode],
    "QUESTION_CHOICES": [(value, QUESTION_WORDS[value], QUESTION_HINTS[value]) for value in QuestionKind],
    "REJECTION_CHOICES": [(value, REJECTION_WORDS[value], REJECTION_HINTS[value]) for value in Rejection],
    "OUTCOME_CHOICES": [(value, OUTCOME_WORDS[value], OUTCOME_HINTS[value]) for value in PartOutcome],
}
"""What forms offer; the class of a joint complaint follows from the mode."""
