"""What happened to a published complaint, for everybody: states, answers and results; no word of the reporter, no name, no hour."""

from datetime import date

import msgspec

from backend import clock
from backend.complaints.private import masked
from backend.complaints.rows import Rows
from backend.complaints.timeline import timeline
from backend.events.kinds import EventKind
from backend.words import N_, tr

E = EventKind

SHOWN: dict[EventKind, str] = {
    E.RECEIVED: "",
    E.FORWARDED: "",
    E.ANSWERED: "",
    E.OFFICER_NAMED: "",
    E.VISITED: "",
    E.PART_DONE: "",
    E.RESOLVED: "",
    E.CONFIRMED: "",
    E.DISPUTED: "",
    E.ASKED: N_("Pelapor diminta memberi keterangan."),
    E.REPLIED: N_("Pelapor sudah memberi keterangan."),
    E.REPLY_OVER: N_("Dilanjutkan dengan keterangan yang ada."),
    E.REJECTED: "",
    E.OBJECTED: N_("Pelapor menyampaikan keberatan; petugas lain memeriksanya."),
    E.OBJECTION_GRANTED: "",
    E.OBJECTION_REFUSED: "",
    E.PROMISE_MOVED: "",
    E.STILL_BROKEN: N_("Warga lain yang mengikuti aduan ini menyatakan masih bermasalah."),
    E.WITHDRAWN: N_("Pelapor mencabut aduan ini."),
    E.CLOSED_SILENTLY: "",
    E.REDO_DECIDED: "",
    E.REDIRECTED: "",
    E.CLOSED_BY_DECISION: "",
}
"""What everybody reads of; by these words, or where there are none by the desk's sentence. What is not here is not shown."""

IN_WORDS = frozenset({E.ANSWERED, E.PART_DONE, E.RESOLVED, E.REJECTED, E.OBJECTION_REFUSED, E.REDIRECTED, E.CLOSED_BY_DECISION})
"""Of these the city's own words are public."""


class PublicEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the public timeline: the day alone."""

    on: date
    who: str
    kind: str
    sentence: str


def entries(rows: Rows) -> list[PublicEntry]:
    """In the order in which it happened."""
    spoken = {event.subject for event in rows.events if event.kind in IN_WORDS}
    events = [event for event in rows.events if event.kind in SHOWN]
    notes = {note_id: note for note_id, note in rows.notes.items() if note_id in spoken}
    lines = timeline(msgspec.structs.replace(rows, events=events, notes=notes), desk=True)
    return [
        PublicEntry(
            on=clock.day_of(line.at),
            who=line.who,
            kind=line.kind,
            sentence=tr(SHOWN[EventKind(line.kind)]) or masked(line.sentence),
        )
        for line in lines
    ]
