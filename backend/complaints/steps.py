"""What every step does: decide by what the person saw, keep what came with a late one, say what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from backend import clock, database
from backend.actors.actor import Actor
from backend.agencies import queries as agencies
from backend.complaints import labels, photos, queries, sentences
from backend.complaints.lifecycle import OPEN, Decision, Step, decide
from backend.complaints.operations import Photos
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import PromiseReason
from backend.complaints.tables import Assignment, Complaint, Note
from backend.events import log
from backend.events import queries as events
from backend.events.kinds import EventKind
from backend.operations import Operation, Outcome, Status
from backend.sla import policy
from backend.words import N_, tr

if TYPE_CHECKING:
    from backend.events.tables import Event
    from backend.sla.tables import Clock

KEPT = N_("Catatan dan foto Anda kami simpan.")
MOVED = N_("Sementara itu {who} lebih dulu: sekarang “{state}”.")


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


def counted_of_reporter(actor: Actor, op: Operation, complaint: Complaint, previous: datetime) -> datetime:
    """The same for a step of the reporter's: in his favour after hours offline, and by the hour where nobody knows who he is."""
    now = moment(complaint, actor)
    return policy.counted_at(op.occurred_at or now, now, previous)


def day_of_reporter(actor: Actor, op: Operation, complaint: Complaint, previous: datetime) -> date:
    """The day on which that counts."""
    return clock.day_of(counted_of_reporter(actor, op, complaint, previous))


async def accepted(
    op: Operation, complaint: Complaint, *, code: str = "", notice: str = "", running: "Sequence[Clock] | None" = None
) -> Outcome:
    """The outcome of a step that stands. `running`: the clocks, where they are known."""
    return Outcome(id=op.id, status=Status.APPLIED, code=code, notice=notice, complaint=await queries.receipt(complaint, running))


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
    message = await _what_moved(complaint, part, current, desk=actor.is_staff)
    note = await write(actor, complaint, "late", text, op, part=part) if text.strip() or photos_named else None
    await photos.expect(complaint.id, part, note, actor.account, "late", photos_named)
    if note is not None or decision == Decision.CONFLICT:
        await record(EventKind.CONFLICTED, actor, op, complaint, part=part, subject=note, step=step.name)
    if decision == Decision.CONFIRM:
        return await accepted(op, complaint, code="already")
    said = f"{message} {tr(KEPT)}" if note is not None else message
    return Outcome(id=op.id, status=Status.CONFLICT, code="moved", message=said, complaint=await queries.receipt(complaint))


async def settle_part(  # noqa: PLR0913  (as above)
    actor: Actor,
    op: Operation,
    step: Step,
    part: Assignment,
    complaint: Complaint,
    *,
    seen: str,
    text: str = "",
    photos_named: Photos = (),
) -> Outcome | None:
    """The same for a step of a part; nothing is done any more in a complaint that has ended."""
    current = part.status if complaint.status in OPEN else complaint.status
    return await settle(actor, op, step, complaint, current=current, seen=seen, part=part.id, text=text, photos_named=photos_named)


async def _what_moved(complaint: Complaint, part: UUID | None, current: str, *, desk: bool) -> str:
    """Who was quicker, and where it stands now."""
    named = await agencies.agency_names()
    names = {row.id: labels.short_name(named[str(row.agency)]) for row in await queries.parts_of(complaint.id)}
    moves = [
        event
        for event in await events.history(complaint.id)
        if event.kind in sentences.MOVES and (part is None or event.part in {None, part})
    ]
    who = sentences.who(EventKind(moves[-1].kind), names.get(moves[-1].part, ""), by=_by(moves[-1])) if moves else sentences.NOBODY
    state = labels.status_word(current, names.get(part, "") if part else "", desk=desk)
    return tr(MOVED).format(who=who, state=state)


async def write(actor: Actor, complaint: Complaint, kind: str, text: str, op: Operation | None, *, part: UUID | None = None) -> UUID:
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
        device_at=None if anonymous or op is None else op.occurred_at,
        created_at=moment(complaint, actor),
    )
    await Note.insert(note)
    return note_id


async def record(
    kind: EventKind,
    actor: Actor,
    op: Operation | None,
    complaint: Complaint,
    *,
    part: UUID | None = None,
    subject: UUID | None = None,
    told: Mapping[str, str | int | bool | None] | None = None,
    **data: str | int | bool | None,
) -> None:
    """Log what happened to a complaint, with what is `told` of it; without an operation the house did it by itself."""
    await log.record(
        kind,
        data={**(told or {}), **data},
        anonymous=is_anonymous(complaint) and not actor.is_staff,
        complaint=complaint.id,
        part=part,
        subject=subject,
        actor=actor.account,
        operation=op.id if op else None,
        device_at=op.occurred_at if op else None,
    )


async def promise_moved(
    actor: Actor, op: Operation | None, complaint: Complaint, what: str, old: date | None, new: date | None, reason: PromiseReason
) -> None:
    """Tell that a promise moved (C12, T17). `what`: answer or finish. A first date, and one that stays, are no news."""
    if old is not None and new is not None and old != new:
        await record(EventKind.PROMISE_MOVED, actor, op, complaint, what=what, old=old.isoformat(), new=new.isoformat(), reason=str(reason))


async def promise_finish(actor: Actor, op: Operation | None, complaint: Complaint, new: date | None, reason: PromiseReason) -> None:
    """Promise another finish date, and tell so (C12)."""
    old = complaint.promise_finish_on
    if new is not None and new != old:
        complaint.promise_finish_on = new
        await complaint.save([Complaint.promise_finish_on])
        await promise_moved(actor, op, complaint, "finish", old, new, reason)


def _by(event: "Event") -> str:
    return str(msgspec.json.decode(event.data).get("by", ""))


def iso(day: date | None) -> str | None:
    """A day as an event keeps it."""
    return day.isoformat() if day else None
