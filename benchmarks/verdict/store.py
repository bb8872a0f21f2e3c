"""The SQLite file and the photo folder, read as they lie there, past the app."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

Row = dict[str, Any]

UNFINISHED = """
SELECT (SELECT count(*) FROM photo WHERE state = 'uploaded') + (SELECT count(*) FROM job WHERE done_at IS NULL AND given_up_at IS NULL)
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


class Store:
    """The data folder of a server."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def rows(self, query: str) -> list[Row]:
        """What a query finds; each time a new look, since a server may be writing."""
        address = f"file:{self._data / 'sambat.db'}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=10)) as opened:
            opened.row_factory = sqlite3.Row
            return [dict(row) for row in opened.execute(query)]

    def ids(self) -> Ids:
        """All ids of today."""
        return Ids(*(frozenset(row["id"] for row in self.rows(f"SELECT id FROM {table}")) for table in ("operation", "complaint", "photo")))

    def unfinished(self) -> int:
        """Jobs to do and photos nobody has looked at yet."""
        return int(next(iter(self.rows(UNFINISHED)[0].values())))

    def files(self) -> dict[str, Path]:
        """Processed photos by file name."""
        return {path.name: path for path in (self._data / "photos").rglob("*.jpg")}


def reported(row: Row) -> Reported:
    """A row of `complaint` as what somebody told."""
    fields = {field: row[field] for field in Reported.__struct_fields__}
    return Reported(**fields | {"area_estimated": bool(row["area_estimated"])})
