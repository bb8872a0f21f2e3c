"""Houses that are hard to draw: with nothing told, with a crowd, with the longest words people write. Made from the demo's rows, throw-away."""

import os
import random
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from uuid import UUID, uuid4

from backend.complaints.storage import Folder, Size

Row = dict[str, object]

WORD = "Pertanggungjawabanpenyelenggaraanketertibankelingkunganannya"
"""Sixty letters without a place to break."""
TOLD = ("assignment", "note", "question", "photo", "event", "clock", "notice", "rating")
"""Tables whose rows belong to a complaint, in the order in which they name one another."""
EMPTIED = (*TOLD[::-1], "follower", "follow", "edit", "accused", "contact", "complaint", "operation", "job", "mail", "change")
WORDY = {
    "complaint": ("text", "public_text", "address", "responsible", "responsible_contact", "mode_reason"),
    "note": ("text",),
    "assignment": ("work_done", "work_done_by"),
    "notice": ("title", "body"),
    "agency": ("citizen_name", "name", "duties", "address", "contact"),
    "area": ("name", "district"),
    "category": ("name", "group_name", "hints", "contacts"),
    "elsewhere": ("matter", "owner", "contact", "advice"),
    "emergency": ("words",),
    "account": ("name",),
    "role_grant": ("reason",),
}
"""What people of the city write, or citizens: table -> columns."""
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SPREAD = 0.02
"""Degrees around the place of the original."""


def empty(database: Path) -> None:
    """Nobody has told anything yet; accounts and the city stay."""
    with _opened(database) as connection:
        for table in EMPTIED:
            connection.execute(f'DELETE FROM "{table}"')


def lengthen(database: Path) -> None:
    """A word of sixty letters before every text somebody wrote."""
    with _opened(database) as connection:
        for table, columns in WORDY.items():
            for column in columns:
                connection.execute(f"UPDATE \"{table}\" SET {column} = ? || ' ' || {column} WHERE {column} != ''", (WORD,))


def multiply(data: Path, total: int) -> None:
    """The complaints are told over and over, with all that belongs to them, until there are `total`."""
    chance = random.Random(1)
    with _opened(data / "sambat.db") as connection:
        originals = _rows(connection, "complaint")
        belonging = {table: _by_complaint(connection, table) for table in TOLD}
        position = count(1 + max((int(str(row["position"] or 0)) for row in _rows(connection, "event")), default=0))
        taken = {str(row["number"]) for row in originals}
        for turn, original in zip(range(total - len(originals)), cycle(originals)):
            names = {str(original["id"]): str(uuid4())}
            told = {table: belonging[table].get(str(original["id"]), []) for table in TOLD}
            for rows in told.values():
                names |= {str(row["id"]): str(uuid4()) for row in rows if "id" in row}
            _insert(connection, "complaint", [_retold(original, names, turn, taken, chance)])
            for table, rows in told.items():
                copies = [_renamed(row, names) for row in rows]
                _insert(connection, table, [row | {"position": next(position)} if table == "event" else row for row in copies])
            _link(data / "photos", names, told["photo"])


def _retold(original: Row, names: dict[str, str], turn: int, taken: set[str], chance: random.Random) -> Row:
    """Another number, key, place, and a moment earlier."""
    earlier = timedelta(seconds=37 * (turn + 1))
    copy = _renamed(original, names) | {"number": _number(taken, chance)}
    if copy["claim_hash"]:
        copy["claim_hash"] = secrets.token_hex(32)
    for column in ("received_at", "published_at"):
        if copy[column]:
            copy[column] = str(datetime.fromisoformat(str(copy[column])) - earlier)
    for column in ("latitude", "longitude"):
        if copy[column] is not None:
            copy[column] = float(str(copy[column])) + chance.uniform(-SPREAD, SPREAD)
    return copy


def _number(taken: set[str], chance: random.Random) -> str:
    while (number := "".join(chance.choices(ALPHABET, k=6))) in taken:
        pass
    taken.add(number)
    return number


def _renamed(row: Row, names: dict[str, str]) -> Row:
    """Every id of ours in it is a new one."""
    return {
        column: ID.sub(lambda found: names.get(found[0], found[0]), value) if isinstance(value, str) else value
        for column, value in row.items()
    }


def _link(photos: Path, names: dict[str, str], rows: list[Row]) -> None:
    """The files of the pictures, under their new names too."""
    folder = Folder(photos)
    for old in (str(row["id"]) for row in rows):
        for size in Size:
            source, target = folder.file(UUID(old), size), folder.file(UUID(names[old]), size)
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(source, target)


def _rows(connection: sqlite3.Connection, table: str) -> list[Row]:
    return [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')]


def _by_complaint(connection: sqlite3.Connection, table: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(connection, table):
        found.setdefault(str(row["complaint"]), []).append(row)
    return found


def _insert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if rows:
        columns = ", ".join(f'"{column}"' for column in rows[0])
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', [tuple(row.values()) for row in rows])


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    """In one transaction; who refers to whom is not looked at on the way."""
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = OFF")
        with connection:
            yield connection
