"""A photo's file is whole or not there, whatever happens to the disk."""

import subprocess
import sys
import textwrap
from uuid import UUID

import pytest

from backend.complaints.storage import Folder, Kept, Size, StorageAway, StorageFull
from tests.support import disk

PHOTO = UUID("019b0000-1111-7222-8333-444455556677")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "photos")


def files(folder):
    return sorted(str(path.relative_to(folder.path)) for path in folder.path.rglob("*") if path.is_file())


async def test_a_photo_lies_under_a_name_made_of_its_id(folder):
    await folder.write(PHOTO, Size.LARGE, b"large")
    await folder.write(PHOTO, Size.SMALL, b"small")
    assert files(folder) == [f"77/66/{PHOTO}-large.jpg", f"77/66/{PHOTO}-small.jpg"]


async def test_a_full_disk_is_said_and_leaves_no_half_written_file(folder):
    await folder.write(PHOTO, Size.LARGE, b"first")
    with disk.full():
        for attempt in (folder.write(PHOTO, Size.LARGE, b"second" * 1000), folder.check()):
            with pytest.raises(StorageFull) as refused:
                await attempt
            assert (refused.value.http_status, refused.value.permanent, refused.value.reason) == (507, False, "EFBIG")
    assert await folder.read(PHOTO, Size.LARGE) == b"first"
    assert len(files(folder)) == 1


async def test_another_fault_of_the_disk_is_not_called_full(folder):
    folder.path.write_text("a file where the folder should be")
    for attempt in (folder.write(PHOTO, Size.LARGE, b"photo"), folder.read(PHOTO, Size.LARGE), folder.check()):
        with pytest.raises(StorageAway) as refused:
            await attempt
        assert refused.value.reason in {"ENOTDIR", "EEXIST"}


async def test_what_a_crash_has_left_is_no_photo(folder):
    await folder.write(PHOTO, Size.LARGE, b"large")
    (folder.path / "77" / "66" / ".writing-abc").write_bytes(b"half")
    (folder.path / "77" / "secret.key").write_text("of somebody else")
    assert [kept async for kept in folder.names()] == [Kept(PHOTO, Size.LARGE, 5)]


def test_a_process_killed_while_writing_leaves_nothing_under_the_photos_name(folder):
    script = textwrap.dedent(f"""
        import asyncio, sys, uuid
        from pathlib import Path
        from backend.complaints.storage import Folder, Size
        folder = Folder(Path(sys.argv[1]))
        async def write():
            while True:
                await folder.write(uuid.UUID("{PHOTO}"), Size.LARGE, b"x" * 8_000_000)
                print("written", flush=True)
        asyncio.run(write())
    """)
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", script, folder.path], stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            process.kill()
        assert folder.file(PHOTO, Size.LARGE).stat().st_size == 8_000_000
