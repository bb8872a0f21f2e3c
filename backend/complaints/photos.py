"""Photos of a complaint: named with the text, looked at once they are whole, then shown or refused; the complaint goes on either way."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from piccolo.query.functions import Count

from backend import clock, database
from backend.complaints import chunks, pixels
from backend.complaints.chunks import PhotoState
from backend.complaints.operations import PhotoClaim
from backend.complaints.states import Evidence
from backend.complaints.storage import Size, StorageFault, storage
from backend.complaints.tables import Assignment, Note, Photo
from backend.errors import InvalidInput, NotFound
from backend.events import log
from backend.events.kinds import EventKind
from backend.jobs.queue import TryLater
from backend.words import N_

AFTER = "after"
"""The stage of a photo that shows finished work. The others: report, visit, dispute, and late for a step in conflict."""

RESULT = "result"
"""The kind of note that says what was done."""

NAMED = f"SELECT id FROM photo WHERE state = '{PhotoState.READY}'"  # noqa: S608  (a constant of ours)
"""The photos whose files lie in the storage, to be asked of a snapshot of the database too."""

_pixel_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pixels")
"""However many photos come at once, the memory in use is that of one."""


async def expect(
    complaint: UUID, part: UUID | None, note: UUID | None, uploader: UUID | None, stage: str, claims: Sequence[PhotoClaim]
) -> None:
    """Photos that will follow, written into the open transaction. Named twice for one complaint, a photo stays the one it was."""
    if not claims:
        return
    now = clock.now()
    created_at = clock.coarse(now) if await chunks.is_nameless(complaint, uploader) else now
    rows = [
        Photo(
            id=claim.id,
            complaint=complaint,
            part=part,
            note=note,
            uploader=uploader,
            stage=stage,
            place=place,
            sha256=claim.sha256,
            size=claim.size,
            state=PhotoState.AWAITED,
            created_at=created_at,
        )
        for place, claim in enumerate(claims)
    ]
    await Photo.insert(*rows).on_conflict(action="DO NOTHING")
    ids = [claim.id for claim in claims]
    named = await Photo.select(Photo.id, Photo.sha256, Photo.size).where(Photo.complaint == complaint, Photo.id.is_in(ids))
    if {(row["id"], row["sha256"], row["size"]) for row in named} != {(claim.id, claim.sha256, claim.size) for claim in claims}:
        raise InvalidInput({"photos": N_("Foto ini sudah dipakai untuk kiriman lain. Lampirkan sekali lagi.")})


async def store_whole(photo_id: UUID, content: bytes) -> None:
    """A photo that came with a form, in one piece; of a form sent twice it is kept once. Raises `ChecksumMismatch`."""
    photo = await Photo.objects().get(Photo.id == photo_id)
    if photo is None:
        raise NotFound
    if photo.state == PhotoState.AWAITED:
        await chunks.append(photo_id, 0, content)


async def process(photo_id: UUID) -> None:
    """Look at a whole photo: files first, then the row. Runs in a job, twice without harm. Raises `TryLater`; until then its pieces stay."""
    photo = await Photo.objects().get(Photo.id == photo_id)
    if photo is None or photo.state != PhotoState.UPLOADED:
        return
    content = await chunks.content_of(photo_id)
    try:
        picture = await asyncio.get_running_loop().run_in_executor(_pixel_worker, pixels.clean, content)
    except pixels.Unreadable:
        await _settle(photo, PhotoState.REFUSED)
        return
    try:
        await storage().write(photo_id, Size.LARGE, picture.large)
        await storage().write(photo_id, Size.SMALL, picture.small)
    except StorageFault as fault:
        raise TryLater(f"{fault.code}: {fault.reason}") from fault
    await _settle(photo, PhotoState.READY, {Photo.width: picture.width, Photo.height: picture.height})


async def readable(photo_id: UUID, *, small: bool) -> bytes:
    """The JPEG of a photo that is ready. Who may see it is asked before, by its complaint. Raises `NotFound`, `StorageAway`."""
    if not await Photo.exists().where(Photo.id == photo_id, Photo.state == PhotoState.READY):
        raise NotFound
    content = await storage().read(photo_id, Size.SMALL if small else Size.LARGE)
    if content is None:
        raise NotFound
    return content


async def known(*states: PhotoState) -> set[UUID]:
    """Every photo there is, or those in these states."""
    query = Photo.select(Photo.id)
    rows = await (query.where(Photo.state.is_in([*states])) if states else query)
    return {row["id"] for row in rows}


async def complaint_of(photo_id: UUID) -> UUID:
    """The complaint a photo belongs to. Raises `NotFound`."""
    row = await Photo.select(Photo.complaint).where(Photo.id == photo_id).first()
    if row is None:
        raise NotFound
    complaint: UUID = row["complaint"]
    return complaint


async def of_complaints(complaints: Sequence[UUID]) -> dict[UUID, list[Photo]]:
    """All photos of these complaints, in the order in which they were named."""
    found: dict[UUID, list[Photo]] = {}
    if complaints:
        named = Photo.objects().where(Photo.complaint.is_in(list(complaints)))
        for photo in await named.order_by(Photo.created_at, Photo.place):
            found.setdefault(photo.complaint, []).append(photo)
    return found


async def waiting(complaints: Sequence[UUID]) -> dict[UUID, int]:
    """How many photos are still on somebody's phone, for those complaints where any is."""
    if not complaints:
        return {}
    still = (Photo.state == PhotoState.AWAITED) & Photo.complaint.is_in(list(complaints))
    rows = await Photo.select(Photo.complaint, Count()).where(still).group_by(Photo.complaint)
    return {row["complaint"]: row["count"] for row in rows}


async def _settle(photo: Photo, state: PhotoState, seen: dict[Any, Any] | None = None) -> None:
    """What came of looking at it, once: the row, the evidence, the event; the pieces go."""
    async with database.transaction():
        undecided = (Photo.id == photo.id) & (Photo.state == PhotoState.UPLOADED)
        if not await Photo.update({Photo.state: state, **(seen or {})}).where(undecided).returning(Photo.id):
            return
        await chunks.drop([photo.id])
        if photo.stage == AFTER and photo.part is not None:
            await _weigh(photo, state)
        await log.record(
            EventKind.PHOTO_READY if state == PhotoState.READY else EventKind.PHOTO_REFUSED,
            anonymous=await chunks.is_nameless(photo.complaint, photo.uploader),
            complaint=photo.complaint,
            part=photo.part,
            subject=photo.id,
        )


async def _weigh(photo: Photo, state: PhotoState) -> None:
    """C15: one good after-photo is the evidence that was awaited; when none of the same result is left to come, it is weak."""
    part = Assignment.objects().where(Assignment.id == photo.part, Assignment.evidence == Evidence.AWAITED)
    if not await database.locked(part) or photo.note != await _last_result(photo.part):
        return
    to_come = (Photo.note == photo.note) & (Photo.stage == AFTER) & Photo.state.is_in([PhotoState.AWAITED, PhotoState.UPLOADED])
    if state == PhotoState.READY:
        evidence = Evidence.PHOTO
    elif not await Photo.exists().where(to_come):
        evidence = Evidence.WEAK
    else:
        return
    await Assignment.update({Assignment.evidence: evidence}).where(Assignment.id == photo.part)


async def _last_result(part: UUID) -> UUID | None:
    """The note of the result that stands: after a dispute, what was shown before proves nothing."""
    notes = await Note.select(Note.id).where(Note.part == part, Note.kind == RESULT).order_by(Note.created_at, ascending=False).limit(1)
    return notes[0]["id"] if notes else None
