"""What a complaint's page shows only to some: the part for officers, the contact, the originals, what is public of it."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID, uuid4

import msgspec

from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.agencies.queries import CategoryGroup
from backend.complaints import contacts, edits, originals, photos, private, publishing, queries, reporters
from backend.complaints.chunks import PhotoState
from backend.complaints.contacts import ContactView
from backend.complaints.lifecycle import OPEN, STEP
from backend.complaints.operations import Place
from backend.complaints.originals import OriginalView
from backend.complaints.private import Stretch
from backend.complaints.tables import Complaint
from backend.complaints.views import PhotoView, photo_views


class PublicCopy(msgspec.Struct, frozen=True, kw_only=True):
    """What a moderator looks at before everybody does. `text`: as it would be published; `stretches`: what was written, with what is masked."""

    on: bool
    sealed: bool
    text: str
    stretches: Sequence[Stretch]
    masked: int
    photos: Sequence[PhotoView]
    released: frozenset[UUID]


class Editing(msgspec.Struct, frozen=True, kw_only=True):
    """What stands, and what may be chosen instead; `areas` by kecamatan."""

    text: str
    category: str
    place: Place
    categories: Sequence[CategoryGroup]
    areas: Sequence[tuple[str, Sequence[tuple[str, str]]]]


class DeskView(msgspec.Struct, frozen=True, kw_only=True):
    """Each only where this person may: the rest is empty. `operation_id`: for whichever of its forms is sent."""

    private: str
    contact: ContactView | None
    originals: Sequence[OriginalView]
    public_copy: PublicCopy | None
    confidential: bool
    editing: Editing | None
    may_raise: bool
    may_lower: bool
    operation_id: UUID


async def of(actor: Actor, complaint: Complaint) -> DeskView:
    """What this person may see and do of it."""
    may = {permission: await queries.may(actor, permission, complaint.id) for permission in ASKED}
    own = reporters.is_own(actor, complaint)
    parts = await queries.parts_of(complaint.id)
    return DeskView(
        private=complaint.private if may[Permission.READ_CONFIDENTIAL] else "",
        contact=await contacts.shown(actor, complaint),
        originals=await originals.shown(actor, complaint),
        public_copy=await public_copy(complaint) if may[Permission.FORWARD] and not own else None,
        confidential=complaint.confidential,
        editing=await _editing(complaint)
        if may[Permission.EDIT] and complaint.status in STEP["edit"].sources and not (own and parts)
        else None,
        may_raise=may[Permission.RAISE_SECRECY] and not complaint.confidential and (own or complaint.status in OPEN),
        may_lower=may[Permission.LOWER_SECRECY] and complaint.confidential,
        operation_id=uuid4(),
    )


ASKED = (Permission.READ_CONFIDENTIAL, Permission.FORWARD, Permission.EDIT, Permission.RAISE_SECRECY, Permission.LOWER_SECRECY)


async def _editing(complaint: Complaint) -> Editing:
    areas = groupby(await agencies.areas(), key=lambda area: area.district)
    return Editing(
        text=complaint.text,
        category=str(complaint.category or ""),
        place=edits.place_of(complaint),
        categories=await agencies.offered_categories(),
        areas=[(district, [(area.code, area.name) for area in rows]) for district, rows in areas],
    )


async def public_copy(complaint: Complaint) -> PublicCopy:
    """What would be public of it, or is."""
    stretches = private.stretches(complaint.text)
    ready = [photo for photo in (await photos.of_complaints([complaint.id])).get(complaint.id, []) if photo.state == PhotoState.READY]
    return PublicCopy(
        on=complaint.published_at is not None and not complaint.confidential,
        sealed=await publishing.is_sealed(complaint),
        text=complaint.public_text or private.masked(complaint.text),
        stretches=stretches,
        masked=sum(stretch.hidden for stretch in stretches),
        photos=photo_views(ready),
        released=frozenset(photo.id for photo in ready if photo.released),
    )
