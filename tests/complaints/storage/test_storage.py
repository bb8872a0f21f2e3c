"""What every storage of photos promises, of a folder and of a bucket alike."""

import asyncio
from uuid import UUID, uuid4

import pytest

from backend.complaints.storage import Folder, Kept, Size, StorageAway, storage, terms
from backend.complaints.storage.bucket import Bucket

PHOTO = UUID("019b0000-1111-7222-8333-444455556677")


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    return Folder(tmp_path / "photos") if request.param == "folder" else Bucket(request.getfixturevalue("bucket"))


async def listed(place):
    return {kept async for kept in place.names()}


async def test_a_photo_is_read_as_it_was_written(place):
    await place.write(PHOTO, Size.LARGE, b"large")
    await place.write(PHOTO, Size.SMALL, b"small")
    assert (await place.read(PHOTO, Size.LARGE), await place.read(PHOTO, Size.SMALL)) == (b"large", b"small")
    assert await listed(place) == {Kept(PHOTO, Size.LARGE, 5), Kept(PHOTO, Size.SMALL, 5)}


async def test_what_was_never_written_is_not_there(place):
    assert await place.read(PHOTO, Size.LARGE) is None
    assert await listed(place) == set()


async def test_a_photo_processed_again_takes_the_place_of_the_first(place):
    await place.write(PHOTO, Size.LARGE, b"first" * 1000)
    await place.write(PHOTO, Size.LARGE, b"second")
    assert await place.read(PHOTO, Size.LARGE) == b"second"
    assert await listed(place) == {Kept(PHOTO, Size.LARGE, 6)}


async def test_many_photos_at_once_are_each_kept(place):
    photos = [uuid4() for _ in range(40)]
    await asyncio.gather(*(place.write(photo, Size.SMALL, photo.bytes * 1000) for photo in photos))
    assert await listed(place) == {Kept(photo, Size.SMALL, 16_000) for photo in photos}
    assert await asyncio.gather(*(place.read(photo, Size.SMALL) for photo in photos)) == [photo.bytes * 1000 for photo in photos]


async def test_a_place_in_order_says_so_and_holds_no_photo_more(place):
    await asyncio.gather(*(place.check() for _ in range(4)))
    assert not await place.is_public()
    assert await listed(place) == set()


@pytest.mark.parametrize(
    "name",
    [
        "check",
        f"{PHOTO}-large.jpg",
        f"00/66/{PHOTO}-large.jpg",
        f"77/66/{PHOTO}-huge.jpg",
        f"77/66/{PHOTO}-large.png",
        f"77/66/{PHOTO.hex}-large.jpg",
        "77/66/.writing-abc",
    ],
)
def test_what_is_no_photo_of_ours_is_passed_over(name):
    assert terms.kept_as(name, 1) is None


async def test_the_settings_say_where_photos_lie(bucket, stored_in, tmp_path):
    assert isinstance(storage(), Folder)
    stored_in(bucket)
    assert storage() == Bucket(bucket)


def test_who_must_wait_is_told_how_long():
    assert (StorageAway.http_status, StorageAway.permanent, StorageAway.stored, StorageAway.retry_after) == (503, False, False, 30)
