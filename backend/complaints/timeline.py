"""What happened to a complaint, in the sentences its reader knows."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from backend.complaints import claims, labels
from backend.complaints.rows import Rows
from backend.complaints.sentences import REPORTER, Facts, sentence
from backend.complaints.sentences import who as who_did
from backend.complaints.tables import Assignment, Note
from backend.complaints.views import (
    OFFLINE_AFTER,
    EntryView,
    PhotoView,
    photo_views,
)
from backend.events.kinds import EventKind

if TYPE_CHECKING:
    from backend.events.tables import Event


def timeline(rows: Rows, *, desk: bool) -> list[EntryView]:
    """What happened, in order; what concerns only the desk has no sentence and no line. `desk`: others than the reporter read it."""
    return [entry for event in rows.events if (entry := _entry(rows, event, desk=desk)).sentence]


def _entry(rows: Rows, event: "Event", *, desk: bool) -> EntryView:
    data = msgspec.json.decode(event.data)
    note = rows.notes.get(event.subject) if event.subject else None
    part = next((part for part in rows.parts if part.id == event.part), None)
    who = _who(rows, event, part, note)
    apart = event.device_at is not None and abs(event.at - event.device_at) > OFFLINE_AFTER
    return EntryView(
        at=event.at,
        device_at=event.device_at if apart else None,
        who="Anda" if who == REPORTER and not desk else who,
        kind=event.kind,
        sentence="" if data.get("last") else sentence(EventKind(event.kind), _facts(rows, event, data, part, note), desk=desk),
        text=note.text if note and event.kind not in {EventKind.ANSWERED, EventKind.RESOLVED} else "",
        photos=_photos_of_note(rows, note.id) if note and event.kind not in {EventKind.RESOLVED, EventKind.PART_DONE} else [],
    )


def _facts(rows: Rows, event: "Event", data: dict[str, Any], part: Assignment | None, note: Note | None) -> Facts:
    days = {
        name: date.fromisoformat(data[name]) for name in ("answer_on", "work_on", "finish_on", "visit_on", "reply_until") if data.get(name)
    }
    parts = [part] if part else rows.parts
    short = tuple(labels.short_name(rows.agency_names[str(one.agency)]) for one in parts)
    joint = event.kind == EventKind.FORWARDED and data.get("mode") == "joint"
    lead = next((name for one, name in zip(parts, short, strict=True) if one.lead), "") if joint else ""
    return Facts(
        number=claims.spoken(rows.complaint.number),
        agency=short[0] if short else "",
        agencies=tuple(name for name in short if name != lead),
        lead=lead,
        words=note.text if note else "",
        times=int(data.get("times", 1)),
        **days,
    )


def _who(rows: Rows, event: "Event", part: Assignment | None, note: Note | None) -> str:
    """Who did it. Words that came late and that no OPD wrote are the reporter's own."""
    if event.kind == EventKind.CONFLICTED and note is not None and note.author == rows.complaint.reporter:
        return REPORTER
    return who_did(EventKind(event.kind), labels.short_name(rows.agency_names[str(part.agency)]) if part else "")


def _photos_of_note(rows: Rows, note: UUID) -> list[PhotoView]:
    return photo_views([photo for photo in rows.photos if photo.note == note])
