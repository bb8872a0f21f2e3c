"""Everything one complaint's page speaks of, read once: a query a table."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from backend.accounts import queries as accounts
from backend.agencies import queries as agencies
from backend.complaints import originals, photos, queries, ratings
from backend.complaints.tables import Assignment, Complaint, Edit, Note, Photo, Question
from backend.events import queries as events
from backend.events.kinds import EventKind
from backend.sla import queries as sla

if TYPE_CHECKING:
    from backend.events.tables import Event
    from backend.sla.tables import Clock


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a page speaks of, read once."""

    complaint: Complaint
    parts: Sequence[Assignment]
    clocks: "Sequence[Clock]"
    photos: Sequence[Photo]
    events: "Sequence[Event]"
    notes: dict[UUID, Note]
    agency_names: dict[str, str]
    people: dict[UUID, str]
    holidays: frozenset[date]
    questions: Sequence[Question] = ()
    edits: dict[UUID, Edit] = {}
    rated: bool = False


async def rows_of(complaint: Complaint) -> Rows:
    """Read them."""
    parts = await queries.parts_of(complaint.id)
    happened = await events.history(complaint.id)
    officers = [UUID(str(part.officer)) for part in parts if part.officer]
    viewers = [event.actor for event in happened if event.kind == EventKind.CONTACT_VIEWED]
    return Rows(
        complaint=complaint,
        parts=parts,
        clocks=(await sla.of_complaints([complaint.id])).get(complaint.id, []),
        photos=(await photos.of_complaints([complaint.id])).get(complaint.id, []),
        events=happened,
        notes=await queries.notes_of(complaint.id),
        agency_names=await agencies.agency_names(),
        people=await accounts.names([*officers, *viewers]),
        holidays=await sla.holidays(),
        questions=await queries.questions_of(complaint.id),
        edits=await originals.of(complaint.id),
        rated=await ratings.given(complaint),
    )
