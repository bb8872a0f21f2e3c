"""A photo from its naming with the text until it is shown or refused, on both databases."""

import asyncio
import io
from uuid import uuid4

import pytest
from PIL import Image

from backend.complaints import chunks, photos
from backend.complaints.chunks import ChecksumMismatch
from backend.complaints.operations import PhotoClaim
from backend.complaints.storage import Size, storage
from backend.complaints.tables import Assignment, Chunk, Photo
from backend.errors import InvalidInput, NotFound
from backend.events.tables import Event
from backend.jobs.queue import TryLater
from tests.support import disk, pictures, reported

pytestmark = pytest.mark.usefixtures("database")


async def row(photo):
    return await Photo.objects().get(Photo.id == photo)


async def events(photo):
    """What the log says of a photo once it was whole."""
    return await Event.select(Event.kind).where(Event.subject == photo, Event.kind != "photo.uploaded").output(as_list=True)


async def whole(content, **named):
    photo = await reported.photo(content, **named)
    await chunks.append(photo, 0, content)
    return photo


async def after_photos(*contents, evidence="awaited"):
    """A finished part and its after-photos, all named, none sent."""
    complaint, officer = await reported.complaint(), await reported.account()
    part, note = await reported.finished_part(complaint, officer, evidence)
    named = [await reported.photo(content, of=complaint, uploader=officer, part=part, note=note, stage="after") for content in contents]
    return part, named


async def evidence(part):
    return (await Assignment.objects().get(Assignment.id == part)).evidence


async def test_the_photos_of_a_complaint_are_awaited_in_the_order_of_the_form():
    complaint, other = await reported.complaint(), await reported.complaint()
    claims = tuple(reported.claim(content) for content in (b"one", b"two", b"three"))
    await photos.expect(complaint, None, None, None, "report", claims)
    found = await photos.of_complaints([complaint, other])
    assert [(photo.id, photo.state, photo.size, photo.stage) for photo in found[complaint]] == [
        (claim.id, "awaited", claim.size, "report") for claim in claims
    ]
    assert await photos.waiting([complaint, other]) == {complaint: 3}
    assert (await photos.of_complaints([]), await photos.waiting([])) == ({}, {})


async def test_a_photo_of_another_complaint_cannot_be_named():
    content = pictures.jpeg()
    theirs = await reported.photo(content)
    claim = PhotoClaim(id=theirs, sha256=reported.claim(content).sha256, size=len(content))
    before = await row(theirs)
    with pytest.raises(InvalidInput) as refused:
        await photos.expect(await reported.complaint(), None, None, None, "report", (claim,))
    assert set(refused.value.fields) == {"photos"}
    assert (await row(theirs)).complaint == before.complaint


async def test_a_photo_named_again_for_its_complaint_stays_as_it_is():
    content = pictures.jpeg()
    complaint = await reported.complaint()
    claim = reported.claim(content)
    await photos.expect(complaint, None, None, None, "report", (claim,))
    await chunks.append(claim.id, 0, content)
    await photos.expect(complaint, None, None, None, "dispute", (claim,))
    assert ((await row(claim.id)).state, (await row(claim.id)).stage) == ("uploaded", "report")
    with pytest.raises(InvalidInput):
        await photos.expect(complaint, None, None, None, "dispute", (PhotoClaim(id=claim.id, sha256="0" * 64, size=len(content)),))


async def test_a_whole_photo_is_made_anew_and_its_pieces_go():
    photo = await whole(pictures.from_phone(6, width=2000, height=1500))
    await photos.process(photo)
    ready = await row(photo)
    assert (ready.state, ready.width, ready.height) == ("ready", 1600, 1200)
    assert await Chunk.count() == 0
    assert await events(photo) == ["photo.ready"]
    large, small = await photos.readable(photo, small=False), await photos.readable(photo, small=True)
    assert Image.open(io.BytesIO(large)).size == (1600, 1200)
    assert Image.open(io.BytesIO(small)).size == (400, 300)
    assert pictures.SECRET.encode() not in large + small
    assert pictures.corners(large) == list(pictures.CORNERS)
    assert await photos.complaint_of(photo) == ready.complaint


async def test_a_photo_is_not_shown_before_it_was_looked_at():
    photo = await whole(pictures.jpeg())
    await storage().write(photo, Size.LARGE, b"left by a crash")
    for unknown in (photo, uuid4()):
        with pytest.raises(NotFound):
            await photos.readable(unknown, small=False)
    with pytest.raises(NotFound):
        await photos.complaint_of(uuid4())


async def test_a_photo_is_processed_once_however_often_the_job_runs():
    photo = await whole(pictures.jpeg())
    await asyncio.gather(*(photos.process(photo) for _ in range(3)))
    await photos.process(photo)
    assert await events(photo) == ["photo.ready"]
    await photos.process(uuid4())


async def test_a_crash_between_the_files_and_the_row_is_made_good_by_the_next_run():
    photo = await whole(pictures.jpeg())
    await storage().write(photo, Size.LARGE, b"of the run that died")
    await photos.process(photo)
    assert (await row(photo)).state == "ready"
    assert pictures.corners(await photos.readable(photo, small=False)) == list(pictures.CORNERS)


async def test_on_a_full_disk_the_photo_waits_and_is_processed_later():
    photo = await whole(pictures.jpeg(1200, 900))
    with disk.full(), pytest.raises(TryLater, match="storage_full"):
        await photos.process(photo)
    assert ((await row(photo)).state, await events(photo)) == ("uploaded", [])
    await photos.process(photo)
    assert (await row(photo)).state == "ready"


@pytest.mark.parametrize("content", [pictures.HEIC, pictures.SVG, pictures.jpeg()[:-100]], ids=["HEIC", "SVG", "cut off"])
async def test_what_is_no_photo_is_refused_and_nothing_of_it_kept(content):
    photo = await whole(content)
    await photos.process(photo)
    assert ((await row(photo)).state, await events(photo), await Chunk.count()) == ("refused", ["photo.refused"], 0)
    assert await storage().read(photo, Size.LARGE) is None
    with pytest.raises(NotFound):
        await photos.readable(photo, small=True)


async def test_an_after_photo_is_the_evidence_that_was_awaited():
    good = pictures.jpeg()
    part, (one, two) = await after_photos(good, pictures.HEIC)
    await chunks.append(one, 0, good)
    await photos.process(one)
    assert await evidence(part) == "photo"
    await chunks.append(two, 0, pictures.HEIC)
    await photos.process(two)
    assert await evidence(part) == "photo"


async def test_evidence_is_weak_once_no_after_photo_is_left_to_come():
    part, named = await after_photos(pictures.HEIC, pictures.SVG)
    standing = []
    for photo, content in zip(named, (pictures.HEIC, pictures.SVG), strict=True):
        await chunks.append(photo, 0, content)
        await photos.process(photo)
        standing.append(await evidence(part))
    assert standing == ["awaited", "weak"]


async def test_two_after_photos_refused_at_once_leave_weak_evidence():
    part, named = await after_photos(pictures.HEIC, pictures.SVG)
    for photo, content in zip(named, (pictures.HEIC, pictures.SVG), strict=True):
        await chunks.append(photo, 0, content)
    await asyncio.gather(*(photos.process(photo) for photo in named))
    assert await evidence(part) == "weak"


async def test_of_a_disputed_part_only_the_photos_of_the_last_result_count():
    good = pictures.jpeg()
    part, (late, lost) = await after_photos(good, good)
    first = await row(late)
    again = await reported.result(first.complaint, part, first.uploader)
    await chunks.append(late, 0, good)
    await photos.process(late)
    assert ((await row(late)).state, await evidence(part)) == ("ready", "awaited")
    second = await whole(pictures.HEIC, of=first.complaint, uploader=first.uploader, part=part, note=again, stage="after")
    await photos.process(second)
    assert ((await row(lost)).state, await evidence(part)) == ("awaited", "weak")


async def test_photos_of_a_visit_or_a_report_are_no_evidence_of_the_result():
    part, _ = await after_photos(pictures.jpeg())
    complaint = (await Assignment.objects().get(Assignment.id == part)).complaint
    await photos.process(await whole(pictures.jpeg(), of=complaint, part=part, stage="visit"))
    assert await evidence(part) == "awaited"


async def test_a_photo_from_a_form_comes_in_one_piece_and_once():
    content = pictures.jpeg()
    photo = await reported.photo(content)
    await photos.store_whole(photo, content)
    await photos.store_whole(photo, content)
    await photos.process(photo)
    await photos.store_whole(photo, content)
    assert ((await row(photo)).state, await Chunk.count(), await events(photo)) == ("ready", 0, ["photo.ready"])
    with pytest.raises(NotFound):
        await photos.store_whole(uuid4(), content)
    with pytest.raises(ChecksumMismatch):
        await photos.store_whole(await reported.photo(content), content[:-1] + b"!")


async def test_somebody_anonymous_leaves_no_time_with_a_photo():
    photo = await whole(pictures.jpeg(), of=await reported.complaint(secrecy="anonymous"))
    await photos.process(photo)
    for event in await Event.objects().where(Event.subject == photo):
        assert (event.at.minute, event.at.second, event.at.microsecond, event.id.version, event.actor) == (0, 0, 0, 4, None)
