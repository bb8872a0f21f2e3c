"""A database with years of complaints in it, written past the app in bulk: half of them wait for a moderator, the others are at work or over."""

import random
import secrets
import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import asyncpg
from uuid_utils.compat import uuid7

from backend import clock
from backend.complaints.claims import NUMBER_ALPHABET, NUMBER_LENGTH
from benchmarks import texts
from benchmarks.bench.ground import Place

WAITING, AT_WORK, OVER = "received", "in_progress", "closed"
SHARES = (WAITING, AT_WORK, WAITING, OVER, WAITING, OVER, WAITING, AT_WORK, WAITING, OVER)
SPAN = timedelta(days=700)
COPIES = 20
"""So many complaints come at each moment: one is made up, the others are copied from it by SQL, which is five times as fast."""
COMPLAINTS_EACH = 25
PHOTO_EACH = 4
COLUMNS = {
    "account": "id name email password_hash created_at",
    "operation": "id kind digest status outcome at",
    "complaint": "id number status secrecy reporter claim_hash text latitude longitude area received_at promise_answer_on ending closed_at",
    "assignment": "id complaint agency service_class status received_at stepped_at",
    "clock": "id complaint part kind working_days started_at due_on stopped_at",
    "event": "id kind complaint part operation data at position",
    "photo": "id complaint stage sha256 size received state width height created_at released",
}
"""Tables in the order in which they name one another; what is left out has its default."""
COPIED = tuple(name for name in COLUMNS if name != "account")
IDS = frozenset({"id", "complaint", "part", "operation"})
HASHES = frozenset({"digest", "claim_hash"})
"""What a copy has of its own, besides its number and the positions of its events."""

Rows = dict[str, list[tuple[Any, ...]]]


class City(NamedTuple):
    """What rows refer to."""

    agencies: list[str]
    people: list[UUID]
    now: datetime


async def fill(place: Place, count: int) -> None:
    """So many complaints, and the database told of it."""
    agencies = [str(row[0]) for row in await place.read("SELECT code FROM agency WHERE parent IS NULL ORDER BY code LIMIT 20")]
    made_up = count // COPIES
    city = City(agencies, [uuid7() for _ in range(max(1, made_up // COMPLAINTS_EACH))], clock.now())
    rows = _told(city, made_up)
    if place.ground.server:
        await _into_server(place.url, rows, made_up)
    else:
        _into_file(place, rows, made_up)


def _told(city: City, count: int) -> Rows:
    chance = random.Random(3)
    rows: Rows = defaultdict(list)
    rows["account"] = [(one, "Warga", f"{one}@contoh.test", "", city.now) for one in city.people]
    for number in range(count):
        _one(rows, city, number, city.now - SPAN * (count - number) / count, chance)
    return rows


def _one(rows: Rows, city: City, number: int, at: datetime, chance: random.Random) -> None:
    """A complaint with its operation, clocks and events, the part of an OPD once it is forwarded, sometimes a photo."""
    status, complaint, operation = SHARES[number % len(SHARES)], uuid7(), uuid7()
    over = status == OVER
    told, day = chance.choice(texts.OWN), clock.day_of(at)
    ended = at + timedelta(days=4) if over else None
    reporter = chance.choice([None, chance.choice(city.people)])
    text = texts.distinct(told.text, str(number))
    rows["operation"].append((operation, "complaint.submit", secrets.token_hex(32), "applied", "{}", at))
    rows["complaint"].append(
        (
            complaint, _name(number), status, "name_hidden", reporter, secrets.token_hex(32), text, told.latitude, told.longitude, told.area, at,
            day + timedelta(days=2), "confirmed" if over else "", ended,
        )
    )  # fmt: skip
    forwarded = at + timedelta(hours=3) if status != WAITING else None
    rows["clock"] += [
        (uuid4(), complaint, None, "moderation", 1, at, day + timedelta(days=1), forwarded),
        (uuid4(), complaint, None, "promise", 2, at, day + timedelta(days=2), ended),
    ]
    events: list[tuple[str, UUID | None, datetime]] = [("complaint.received", None, at)]
    if forwarded:
        part = uuid7()
        state = "done" if over else "in_progress"
        rows["assignment"].append((part, complaint, chance.choice(city.agencies), "field_work", state, forwarded, forwarded))
        rows["clock"].append((uuid4(), complaint, part, "work", 3, forwarded, day + timedelta(days=3), ended))
        events += [("complaint.forwarded", None, forwarded), ("part.visited", part, forwarded)]
    rows["event"] += [
        (uuid7(), kind, complaint, part_of, operation, "{}", moment, 4 * number + place)
        for place, (kind, part_of, moment) in enumerate(events, 1)
    ]
    if number % PHOTO_EACH == 0:
        rows["photo"].append((uuid7(), complaint, "report", secrets.token_hex(32), 300_000, 300_000, "ready", 1600, 1200, at, False))


def _name(number: int) -> str:
    letters = []
    for _ in range(NUMBER_LENGTH):
        number, letter = divmod(number, len(NUMBER_ALPHABET))
        letters.append(NUMBER_ALPHABET[letter])
    return "".join(letters)


def _copies(table: str, made_up: int, *, server: bool) -> str:
    """A statement that writes all rows of a table again and again, each time as those of other complaints."""
    columns = COLUMNS[table].split()
    named = ", ".join(f'"{column}"' for column in columns)
    told = ", ".join(_other(column, made_up, server=server) for column in columns)
    copies = ", ".join(f"('{copy:04x}', {copy}, '{NUMBER_ALPHABET[copy]}')" for copy in range(1, COPIES))
    return (
        f'WITH copy (mark, copy, letter) AS (VALUES {copies}) INSERT INTO "{table}" ({named}) SELECT {told} FROM "{table}" CROSS JOIN copy'
    )


def _other(column: str, made_up: int, *, server: bool) -> str:
    """What the copy of a row has in a column."""
    if column in IDS or column in HASHES:
        told = f'CAST("{column}" AS TEXT)'
        marked = (
            f"substr({told}, 1, 14) || '8' || substr({told}, 16, 9) || mark || substr({told}, 29)"  # of a version that no id of ours has
        )
        return f"CAST({marked} AS uuid)" if server and column in IDS else marked
    match column:
        case "number":
            return f'substr("number", 1, {NUMBER_LENGTH - 1}) || letter'
        case "position":
            return f'"position" + copy * {4 * made_up}'
        case _:
            return f'"{column}"'


async def _into_server(url: str, rows: Rows, made_up: int) -> None:
    connection = await asyncpg.connect(url)
    try:
        for table, columns in COLUMNS.items():
            await connection.copy_records_to_table(table, records=rows[table], columns=columns.split())
        for table in COPIED:
            await connection.execute(_copies(table, made_up, server=True))
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


def _into_file(place: Place, rows: Rows, made_up: int) -> None:
    with closing(sqlite3.connect(place.file)) as file:
        file.execute("PRAGMA synchronous = OFF")
        with file:
            for table, columns in COLUMNS.items():
                named = ", ".join(f'"{column}"' for column in columns.split())
                places = ", ".join("?" * len(columns.split()))
                file.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', rows[table])
            for table in COPIED:
                file.execute(_copies(table, made_up, server=False))
        file.execute("ANALYZE")
        file.commit()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
