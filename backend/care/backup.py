"""`sambat backup`: the database as it is at one moment and every photo it names, while people go on working."""

import asyncio
import hashlib
import hmac
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from backend import clock, database
from backend.care import archive, postgres_copy, sqlite_copy
from backend.care.archive import CannotCopy, Manifest, Pack
from backend.care.snapshot import Snapshot, Tell
from backend.complaints.storage import Size, StorageFault, storage
from backend.complaints.storage.terms import name_of
from backend.database.sqlite import SQLiteEngine
from backend.settings import settings

AT_ONCE = 16
"""Photos read side by side: a bucket is far away, and each is at most half a megabyte."""
PHOTOS = "photos"
SECRET_FILE = "secret.key"  # noqa: S105  (a file's name)
PUSH_KEY_FILE = "vapid.pem"
RECORD = "last-backup.json"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of the last backup in the data folder, for `sambat doctor`."""

    at: datetime
    file: str
    size: int
    lost: int


async def make(target: Path, tell: Tell, *, with_secrets: bool = False, plain: bool = False) -> Manifest:
    """Write everything into one file, readable by its owner only. Raises `CannotCopy`; then nothing is left of it."""
    _check_place(target)
    engine = database.current()
    try:
        with tempfile.TemporaryDirectory(prefix=archive.DRAFT, dir=target.parent) as name, archive.written(target) as pack:
            snapshot = await _snapshot(engine, Path(name), tell, plain=plain)
            _add(pack, Path(name))
            lost = await _photos(pack, snapshot.photos, tell)
            if with_secrets:
                _secrets(pack)
            manifest = _manifest(engine, snapshot, lost)
            pack.add_bytes(archive.MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    except StorageFault as fault:
        raise CannotCopy(f"the photos cannot be read now ({fault.reason}): sambat doctor tells more") from fault
    _remember(target, manifest)
    return manifest


def fingerprint(secret: str) -> str:
    """Tells one secret of a house from another, and nothing else about it."""
    return hmac.new(secret.encode(), b"sambat backup", hashlib.sha256).hexdigest()[:16]


def push_key_file() -> Path:
    """Where the push key lies."""
    given = settings().vapid_key_file
    return Path(given) if given else settings().data_dir / PUSH_KEY_FILE


def last() -> Record | None:
    """What is remembered of the last one."""
    try:
        return msgspec.json.decode((settings().data_dir / RECORD).read_bytes(), type=Record)
    except (OSError, msgspec.DecodeError):
        return None


def _check_place(target: Path) -> None:
    if target.exists():
        raise CannotCopy(f"{target} is there already: a backup is never written over")
    if not target.parent.is_dir():
        raise CannotCopy(f"{target.parent} is no folder")


def _add(pack: Pack, folder: Path) -> None:
    """The database's files, each gone from the folder once it is in."""
    for file in sorted(folder.iterdir()):
        pack.add(f"database/{file.name}", file)
        file.unlink()


async def _snapshot(engine: database.Engine, folder: Path, tell: Tell, *, plain: bool) -> Snapshot:
    if isinstance(engine, SQLiteEngine):
        return await sqlite_copy.taken(Path(engine.path), folder, tell)
    return await postgres_copy.taken(engine, folder, tell, plain=plain)


async def _photos(pack: Pack, photos: Sequence[UUID], tell: Tell) -> list[UUID]:
    """Read after the snapshot: a row that names a photo was written after its files. Returns those whose files are gone.

    Their names are those of the storage: `tar x` alone puts single ones back.
    """
    lost = []
    for first in range(0, len(photos), AT_ONCE):
        some = photos[first : first + AT_ONCE]
        for photo, files in zip(some, await asyncio.gather(*map(_files, some)), strict=True):
            if None in files:
                lost.append(photo)
            for size, content in zip(Size, files, strict=True):
                if content is not None:
                    pack.add_bytes(f"{PHOTOS}/{name_of(photo, size)}", content)
        tell(PHOTOS, first + len(some), len(photos))
    return lost


async def _files(photo: UUID) -> list[bytes | None]:
    return [await storage().read(photo, size) for size in Size]


def _secrets(pack: Pack) -> None:
    pack.add_bytes(f"secrets/{SECRET_FILE}", settings().secret_key.encode())
    with suppress(FileNotFoundError):
        pack.add_bytes(f"secrets/{PUSH_KEY_FILE}", push_key_file().read_bytes())


def _manifest(engine: database.Engine, snapshot: Snapshot, lost: Sequence[UUID]) -> Manifest:
    return Manifest(
        made_at=clock.now(),
        release=settings().release,
        database=engine.engine_type,
        how=snapshot.how,
        migrations=snapshot.migrations,
        tables=snapshot.tables,
        columns=dict(snapshot.columns),
        photos=len(snapshot.photos),
        lost=tuple(lost),
        secret=fingerprint(settings().secret_key),
    )


def _remember(target: Path, manifest: Manifest) -> None:
    """A data folder that cannot be written to is no reason to have no backup."""
    record = Record(at=manifest.made_at, file=str(target), size=target.stat().st_size, lost=len(manifest.lost))
    with suppress(OSError):
        (settings().data_dir / RECORD).write_bytes(msgspec.json.encode(record))
