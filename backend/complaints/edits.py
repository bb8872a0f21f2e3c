"""C13: a complaint is put right by a moderator, or by its reporter until it is forwarded; who may know, and what is public of it."""

from uuid import UUID

import msgspec

from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.agencies import queries as agencies
from backend.complaints import access, originals, private, publishing, queries, receiving, reporters, steps
from backend.complaints.lifecycle import STEP
from backend.complaints.operations import Place
from backend.complaints.originals import By, Change, Field
from backend.complaints.refusals import AddInstead
from backend.complaints.staff_operations import EditComplaint, ReleasePhotos, SetSecrecy
from backend.complaints.tables import Complaint
from backend.errors import InvalidInput
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation
from backend.words import N_

OPEN, CONFIDENTIAL = "open", "confidential"
"""How a change of secrecy is kept."""


@operation
async def edit(actor: Actor, op: EditComplaint) -> Outcome:
    """Text, category or place; what is not given stays. Everybody who works on it reads the new words, the reporter both."""
    complaint = await access.require(actor, Permission.EDIT, op.complaint)
    own = reporters.acts_as_reporter(actor, op, complaint)
    if late := await steps.settle(actor, op, STEP["edit"], complaint, current=complaint.status, seen=op.seen, text=op.text or ""):
        return late
    if own and await queries.parts_of(complaint.id):
        raise AddInstead
    await _check(op)
    changes = _changes(complaint, op)
    if not changes:
        raise InvalidInput({"text": N_("Belum ada yang diubah.")})
    await _apply(complaint, op, {change.field for change in changes})
    by = By.REPORTER if own else By.MODERATOR
    await originals.keep(EventKind.EDITED, actor, op, complaint, changes, reason=op.reason, by=by)
    return await steps.accepted(op, complaint)


@operation
async def set_secrecy(actor: Actor, op: SetSecrecy) -> Outcome:
    """Raising takes it from the public at once. Lowering publishes nothing: that is a moderator's to do again. The name stays as it was."""
    permission = Permission.RAISE_SECRECY if op.confidential else Permission.LOWER_SECRECY
    complaint = await access.require(actor, permission, op.complaint)
    own = reporters.acts_as_reporter(actor, op, complaint)
    if complaint.confidential == op.confidential:
        return await steps.accepted(op, complaint, code="already")
    if not own and not op.reason.strip():
        raise InvalidInput({"reason": N_("Tuliskan alasannya; pelapor membacanya.")})
    if op.confidential:
        await publishing.hide(complaint)
    complaint.confidential = op.confidential
    await complaint.save([Complaint.confidential])
    change = Change(Field.SECRECY, OPEN, CONFIDENTIAL) if op.confidential else Change(Field.SECRECY, CONFIDENTIAL, OPEN)
    by, part = await _by(actor, complaint, own=own)
    kind, told = EventKind.SECRECY_CHANGED, op.confidential
    await originals.keep(kind, actor, op, complaint, [change], reason=op.reason, by=by, part=part, confidential=told)
    return await steps.accepted(op, complaint)


@operation
async def release_photos(actor: Actor, op: ReleasePhotos) -> Outcome:
    """The photos everybody may see, and no others; only those that have arrived can have been looked at."""
    complaint = await access.require(actor, Permission.FORWARD, op.complaint)
    await publishing.release(complaint, op.released)
    await steps.record(EventKind.PHOTOS_RELEASED, actor, op, complaint, photos=len(op.released))
    return await steps.accepted(op, complaint)


async def _by(actor: Actor, complaint: Complaint, *, own: bool) -> tuple[By, UUID | None]:
    """Who raised it: the reporter, the desk, or an OPD by one of its parts."""
    if own:
        return By.REPORTER, None
    if actor.reach(Permission.RAISE_SECRECY) == Reach.CITY:
        return By.MODERATOR, None
    return By.AGENCY, min(await queries.parts_with_steps(actor, Permission.RAISE_SECRECY, complaint.id), default=None)


async def _check(op: EditComplaint) -> None:
    found: dict[str, str] = {}
    if not op.reason.strip():
        found["reason"] = N_("Tuliskan alasannya; pelapor membacanya.")
    if op.text is not None and not op.text.strip():
        found["text"] = N_("Tulisan aduan tidak boleh kosong.")
    if op.category and op.category not in await agencies.offered_classes():
        found["category"] = N_("Pilih kategori dari daftar.")
    if op.place is not None and (op.place.latitude is None) != (op.place.longitude is None):
        found["place"] = N_("Titik lokasi tidak lengkap. Ambil ulang lokasinya, atau tulis alamat.")
    if op.place is not None and op.place.area and op.place.area not in await agencies.centres():
        found["place"] = N_("Pilih kelurahan dari daftar.")
    if found:
        raise InvalidInput(found)


def _changes(complaint: Complaint, op: EditComplaint) -> list[Change]:
    """What differs from what stands."""
    changes = []
    stood = place_of(complaint)
    if op.text is not None and op.text.strip() != complaint.text:
        changes.append(Change(Field.TEXT, complaint.text, op.text.strip()))
    if op.category is not None and op.category != (complaint.category or ""):
        changes.append(Change(Field.CATEGORY, str(complaint.category or ""), op.category))
    if op.place is not None and _told(op.place) != _told(stood):
        changes.append(Change(Field.PLACE, _json(stood), _json(op.place)))
    return changes


async def _apply(complaint: Complaint, op: EditComplaint, changed: set[Field]) -> None:
    if Field.TEXT in changed and op.text is not None:
        if complaint.public_text == private.masked(complaint.text):  # a copy somebody has written by hand stays as it is
            complaint.public_text = private.masked(op.text.strip())
        complaint.text = op.text.strip()
    if Field.CATEGORY in changed:
        complaint.category = op.category
    if Field.PLACE in changed and op.place is not None:
        for name in Place.__struct_fields__:
            setattr(complaint, name, getattr(op.place, name))
        complaint.address = op.place.address.strip()
        complaint.seems_outside = await receiving.seems_outside(op.place)
    await complaint.save()
    if await publishing.is_sealed(complaint):
        await publishing.hide(complaint)


def place_of(complaint: Complaint) -> Place:
    """Where it is, as it could have been told."""
    return Place(**{name: getattr(complaint, name) for name in Place.__struct_fields__})


def _told(place: Place) -> Place:
    """What makes two places the same: not how well the phone knew it, nor that somebody has confirmed the kelurahan it guessed."""
    return msgspec.structs.replace(place, area_estimated=False, accuracy_m=None, area=place.area or None, address=place.address.strip())


def _json(place: Place) -> str:
    return msgspec.json.encode(place).decode()
