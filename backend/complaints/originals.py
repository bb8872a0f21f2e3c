"""What was changed of a complaint and how it read before: kept with every change, for the reporter and the moderators to read."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from backend import database
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.complaints import queries, steps
from backend.complaints.operations import Place
from backend.complaints.tables import Complaint, Edit
from backend.events.kinds import EventKind
from backend.operations import Operation
from backend.words import N_, tr


class Field(StrEnum):
    """What of a complaint can be changed."""

    TEXT = "text"
    CATEGORY = "category"
    PLACE = "place"
    SECRECY = "secrecy"
    PUBLIC = "public"


FIELD_WORDS: dict[str, str] = {
    Field.TEXT: N_("isi aduan"),
    Field.CATEGORY: N_("jenis aduan"),
    Field.PLACE: N_("tempat"),
    Field.SECRECY: N_("siapa yang boleh tahu"),
    Field.PUBLIC: N_("salinan untuk umum"),
}
"""As a sentence says it: "Moderator menyunting tempat"."""


class By(StrEnum):
    """Whose change it is, as everybody may know it; an OPD's carries its part."""

    REPORTER = "reporter"
    MODERATOR = "moderator"
    AGENCY = "agency"


class Change(msgspec.Struct, frozen=True):
    """One change as it is kept: words, a code, or a place as JSON."""

    field: Field
    before: str
    after: str


class OriginalView(msgspec.Struct, frozen=True, kw_only=True):
    """One change as it is read."""

    field: str
    field_word: str
    before: str
    after: str
    reason: str
    at: datetime


async def keep(  # noqa: PLR0913  (an event and the rows it speaks of)
    kind: EventKind,
    actor: Actor,
    op: Operation,
    complaint: Complaint,
    changes: Sequence[Change],
    *,
    reason: str,
    by: By = By.MODERATOR,
    part: UUID | None = None,
    **data: str | int | bool | None,
) -> None:
    """Keep what was there before, and log which parts were changed and whose change it is; the words stay in the rows."""
    anonymous = steps.is_anonymous(complaint) and not actor.is_staff
    rows = [
        Edit(
            id=database.new_id(anonymous=anonymous),
            complaint=complaint.id,
            field=change.field,
            before=change.before,
            after=change.after,
            reason=reason.strip(),
            account=actor.account,
            at=steps.moment(complaint, actor),
        )
        for change in changes
    ]
    await Edit.insert(*rows)
    fields = ",".join(change.field for change in changes)
    await steps.record(kind, actor, op, complaint, part=part, subject=rows[0].id, told={"fields": fields, "by": by, **data})


async def of(complaint_id: UUID) -> dict[UUID, Edit]:
    """Every change of a complaint, by id, in order."""
    return {row.id: row for row in await Edit.objects().where(Edit.complaint == complaint_id).order_by(Edit.at, Edit.id)}


async def shown(actor: Actor, complaint: Complaint) -> list[OriginalView]:
    """What was changed and how it read before, for whoever may read originals; nothing for the others."""
    if not await queries.may(actor, Permission.READ_ORIGINAL, complaint.id):
        return []
    rows = [row for row in (await of(complaint.id)).values() if row.field != Field.SECRECY]
    if not rows:
        return []
    categories = {category.code: category.name for group in await agencies.offered_categories() for category in group.categories}
    areas = {area.code: area.name for area in await agencies.areas()}
    return [
        OriginalView(
            field=row.field,
            field_word=tr(FIELD_WORDS[row.field]),
            before=_words(row.field, row.before, categories, areas),
            after=_words(row.field, row.after, categories, areas),
            reason=tr(row.reason),
            at=row.at,
        )
        for row in rows
    ]


def named(fields: str) -> str:
    """The parts an event names, as a sentence lists them."""
    return ", ".join(tr(FIELD_WORDS[field]) for field in fields.split(",") if field in FIELD_WORDS)


def _words(field: str, kept: str, categories: dict[str, str], areas: dict[str, str]) -> str:
    match field:
        case Field.CATEGORY:
            return categories.get(kept, kept)
        case Field.PLACE:
            place = msgspec.json.decode(kept, type=Place)
            point = f"{place.latitude:.5f}, {place.longitude:.5f}" if place.latitude is not None and place.longitude is not None else ""
            return " · ".join(words for words in (place.address, areas.get(place.area or "", ""), point) if words)
        case _:
            return kept
