"""What every step does: decide by what the person saw, keep what came with a late one, say what came of it."""

from datetime import date, datetime
from uuid import UUID

from backend import clock, database
from backend.actors.actor import Actor
from backend.agencies import queries as agencies
from backend.complaints import labels, photos, queries, sentences
from backend.complaints.lifecycle import Decision, Step, decide
from backend.complaints.operations import Photos
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Complaint, Note
from backend.events import log
from backend.events import queries as events
from backend.events.kinds import EventKind
from backend.operations import Operation, Outcome, Status
from backend.sla import policy


def is_anonymous(complaint: Complaint) -> bool:
    """Does nobody know who reported it?"""
    return complaint.secrecy == Secrecy.ANONYMOUS


def moment(complaint: Complaint, actor: Actor) -> datetime:
    """Now; the full hour where the reporter of an anonymous complaint acts."""
    now = clock.now()
    return clock.coarse(now) if is_anonymous(complaint) and not actor.is_staff else now


def counted(op: Operation, previous: datetime) -> datetime:
    """The moment at which this step counts (T4)."""
    now = clock.now()
    return policy.counted_at(op.occurred_at or now, now, previous)


async def accepted(op: Operation, complaint: Complaint, *, code: str = "", notice: str = "") -> Outcome:
    """The outcome of a step that stands."""
    return Outcome(id=op.id, status=Status.APPLIED, code=code, notice=notice, complaint=await queries.receipt(complaint))


async def settle(  # noqa: PLR0913  (what the person saw, and all that came with it)
    actor: Actor,
    op: Operation,
    step: Step,
    complaint: Complaint,
    *,
    current: str,
    seen: str,
    part: UUID | None = None,
    text: str = "",
    photos_named: Photos = (),
) -> Outcome | None:
    """None when the step applies. Otherwise the outcome: confirmed or in conflict, with note and photos kept in rows of their own."""
    decision = decide(current, seen, step)
    if decision == Decision.APPLY:
        return None
    message = await _what_moved(complaint, part, current)
    note = await write(actor, complaint, "late", text, op, part=part) if text.strip() or photos_named else None
    await photos.expect(complaint.id, part, note, actor.account, "late", photos_named)
    if note is not None or decision == Decision.CONFLICT:
        await record(EventKind.CONFLICTED, actor, op, complaint, part=part, subject=note, step=step.name)
    if decision == Decision.CONFIRM:
        return await accepted(op, complaint, code="already")
    kept = " Catatan dan foto Anda kami simpan." if note is not None else ""
    return Outcome(id=op.id, status=Status.CONFLICT, code="moved", message=message + kept, complaint=await queries.receipt(complaint))


async def _what_moved(complaint: Complaint, part: UUID | None, current: str) -> str:
    """Who was quicker, and where it stands now."""
    named = await agencies.agency_names()
    names = {row.id: labels.short_name(named[str(row.agency)]) for row in await queries.parts_of(complaint.id)}
    moves = [
        event
        for event in await events.history(complaint.id)
        if event.kind in sentences.MOVES and (part is None or event.part in {None, part})
    ]
    who = sentences.who(EventKind(moves[-1].kind), names.get(moves[-1].part, "")) if moves else sentences.NOBODY
    return f"Sementara itu {who} lebih dulu: sekarang “{labels.status_word(current, names.get(part, '') if part else '')}”."


async def write(actor: Actor, complaint: Complaint, kind: str, text: str, op: Operation, *, part: UUID | None = None) -> UUID:
    """Keep the words of a step; returns the note's id."""
    anonymous = is_anonymous(complaint) and not actor.is_staff
    note_id = database.new_id(anonymous=anonymous)
    note = Note(
        id=note_id,
        complaint=complaint.id,
        part=part,
        author=actor.account,
        kind=kind,
        text=text.strip(),
        device_at=None if anonymous else op.occurred_at,
        created_at=moment(complaint, actor),
    )
    await Note.insert(note)
    return note_id


async def record(
    kind: EventKind,
    actor: Actor,
    op: Operation,
    complaint: Complaint,
    *,
    part: UUID | None = None,
    subject: UUID | None = None,
    **data: str | int | bool | None,
) -> None:
    """Log what happened to a complaint."""
    await log.record(
        kind,
        data=data,
        anonymous=is_anonymous(complaint) and not actor.is_staff,
        complaint=complaint.id,
        part=part,
        subject=subject,
        actor=actor.account,
        operation=op.id,
        device_at=op.occurred_at,
    )


def iso(day: date | None) -> str | None:
    """A day as an event keeps it."""
    return day.isoformat() if day else None
