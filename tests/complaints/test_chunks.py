"""Photos arrive in pieces: over broken lines, twice at once, with wrong bytes, or never."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from backend import clock
from backend.complaints import chunks, claims
from backend.complaints.chunks import ChecksumMismatch, LargerThanAnnounced, OffsetMoved, PhotoRefused
from backend.complaints.tables import Chunk, Photo
from backend.errors import NotFound
from backend.events.tables import Event
from tests.support import reported

CONTENT = bytes(range(256)) * 40
HALF = len(CONTENT) // 2

pytestmark = pytest.mark.usefixtures("database")


async def row(photo):
    return await Photo.objects().get(Photo.id == photo)


async def test_a_photo_broken_off_in_the_middle_goes_on_where_it_was():
    photo = await reported.photo(CONTENT)
    assert await chunks.append(photo, 0, CONTENT[:HALF]) == HALF
    assert (await row(photo)).received == HALF
    assert await chunks.append(photo, HALF, CONTENT[HALF:]) == len(CONTENT)
    assert (await row(photo)).state == "uploaded"
    assert await chunks.content_of(photo) == CONTENT


async def test_that_a_photo_is_whole_is_written_in_the_log_once():
    photo = await reported.photo(CONTENT)
    await chunks.append(photo, 0, CONTENT)
    (event,) = await Event.objects().where(Event.subject == photo)
    assert (event.kind, event.complaint) == ("photo.uploaded", (await row(photo)).complaint)


async def test_of_two_senders_of_the_same_piece_one_wins():
    photo = await reported.photo(CONTENT)
    answers = await asyncio.gather(*(chunks.append(photo, 0, CONTENT[:HALF]) for _ in range(6)), return_exceptions=True)
    assert answers.count(HALF) == 1
    assert sum(isinstance(answer, OffsetMoved) for answer in answers) == 5
    last = await asyncio.gather(*(chunks.append(photo, HALF, CONTENT[HALF:]) for _ in range(6)), return_exceptions=True)
    assert last.count(len(CONTENT)) == 1
    assert await chunks.content_of(photo) == CONTENT
    assert await Event.count().where(Event.subject == photo) == 1


@pytest.mark.parametrize("offset", [1, HALF, len(CONTENT)])
async def test_a_piece_that_does_not_join_on_is_not_taken(offset):
    photo = await reported.photo(CONTENT)
    with pytest.raises(OffsetMoved):
        await chunks.append(photo, offset, CONTENT[offset:] or b"more")
    assert (await row(photo)).received == await Chunk.count() == 0


async def test_other_bytes_than_announced_are_dropped_and_the_right_ones_taken_afterwards():
    photo = await reported.photo(CONTENT)
    await chunks.append(photo, 0, CONTENT[:HALF])
    with pytest.raises(ChecksumMismatch):
        await chunks.append(photo, HALF, bytes(len(CONTENT) - HALF))
    assert ((await row(photo)).received, (await row(photo)).state, await Chunk.count()) == (0, "awaited", 0)
    await chunks.append(photo, 0, CONTENT)
    assert (await row(photo)).state == "uploaded"


async def test_more_than_announced_is_not_taken():
    photo = await reported.photo(CONTENT)
    with pytest.raises(LargerThanAnnounced):
        await chunks.append(photo, 0, CONTENT + b"!")
    assert (await row(photo)).received == 0


async def test_a_piece_of_nothing_changes_nothing():
    photo = await reported.photo(CONTENT)
    assert await chunks.append(photo, 0, b"") == 0
    await chunks.append(photo, 0, CONTENT)
    assert await chunks.append(photo, len(CONTENT), b"") == len(CONTENT)
    assert await Chunk.count() == 1
    assert await Event.count().where(Event.subject == photo) == 1


async def test_a_photo_nobody_named_is_not_taken():
    with pytest.raises(NotFound):
        await chunks.append(uuid4(), 0, CONTENT)


async def test_who_named_a_photo_may_send_it_and_nobody_else():
    mine, other = await reported.account(), await reported.account()
    of_guest = await reported.photo(CONTENT)
    of_account = await reported.photo(CONTENT, of=await reported.complaint(reporter=mine), uploader=mine)
    of_officer = await reported.photo(CONTENT, of=(await row(of_guest)).complaint, uploader=other)
    key, wrong = claims.hash_of(reported.KEY), claims.hash_of("ZZZZZZZZZZZZZZZZZZZZZZZZZZ")
    for photo, account, proof in [(of_guest, None, key), (of_guest, mine, key), (of_account, mine, None), (of_officer, other, None)]:
        assert (await chunks.sendable(photo, account, proof)).id == photo
    for photo, account, proof in [
        (of_guest, None, None),
        (of_guest, None, wrong),
        (of_guest, mine, None),
        (of_account, None, None),
        (of_account, None, key),
        (of_account, other, wrong),
        (of_officer, None, key),
        (of_officer, mine, key),
        (uuid4(), mine, key),
    ]:
        with pytest.raises(NotFound):
            await chunks.sendable(photo, account, proof)


async def test_a_refused_photo_is_not_sent_again():
    photo = await reported.photo(CONTENT)
    await Photo.update({Photo.state: "refused"}).where(Photo.id == photo)
    with pytest.raises(PhotoRefused):
        await chunks.sendable(photo, None, claims.hash_of(reported.KEY))
    with pytest.raises(PhotoRefused):
        await chunks.append(photo, 0, CONTENT)


async def test_of_somebody_anonymous_no_time_is_kept():
    photo = await reported.photo(CONTENT, of=await reported.complaint(secrecy="anonymous"))
    await chunks.append(photo, 0, CONTENT)
    (event,) = await Event.objects().where(Event.subject == photo)
    for moment in (event.at, (await row(photo)).created_at):
        assert moment == clock.coarse(moment)
    assert {one.version for one in (event.id, *(await Chunk.select(Chunk.id).output(as_list=True)))} == {4}


async def test_pieces_are_forgotten_after_thirty_days_and_the_photo_stays_awaited():
    begun, whole, fresh = [await reported.photo(CONTENT) for _ in range(3)]
    await chunks.append(begun, 0, CONTENT[:HALF])
    await chunks.append(fresh, 0, CONTENT[:HALF])
    await chunks.append(whole, 0, CONTENT)
    await Photo.update({Photo.created_at: clock.now() - timedelta(days=31)}).where(Photo.id.is_in([begun, whole]))
    await chunks.forget_unfinished(clock.now())
    assert [((await row(photo)).state, (await row(photo)).received) for photo in (begun, whole, fresh)] == [
        ("awaited", 0),
        ("uploaded", len(CONTENT)),
        ("awaited", HALF),
    ]
    assert [len(await chunks.content_of(photo)) for photo in (begun, whole, fresh)] == [0, len(CONTENT), HALF]
    await chunks.append(begun, 0, CONTENT)
    assert (await row(begun)).state == "uploaded"
