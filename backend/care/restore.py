"""`sambat restore`: a backup put back into a place where nothing is. All of it is checked before anything is written."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from backend import database
from backend.care import archive, backup, postgres_copy, sqlite_copy
from backend.care.archive import CannotCopy, Contents, Manifest
from backend.care.snapshot import Tell
from backend.complaints.storage import StorageFault, storage
from backend.complaints.storage.terms import kept_as
from backend.database.sqlite import SQLiteEngine
from backend.settings import settings

ANOTHER_HOUSE = (
    "this house has another secret than the one the backup is of: second factors set up there, and forms and cards that were opened "
    "before, do not fit. Give it that secret (SAMBAT_SECRET_KEY, or secret.key in the data folder) before anybody signs in."
)
OTHER_PUSH_KEY = "SAMBAT_VAPID_KEY_FILE names another push key than the one in the backup: every phone has to allow pushes anew."


async def put_back(source: Path, tell: Tell) -> tuple[Manifest, list[str]]:
    """Photos first, then secrets, the database last. Returns what was in it, and what somebody has to know. Raises `CannotCopy`."""
    engine = database.current()
    tell("checking", 0, 1)
    with archive.opened(source) as kept:
        await _check_place(engine, kept.manifest)
        try:
            await _photos(kept, tell)
        except StorageFault as fault:
            raise CannotCopy(f"the photos cannot be written ({fault.reason}); empty their place before you try again") from fault
        told = list(_secrets(kept))
        if isinstance(engine, SQLiteEngine):
            sqlite_copy.put_back(kept.read(f"database/{sqlite_copy.FILE}"), Path(engine.path), kept.manifest.tables)
        else:
            with tempfile.TemporaryDirectory(prefix="sambat-restore-") as folder:
                await postgres_copy.put_back(engine, kept, Path(folder), tell)
        return kept.manifest, [*told, *_known(kept.manifest)]


async def _check_place(engine: database.Engine, manifest: Manifest) -> None:
    """Of the same kind, known to this release, and empty: what stands there is never written over."""
    if manifest.database != engine.engine_type:
        raise CannotCopy(f"this is a backup of {manifest.database}, and SAMBAT_DATABASE_URL names {engine.engine_type}")
    if not set(manifest.migrations) <= database.known_migrations():
        raise CannotCopy(f"this backup is of a newer release ({manifest.release}): install that one first")
    if isinstance(engine, SQLiteEngine):
        sqlite_copy.check_place(Path(engine.path))
    elif not await postgres_copy.is_empty(engine):
        raise CannotCopy("the database is not empty: name a new one (createdb), before `sambat migrate` has been there")
    async for _ in storage().names():
        raise CannotCopy("photos lie in the storage already: name an empty place (SAMBAT_STORAGE_URL, SAMBAT_DATA_DIR)")


async def _photos(kept: Contents, tell: Tell) -> None:
    names = kept.under("photos")
    for done, name in enumerate(names, 1):
        photo = kept_as(name.removeprefix("photos/"), kept.members[name].size)
        if photo is None:
            raise CannotCopy("the backup holds what is no photo of ours")
        with kept.read(name) as content:
            await storage().write(photo.photo, photo.size, content.read())
        tell(backup.PHOTOS, done, len(names))


def _secrets(kept: Contents) -> Iterator[str]:
    """Those of the data folder, unless the settings name others. A fresh one that was made by asking for it goes: it has sealed nothing."""
    own, names = settings().data_dir / backup.SECRET_FILE, kept.under("secrets")
    if f"secrets/{backup.SECRET_FILE}" in names and own.exists() and own.read_text() == settings().secret_key:
        _write(own, kept.read(f"secrets/{backup.SECRET_FILE}").read())
    elif kept.manifest.secret != backup.fingerprint(settings().secret_key):
        yield ANOTHER_HOUSE
    if f"secrets/{backup.PUSH_KEY_FILE}" in names:
        key = kept.read(f"secrets/{backup.PUSH_KEY_FILE}").read()
        if not settings().vapid_key_file:
            _write(backup.push_key_file(), key)
        elif not backup.push_key_file().exists() or backup.push_key_file().read_bytes() != key:
            yield OTHER_PUSH_KEY


def _write(file: Path, content: bytes) -> None:
    """Readable by its owner only, whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).rename(file)
    archive.synced(file.parent)


def _known(manifest: Manifest) -> Iterator[str]:
    if manifest.lost:
        yield f"{len(manifest.lost)} photos had lost their files before the backup was made: sambat doctor names them"
    if database.known_migrations() - set(manifest.migrations):
        yield "the backup is of an earlier release: run sambat migrate before you serve"
