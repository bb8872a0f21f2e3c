"""Pieces of photos still on their way: kept as rows until the photo is whole and is the one that was announced."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from piccolo.columns.combination import Or

from backend import database
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Chunk, Complaint, Photo
from backend.errors import DomainError, NotFound
from backend.events import log
from backend.events.kinds import EventKind
from backend.words import N_

UNFINISHED_KEPT = timedelta(days=30)


class PhotoState(StrEnum):
    """Awaited: pieces of it are still on somebody's phone. Uploaded: whole, not looked at yet."""

    AWAITED = "awaited"
    UPLOADED = "uploaded"
    READY = "ready"
    REFUSED = "refused"


class OffsetMoved(DomainError):
    """The server has more or less of the photo than the sender thinks."""

    code = "offset_moved"
    http_status = 409
    sentence = N_("Potongan foto ini tidak menyambung. Lanjutkan dari yang sudah kami terima.")
    permanent = False


class LargerThanAnnounced(DomainError):
    """More bytes than the photo was said to have."""

    code = "photo_too_large"
    http_status = 413
    sentence = N_("Foto ini lebih besar daripada yang diumumkan.")


class ChecksumMismatch(DomainError):
    """All bytes came, but not the ones that were announced; nothing of them is kept."""

    code = "checksum_mismatch"
    http_status = 460
    sentence = N_("Foto rusak di jalan. Foto ini perlu dikirim lagi dari awal.")
    permanent = False


class PhotoRefused(DomainError):
    """It was looked at and is no photo we can show."""

    code = "photo_refused"
    http_status = 410
    sentence = N_("Berkas ini bukan foto yang dapat kami buka. Aduan Anda tetap berjalan.")


async def sendable(photo_id: UUID, account: UUID | None, claim_hash: str | None) -> Photo:
    """The photo, for the account that named it or for whoever holds the key of a guest's complaint. `NotFound` for everybody else."""
    of_guest = Photo.uploader.is_null() & (Photo.complaint.claim_hash == (claim_hash or ""))
    theirs = of_guest if account is None else Or(Photo.uploader == account, of_guest)
    photo = await Photo.objects().where(Photo.id == photo_id).where(theirs).first()
    if photo is None:
        raise NotFound
    if photo.state == PhotoState.REFUSED:
        raise PhotoRefused
    return photo


async def append(photo_id: UUID, offset: int, content: bytes) -> int:
    """Keep the next piece; the new offset. Of two senders of one piece one wins, the other gets `OffsetMoved`."""
    async with database.transaction():
        photo = await _moved(photo_id, offset, len(content))
        if content:
            await Chunk.insert(Chunk(id=database.new_id(anonymous=True), photo=photo_id, start=offset, content=content))
        intact = photo.received < photo.size or photo.state != PhotoState.AWAITED or await _finish(photo)
    if not intact:
        raise ChecksumMismatch
    return photo.received


async def content_of(photo_id: UUID) -> bytes:
    """All pieces that are kept, joined."""
    rows = await Chunk.select(Chunk.content).where(Chunk.photo == photo_id).order_by(Chunk.start)
    return b"".join(row["content"] for row in rows)


async def drop(photo_ids: list[UUID]) -> None:
    """Keep no piece of these photos any longer."""
    if photo_ids:
        await Chunk.delete().where(Chunk.photo.is_in(photo_ids))


async def forget_unfinished(now: datetime) -> None:
    """Drop pieces of photos that were named 30 days ago and are not whole. They stay awaited: their phone may begin again."""
    async with database.transaction():
        stale = (Photo.state == PhotoState.AWAITED) & (Photo.received > 0) & (Photo.created_at < now - UNFINISHED_KEPT)
        forgotten = await Photo.update({Photo.received: 0}).where(stale).returning(Photo.id)
        await drop([row["id"] for row in forgotten])


async def is_nameless(complaint: UUID, uploader: UUID | None) -> bool:
    """Does this come from somebody who stays anonymous? The city's own people on such a complaint do not."""
    if uploader is not None:
        return False
    return await Complaint.exists().where(Complaint.id == complaint, Complaint.secrecy == Secrecy.ANONYMOUS)


async def _moved(photo_id: UUID, offset: int, length: int) -> Photo:
    """The photo after its offset was moved on, by compare-and-set."""
    end = offset + length
    fits = (Photo.id == photo_id) & (Photo.state == PhotoState.AWAITED) & (Photo.received == offset) & (Photo.size >= end)
    moved = await Photo.update({Photo.received: end}).where(fits).returning(Photo.id)
    photo = await Photo.objects().get(Photo.id == photo_id)
    if photo is None:
        raise NotFound
    if moved or (length == 0 and photo.received == offset):
        return photo
    if photo.state == PhotoState.REFUSED:
        raise PhotoRefused
    if photo.received != offset:
        raise OffsetMoved
    raise LargerThanAnnounced


async def _finish(photo: Photo) -> bool:
    """Whole: is it what was announced? If not, its sender begins again."""
    content = await content_of(photo.id)
    if hashlib.sha256(content).hexdigest() != photo.sha256:
        await drop([photo.id])
        await Photo.update({Photo.received: 0}).where(Photo.id == photo.id)
        return False
    await Photo.update({Photo.state: PhotoState.UPLOADED}).where(Photo.id == photo.id)
    await log.record(
        EventKind.PHOTO_UPLOADED,
        anonymous=await is_nameless(photo.complaint, photo.uploader),
        complaint=photo.complaint,
        part=photo.part,
        subject=photo.id,
        actor=photo.uploader,
    )
    return True
