"""What everybody may read of a complaint: a copy of its text, masked, and the photos a moderator has looked at."""

from collections.abc import Sequence
from uuid import UUID

from backend import clock
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.complaints import access, originals, private, queries, steps
from backend.complaints.chunks import PhotoState
from backend.complaints.originals import Change, Field
from backend.complaints.refusals import SealedOrAccused
from backend.complaints.staff_operations import ForwardComplaint, PublishComplaint
from backend.complaints.tables import Complaint, Photo
from backend.errors import InvalidInput
from backend.events.kinds import EventKind
from backend.operations import Outcome, operation
from backend.sla.policy import ServiceClass
from backend.words import N_


async def publish(_: Actor, op: ForwardComplaint, complaint: Complaint) -> None:
    """The moderator's tick when forwarding, once the parts are there. What the forwarding itself has sealed, no tick makes public."""
    if op.publish and not await is_sealed(complaint):
        await show(complaint, op.public_text, op.released)


@operation
async def set_public(actor: Actor, op: PublishComplaint) -> Outcome:
    """Later than with the forwarding: shown to everybody, in these words and with these photos, or (`on` false) no longer."""
    complaint = await access.require(actor, Permission.FORWARD, op.complaint)
    before = complaint.public_text if complaint.published_at else ""
    if not op.on and not op.reason.strip():
        raise InvalidInput({"reason": N_("Tuliskan alasannya; pelapor membacanya.")})
    if op.on:
        await show(complaint, op.public_text, op.released)
    elif complaint.published_at is None:
        return await steps.accepted(op, complaint, code="already")
    else:
        await hide(complaint)
    after = complaint.public_text if complaint.published_at else ""
    if before != after:
        reason = op.reason.strip() or N_("ditampilkan untuk umum")
        await originals.keep(EventKind.EDITED, actor, op, complaint, [Change(Field.PUBLIC, before, after)], reason=reason)
    return await steps.accepted(op, complaint)


async def show(complaint: Complaint, text: str, released: Sequence[UUID]) -> None:
    """Publish; without words of the moderator's own the reporter's, and either way masked. Raises `SealedOrAccused`."""
    if await is_sealed(complaint):
        raise SealedOrAccused
    complaint.public_text = private.masked(text.strip() or complaint.text)
    complaint.published_at = complaint.published_at or clock.now()
    await complaint.save([Complaint.public_text, Complaint.published_at])
    await release(complaint, released)


async def hide(complaint: Complaint) -> None:
    """Nothing of it is public any more. The copy goes too: whoever publishes it again looks at it again."""
    complaint.public_text = ""
    complaint.published_at = None
    await complaint.save([Complaint.public_text, Complaint.published_at])
    await Photo.update({Photo.released: False}).where(Photo.complaint == complaint.id)


async def release(complaint: Complaint, released: Sequence[UUID]) -> None:
    """Let everybody see these photos and no others. Raises `SealedOrAccused`."""
    if await is_sealed(complaint):
        raise SealedOrAccused
    theirs = Photo.complaint == complaint.id
    await Photo.update({Photo.released: False}).where(theirs)
    if released:
        await Photo.update({Photo.released: True}).where(theirs, Photo.id.is_in(list(released)), Photo.state == PhotoState.READY)


async def is_sealed(complaint: Complaint) -> bool:
    """Is it one of which nothing is ever public: confidential, or an accusation?"""
    classes = {part.service_class for part in await queries.parts_of(complaint.id)}
    if complaint.category:
        classes.add((await agencies.category(str(complaint.category))).service_class)
    return complaint.confidential or ServiceClass.OVERSIGHT in classes
