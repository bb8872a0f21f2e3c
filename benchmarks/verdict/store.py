"""What a house has stored, read as it lies there, past the app: rows of its database and the files of its photos."""

import contextlib
import sqlite3
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

Row = dict[str, Any]

UNFINISHED = """
SELECT (SELECT count(*) FROM photo WHERE state = 'uploaded') + (SELECT count(*) FROM event WHERE position IS NULL)
    + (SELECT count(*) FROM job WHERE done_at IS NULL AND given_up_at IS NULL) AS left_to_do
"""


class Ids(NamedTuple):
    """What was there before anybody wrote."""

    operations: frozenset[str]
    complaints: frozenset[str]
    photos: frozenset[str]


class Reported(msgspec.Struct, frozen=True):
    """A complaint's row, in the words of the wire."""

    text: str
    secrecy: str
    category: str | None
    latitude: float | None
    longitude: float | None
    accuracy_m: float | None
    area: str | None
    area_estimated: bool
    address: str
    reporter: str | None
    claim_hash: str | None


class Store(ABC):
    """The database of a house and the folder of its photos. Ids and moments are texts, whichever database it is."""

    def __init__(self, photos: Path) -> None:
        self._photos = photos

    @abstractmethod
    async def rows(self, query: str) -> list[Row]:
        """What a query finds; each time a new look, since a server may be writing."""

    @abstractmethod
    async def damage(self) -> list[str]:
        """What the database itself finds broken: pages, indexes, references to nothing."""

    async def ids(self) -> Ids:
        """All ids of today."""
        tables = ("operation", "complaint", "photo")
        return Ids(*[frozenset(row["id"] for row in await self.rows(f"SELECT id FROM {table}")) for table in tables])

    async def unfinished(self) -> int:
        """Jobs to do, events nobody has taken up, and photos nobody has looked at yet."""
        [row] = await self.rows(UNFINISHED)
        return int(row["left_to_do"])

    def files(self) -> dict[str, Path]:
        """Processed photos by file name."""
        return {path.name: path for path in self._photos.rglob("*.jpg")}


class SQLiteStore(Store):
    """The data folder of an embedded house."""

    def __init__(self, data: Path) -> None:
        super().__init__(data / "photos")
        self._file = data / "sambat.db"

    async def rows(self, query: str) -> list[Row]:
        """See `Store`."""
        with contextlib.closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)) as opened:
            opened.row_factory = sqlite3.Row
            return [dict(row) for row in opened.execute(query)]

    async def damage(self) -> list[str]:
        """By SQLite's own checks."""
        said = [str(row) for row in await self.rows("PRAGMA integrity_check") if row["integrity_check"] != "ok"]
        return said + [f"points to nothing: {row}" for row in await self.rows("PRAGMA foreign_key_check")]


def reported(row: Row) -> Reported:
    """A row of `complaint` as what somebody told."""
    fields = {field: row[field] for field in Reported.__struct_fields__}
    return Reported(**fields | {"area_estimated": bool(row["area_estimated"])})
