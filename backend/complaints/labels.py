"""The words a person reads for states, results, classes and secrecy, with their icon and tone; dates and days as people say them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import msgspec
from babel.dates import format_date, format_datetime

from backend import clock
from backend.complaints.lifecycle import Evidence, Mode, PartOutcome, PartStatus, Status
from backend.complaints.secrecy import Secrecy
from backend.sla.policy import ServiceClass

LOCALE = "id"


class Label(msgspec.Struct, frozen=True):
    """How a state looks: its word, the icon and the tone that go with it. A tone is a colour of `tokens.css`."""

    word: str
    icon: str
    tone: str


STATUS_LABELS: dict[str, Label] = {
    Status.RECEIVED: Label("Diterima", "inbox", "kunyit"),
    Status.FORWARDED: Label("Diteruskan", "send", "biru"),
    Status.IN_PROGRESS: Label("Dikerjakan", "hammer", "biru"),
    Status.RESOLVED: Label("Selesai menurut dinas", "circle-check", "daun"),
    Status.DISPUTED: Label("Belum beres", "rotate-ccw", "bata"),
    Status.CLOSED: Label("Ditutup", "check-check", "abu"),
    PartStatus.ASSIGNED: Label("Menunggu dinas", "hourglass", "kunyit"),
    PartStatus.DONE: Label("Selesai menurut dinas", "circle-check", "daun"),
}
"""Of complaints and of parts: a part in progress reads as the complaint does."""

STATUS_WORDS: dict[str, str] = {status: label.word for status, label in STATUS_LABELS.items()}

OUTCOME_WORDS: dict[str, str] = {
    PartOutcome.FIXED: "Sudah diperbaiki",
    PartOutcome.ANSWERED: "Sudah dijawab",
    PartOutcome.SETTLED: "Sudah diselesaikan",
    PartOutcome.ALREADY_FIXED: "Ternyata sudah beres",
    PartOutcome.NOT_FOUND: "Tempat tidak ditemukan",
    PartOutcome.NOT_POSSIBLE: "Tidak dapat dikerjakan",
}

OUTCOME_HINTS: dict[str, str] = {
    PartOutcome.FIXED: "Pekerjaan di lapangan selesai.",
    PartOutcome.ANSWERED: "Pertanyaannya sudah terjawab.",
    PartOutcome.SETTLED: "Urusan atau pelayanannya tuntas.",
    PartOutcome.ALREADY_FIXED: "Saat didatangi sudah baik.",
    PartOutcome.NOT_FOUND: "Sudah didatangi, tempatnya tidak ada. Foto menolong.",
    PartOutcome.NOT_POSSIBLE: "Sebutkan dasar hukum atau alasan teknisnya.",
}

EVIDENCE_WORDS: dict[str, str] = {
    Evidence.PHOTO: "Ada foto sesudah pengerjaan",
    Evidence.AWAITED: "Foto menyusul dari ponsel petugas",
    Evidence.WEAK: "Tanpa foto sesudah pengerjaan",
}

CLASS_WORDS: dict[str, str] = {
    ServiceClass.INFORMATION: "Pertanyaan",
    ServiceClass.PUBLIC_SERVICE: "Pelayanan",
    ServiceClass.FIELD_WORK: "Pekerjaan lapangan",
    ServiceClass.JOINT: "Ditangani bersama",
    ServiceClass.OVERSIGHT: "Pengawasan",
    ServiceClass.PROPOSAL: "Usulan",
    ServiceClass.NOTE: "Catatan",
}

MODE_WORDS: dict[str, str] = {
    Mode.SINGLE: "Satu dinas",
    Mode.PARALLEL: "Dua urusan, masing-masing",
    Mode.JOINT: "Satu urusan, bersama",
}

MODE_HINTS: dict[str, str] = {
    Mode.SINGLE: "Satu dinas menangani semuanya.",
    Mode.PARALLEL: "Urusan terpisah, tiap dinas punya tenggat sendiri.",
    Mode.JOINT: "Tidak bisa sendiri-sendiri; satu dinas memimpin.",
}

SECRECY_WORDS: dict[str, str] = {
    Secrecy.NAME_HIDDEN: "Nama tidak ditampilkan",
    Secrecy.ANONYMOUS: "Tanpa nama",
}

STEP_WORDS: dict[str, str] = {
    "submit": "Kirim aduan",
    "forward": "Teruskan",
    "confirm": "Sudah beres",
    "dispute": "Belum beres",
    "answer": "Jawab",
    "answer_information": "Jawab pertanyaan",
    "name_officer": "Tugaskan petugas",
    "visit": "Catat kunjungan",
    "done": "Nyatakan selesai",
}

STEP_ICONS: dict[str, str] = {
    "submit": "megaphone",
    "forward": "send",
    "confirm": "check-check",
    "dispute": "rotate-ccw",
    "answer": "message-circle",
    "answer_information": "message-circle",
    "name_officer": "hard-hat",
    "visit": "footprints",
    "done": "circle-check",
}


def short_name(agency: str) -> str:
    """The citizen's name of an OPD without what it looks after: "Dinas PU" of "Dinas PU – jalan, saluran"."""
    return agency.partition(" – ")[0]


def status_word(status: str, agency: str = "") -> str:
    """The word of a state; what an OPD calls done carries its name, until the reporter has spoken."""
    if agency and status in {Status.RESOLVED, PartStatus.DONE}:
        return f"Selesai menurut {short_name(agency)}"
    return STATUS_WORDS[status]


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
            return "hari ini"
        case _ if count < 0:
            return f"terlambat {-count} hari kerja"
        case _:
            return f"{count} hari kerja lagi"


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
    "class_word": CLASS_WORDS.__getitem__,
    "clock_time": clock_time,
    "day": day,
    "day_boxes": day_boxes,
    "days_left": days_left,
    "groups": groups,
    "iso_day": iso_day,
    "moment": moment,
    "mode_word": MODE_WORDS.__getitem__,
    "outcome_word": OUTCOME_WORDS.__getitem__,
    "short_name": short_name,
    "status_icon": lambda status: STATUS_LABELS[status].icon,
    "status_word": status_word,
    "step_icon": STEP_ICONS.__getitem__,
    "tone": lambda status: STATUS_LABELS[status].tone,
}
"""What templates may call."""

GLOBALS: dict[str, Any] = {
    "CLASS_CHOICES": [(value, CLASS_WORDS[value]) for value in ServiceClass if value != ServiceClass.JOINT],
    "MODE_CHOICES": [(value, MODE_WORDS[value], MODE_HINTS[value]) for value in Mode],
    "OUTCOME_CHOICES": [(value, OUTCOME_WORDS[value], OUTCOME_HINTS[value]) for value in PartOutcome],
}
"""What forms offer; the class of a joint complaint follows from the mode."""
