"""What happened to a complaint, in the sentences its reader knows."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from backend import clock
from backend.complaints import claims, labels, originals
from backend.complaints.labels_reasons import PROMISE_REASONS
from backend.complaints.rows import Rows
from backend.complaints.sentences import DAYS, REPORTER, Facts, sentence
from backend.complaints.sentences import who as who_did
from backend.complaints.tables import Assignment, Note
from backend.complaints.views import OFFLINE_AFTER, EntryView, PhotoView, photo_views
from backend.events.kinds import EventKind
from backend.words import N_, tr

if TYPE_CHECKING:
    from backend.events.tables import Event

WORDS_INSIDE = frozenset({
    EventKind.ANSWERED, EventKind.RESOLVED, EventKind.ASKED, EventKind.OBJECTION_REFUSED, EventKind.CLOSED_BY_DECISION, EventKind.REDIRECTED,
})  # fmt: skip
"""Their sentence holds the words themselves."""
PICTURES_ELSEWHERE = frozenset({EventKind.RESOLVED, EventKind.PART_DONE})
"""Their photos stand with the part."""


def timeline(rows: Rows, *, desk: bool, trail: bool = True) -> list[EntryView]:
    """What happened, in order; what concerns only the desk has no sentence and no line. `desk`: others than the reporter read it.

    `trail`: this person may read who looked at the contact.
    """
    told = [event for event in rows.events if trail or event.kind != EventKind.CONTACT_VIEWED]
    return [entry for event in told if (entry := _entry(rows, event, desk=desk)).sentence]


def _entry(rows: Rows, event: "Event", *, desk: bool) -> EntryView:
    kind = EventKind(event.kind)
    data = msgspec.json.decode(event.data)
    note = rows.notes.get(event.subject) if event.subject else None
    part = next((part for part in rows.parts if part.id == event.part), None)
    who = _who(rows, event, data, part, note)
    apart = event.device_at is not None and abs(event.at - event.device_at) > OFFLINE_AFTER
    facts = _facts(rows, event, data, part, note)
    inside = kind in WORDS_INSIDE or (kind == EventKind.REJECTED and not facts.responsible)
    return EntryView(
        at=event.at,
        device_at=event.device_at if apart else None,
        who=tr(N_("Anda")) if who == tr(REPORTER) and not desk else who,
        kind=event.kind,
        sentence="" if data.get("last") else sentence(kind, facts, desk=desk),
        text=note.text if note and not inside else "",
        photos=_photos_of_note(rows, note.id) if note and kind not in PICTURES_ELSEWHERE else [],
    )


def _facts(rows: Rows, event: "Event", data: dict[str, Any], part: Assignment | None, note: Note | None) -> Facts:
    days = {name: date.fromisoformat(data[name]) for name in DAYS if data.get(name)}
    named = _names(rows, data.get("agencies", "")) or _names(rows, *(str(one.agency) for one in ([part] if part else rows.parts)))
    lead = _lead(rows, event, data)
    change = rows.edits.get(event.subject) if event.subject else None
    known = Facts(
        number=claims.spoken(rows.complaint.number),
        other_number=str(data.get("number", "")),
        agency=(_names(rows, data.get("agency") or "") or named or ("",))[0],
        agencies=tuple(name for name in named if name != lead),
        taken=_names(rows, data.get("taken", "")),
        lead=lead,
        words=note.text if note else "",
        reason=tr(PROMISE_REASONS.get(data.get("reason", ""), "")) or (tr(change.reason) if change else ""),
        fields=originals.named(str(data.get("fields", ""))),
        responsible=rows.complaint.responsible,
        contact=rows.complaint.responsible_contact,
        person=rows.people.get(event.actor, "") if event.actor else "",
        stars=int(data.get("stars", 0)),
        times=int(data.get("times", 1)),
        variant=_variant(event, data),
    )
    return msgspec.structs.replace(known, **{"on": clock.day_of(event.at), **days, **_moved(data)})


def _variant(event: "Event", data: dict[str, Any]) -> str:
    """Which of its sentences it is, where the event tells."""
    match event.kind:
        case EventKind.ASKED if event.part is not None:
            return "part"
        case EventKind.EDITED if data.get("by") == "reporter":
            return "reporter"
        case EventKind.SECRECY_CHANGED if data.get("confidential") is False:
            return "lowered"
        case EventKind.DISPUTED if data.get("by") and data.get("times", 1) == 1:
            return str(data["by"])
        case EventKind.CLOCK_OVER:
            return str(data.get("kind", ""))
        case _:
            return str(data.get("variant") or "")


def _moved(data: dict[str, Any]) -> dict[str, date]:
    return {f"{name}_on": date.fromisoformat(data[name]) for name in ("old", "new") if data.get(name)}


def _lead(rows: Rows, event: "Event", data: dict[str, Any]) -> str:
    """Who leads what was forwarded jointly."""
    if event.kind != EventKind.FORWARDED or data.get("mode") != "joint":
        return ""
    given = str(data.get("agencies", ""))
    leads = [str(part.agency) for part in rows.parts if part.lead and (not given or str(part.agency) in given.split(","))]
    return next(iter(_names(rows, *leads)), "")


def _names(rows: Rows, *codes: str) -> tuple[str, ...]:
    """The short names of OPDs, whose codes may be several in one."""
    return tuple(
        labels.short_name(rows.agency_names[code]) for several in codes for code in several.split(",") if code in rows.agency_names
    )


def _who(rows: Rows, event: "Event", data: dict[str, Any], part: Assignment | None, note: Note | None) -> str:
    """Who did it. Words that came late and that no OPD wrote are the reporter's own."""
    if event.kind == EventKind.CONFLICTED and note is not None and note.author == rows.complaint.reporter:
        return tr(REPORTER)
    by = str(data.get("by") or "")
    return who_did(EventKind(event.kind), labels.short_name(rows.agency_names[str(part.agency)]) if part else "", by=by)


def _photos_of_note(rows: Rows, note: UUID) -> list[PhotoView]:
    return photo_views([photo for photo in rows.photos if photo.note == note])
