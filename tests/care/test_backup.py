"""A backup is the whole house at one moment, and comes back as it was; whatever does not fit is refused before anything is written."""

import asyncio
import tarfile
from contextlib import suppress
from uuid import uuid4

import msgspec
import pytest

from backend import database as db
from backend.actors.actor import NOBODY
from backend.care import archive, backup, restore
from backend.care.archive import CannotCopy
from backend.care.postgres_programs import pg_dump
from backend.complaints import actions, photos
from backend.complaints.chunks import PhotoState
from backend.complaints.storage import Size, storage
from backend.complaints.tables import Complaint
from backend.operation_table import OperationRow
from backend.settings import settings
from tests.care.conftest import everything, quiet, told
from tests.support import asked

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""What is the same on both."""


@pytest.fixture
async def made(here, tmp_path):
    """A backup of a house with one complaint and its photo."""
    await told()
    await backup.make(tmp_path / "made.tar", quiet, plain=True)
    return tmp_path / "made.tar"


@pytest.mark.parametrize(
    ("database", "plain"),
    [
        ("sqlite", False),
        pytest.param("postgresql", False, marks=pytest.mark.postgresql),
        pytest.param("postgresql", True, marks=pytest.mark.postgresql),
    ],
    indirect=["database"],
)
async def test_all_of_it_comes_back(here, elsewhere, at_home, tmp_path, plain):
    photo = await told()
    await told(photo=False)
    before, pictures = await everything(), [await storage().read(photo, size) for size in Size]
    made = await backup.make(tmp_path / "x.tar", quiet, plain=plain)
    if here.engine.engine_type == "postgres":
        assert made.how.startswith("copy" if plain or await pg_dump(15) is None else "pg_dump")
    at_home(elsewhere)
    manifest, sentences = await restore.put_back(tmp_path / "x.tar", quiet)
    assert manifest == made
    assert sentences == [restore.ANOTHER_HOUSE]
    assert await everything() == before
    assert [await storage().read(photo, size) for size in Size] == pictures
    assert await db.missing_migrations() == set()
    await told()


async def test_while_people_go_on_writing_it_is_one_moment(here, elsewhere, at_home, tmp_path):
    acknowledged, going_on = [], asyncio.Event()

    async def writes():
        while not going_on.is_set():
            acknowledged.append(await told())

    earlier = [await told() for _ in range(3)]
    writers = [asyncio.create_task(writes()) for _ in range(3)]
    await asyncio.sleep(0.1)
    made = await backup.make(tmp_path / "x.tar", quiet, plain=True)
    going_on.set()
    await asyncio.gather(*writers)
    at_home(elsewhere)
    await restore.put_back(tmp_path / "x.tar", quiet)
    ready = await photos.known(PhotoState.READY)
    assert made.lost == ()
    assert set(earlier) <= ready <= {*earlier, *acknowledged}
    assert len(ready) == made.photos
    for photo in ready:
        assert None not in [await storage().read(photo, size) for size in Size]
    assert await Complaint.count() == await OperationRow.count() == made.tables["complaint"]
    assert await db.missing_migrations() == set()


@on_sqlite
async def test_it_is_readable_by_its_owner_only_and_nothing_else_is_left_beside_it(made, here):
    assert made.stat().st_mode & 0o077 == 0
    assert [path.name for path in made.parent.iterdir() if path.name not in {"here", "elsewhere"}] == [made.name]
    assert backup.last().file == str(made)


@on_sqlite
async def test_secrets_are_in_it_only_when_asked_for(here, elsewhere, at_home, tmp_path):
    secret = settings().secret_key
    await backup.make(tmp_path / "with.tar", quiet, with_secrets=True)
    await backup.make(tmp_path / "without.tar", quiet)
    assert secret.encode() in (tmp_path / "with.tar").read_bytes()
    assert secret.encode() not in (tmp_path / "without.tar").read_bytes()
    at_home(elsewhere)
    assert settings().secret_key != secret
    _, sentences = await restore.put_back(tmp_path / "with.tar", quiet)
    settings.cache_clear()
    assert (settings().secret_key, sentences) == (secret, [])
    assert (elsewhere.folder / "secret.key").stat().st_mode & 0o077 == 0


@on_sqlite
async def test_a_photo_whose_file_is_gone_is_named_and_stops_nothing(here, tmp_path):
    photo = await told()
    storage().file(photo, Size.SMALL).unlink()
    made = await backup.make(tmp_path / "x.tar", quiet)
    assert (made.photos, made.lost) == (1, (photo,))


async def test_nothing_is_written_over(made, elsewhere, at_home):
    with pytest.raises(CannotCopy, match="never written over"):
        await backup.make(made, quiet)
    with pytest.raises(CannotCopy, match=r"is there already|not empty"):
        await restore.put_back(made, quiet)


@on_sqlite
async def test_photos_that_lie_there_are_not_mixed_with_others(made, elsewhere, at_home):
    at_home(elsewhere)
    await storage().write(uuid4(), Size.SMALL, b"x")
    with pytest.raises(CannotCopy, match="photos lie in the storage"):
        await restore.put_back(made, quiet)


def signed(made, change):
    """A manifest somebody has changed, digests and all: of another house, or of another time."""
    with tarfile.open(made) as tar:
        manifest = msgspec.json.decode(tar.extractfile(archive.MANIFEST).read()) | change
    target = made.with_name("signed.tar")
    with archive.written(target) as pack, tarfile.open(made) as old:
        for member in old:
            if member.name != archive.SUMS:
                content = old.extractfile(member).read()
                pack.add_bytes(member.name, msgspec.json.encode(manifest) if member.name == archive.MANIFEST else content)
    return target


@on_sqlite
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"migrations": ["2099-01-01T00:00:00:000000"]}, "newer release"),
        ({"database": "oracle"}, "backup of oracle"),
    ],
)
async def test_a_backup_of_another_house_or_time_is_refused(made, elsewhere, at_home, change, sentence):
    at_home(elsewhere)
    with pytest.raises(CannotCopy, match=sentence):
        await restore.put_back(signed(made, change), quiet)
    assert not [kept async for kept in storage().names()]


async def test_one_that_does_not_hold_what_it_says_leaves_an_empty_database(made, elsewhere, at_home):
    at_home(elsewhere)
    with pytest.raises(CannotCopy, match=r"damaged|not what was copied"):
        await restore.put_back(signed(made, {"tables": {"complaint": 7}}), quiet)
    for kept in [kept async for kept in storage().names()]:
        storage().file(kept.photo, kept.size).unlink()
    await restore.put_back(made, quiet)
    assert await Complaint.count() == 1


@on_sqlite
async def test_of_a_backup_that_fails_nothing_is_left(here, tmp_path, monkeypatch):
    await told()

    async def away(*_):
        raise OSError(28, "full")

    monkeypatch.setattr(backup, "_files", away)
    with suppress(OSError):
        await backup.make(tmp_path / "x.tar", quiet)
    assert [path.name for path in tmp_path.iterdir() if path.is_file() or path.name.startswith(".")] == []
    assert backup.last() is None


@on_sqlite
async def test_what_somebody_asks_again_after_a_restore_gets_the_same_answer(here, elsewhere, at_home, tmp_path):
    operation = asked.submit()
    first = await actions.submit(NOBODY, operation)
    await backup.make(tmp_path / "x.tar", quiet)
    at_home(elsewhere)
    await restore.put_back(tmp_path / "x.tar", quiet)
    again = await actions.submit(NOBODY, operation)
    assert (again.status, again.complaint) == ("duplicate", first.complaint)
