"""A copy of a SQLite database while others write into it, and one put back."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.parse import quote
from uuid import UUID

from backend.care.archive import CannotCopy, synced
from backend.care.snapshot import Snapshot, Tell
from backend.complaints import photos

FILE = "sambat.db"
PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.2
DATABASE = "database"


async def taken(source: Path, folder: Path, tell: Tell) -> Snapshot:
    """Copy into `folder` what is committed now. VACUUM INTO reads one snapshot and holds up no writer; unlike a copy of pages it
    takes nothing along that was erased.
    """
    target, whole = folder / FILE, _size(source)
    if not whole:
        raise CannotCopy(f"{source} is not there: nothing to copy")
    copying = asyncio.create_task(asyncio.to_thread(_vacuum, source, target))
    while not copying.done():
        tell(DATABASE, _size(target), whole)
        await asyncio.wait([copying], timeout=LOOK_SECONDS)
    await copying
    return _described(target)


def check_place(target: Path) -> None:
    """Raises `CannotCopy` where a database is."""
    if target.exists():
        raise CannotCopy(f"{target} is there already: name an empty data folder (SAMBAT_DATA_DIR)")


def put_back(content: IO[bytes], target: Path, tables: dict[str, int]) -> None:
    """The database at `target`, whole or not at all. Raises `CannotCopy` where it is not what was copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}-restored")
    try:
        with draft.open("wb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        _check(draft, tables)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    synced(target.parent)


def _size(file: Path) -> int:
    """0: there is none."""
    return file.stat().st_size if file.exists() else 0


def _vacuum(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(f"file:{quote(str(source))}?mode=rw", uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)) as open_:
        open_.execute("VACUUM INTO ?", [str(target)])


def _described(file: Path) -> Snapshot:
    with closing(sqlite3.connect(file)) as copy:
        named = [UUID(row[0]) if isinstance(row[0], str) else UUID(bytes=row[0]) for row in copy.execute(photos.NAMED)]
        migrations = tuple(row[0] for row in copy.execute("SELECT name FROM migration ORDER BY name"))
        return Snapshot(f"sqlite {sqlite3.sqlite_version}", migrations, _counted(copy), {}, named)


def _counted(copy: sqlite3.Connection) -> dict[str, int]:
    found = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    tables = [row[0] for row in found]
    return {table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608  (the database's own names)


def _check(file: Path, tables: dict[str, int]) -> None:
    with closing(sqlite3.connect(file)) as copy:
        faults = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        orphans = copy.execute("PRAGMA foreign_key_check").fetchone()
        if faults != ["ok"] or orphans or _counted(copy) != tables:
            raise CannotCopy("the database in this backup is damaged")
