"""A database with years of complaints in it, written past the app in bulk: half of them wait for a moderator, the others are at work or over."""

import random
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
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
APART = timedelta(minutes=7)
AT_A_TIME = 5000
PHOTO_EACH = 4
COLUMNS = {
    "operation": "id kind digest status outcome at",
    "complaint": "id number status secrecy claim_hash text latitude longitude area received_at promise_answer_on ending closed_at",
    "assignment": "id complaint agency service_class status received_at stepped_at",
    "clock": "id complaint part kind working_days started_at due_on stopped_at",
    "event": "id kind complaint part operation data at position",
    "photo": "id complaint stage sha256 size received state width height created_at released",
}
"""Tables in the order in which they name one another; what is left out has its default."""

Rows = dict[str, list[tuple[Any, ...]]]


class City(NamedTuple):
    """What rows refer to."""

    agencies: list[str]
    now: datetime


async def fill(place: Place, count: int) -> None:
    """So many complaints, and the database told of it."""
    agencies = [str(row[0]) for row in await place.read("SELECT code FROM agency WHERE parent IS NULL ORDER BY code LIMIT 20")]
    rows = _told(City(agencies, clock.now()), count)
    if place.ground.server:
        await _copied(place.url, rows)
    else:
        _inserted(place, rows)


def _told(city: City, count: int) -> Iterator[Rows]:
    chance = random.Random(3)
    rows: Rows = defaultdict(list)
    for number in range(count):
        _one(rows, city, number, city.now - APART * (count - number), chance)
        if number % AT_A_TIME == AT_A_TIME - 1:
            yield rows
            rows = defaultdict(list)
    yield rows


def _one(rows: Rows, city: City, number: int, at: datetime, chance: random.Random) -> None:
    """A complaint with its operation, clocks and events, the part of an OPD once it is forwarded, sometimes a photo."""
    status, complaint, operation = SHARES[number % len(SHARES)], uuid7(), uuid7()
    over = status == OVER
    told, day = chance.choice(texts.OWN), clock.day_of(at)
    ended = at + timedelta(days=4) if over else None
    text = texts.distinct(told.text, str(number))
    rows["operation"].append((operation, "complaint.submit", secrets.token_hex(32), "applied", "{}", at))
    rows["complaint"].append(
        (
            complaint, _name(number), status, "name_hidden", secrets.token_hex(32), text, told.latitude, told.longitude, told.area, at,
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


async def _copied(url: str, told: Iterator[Rows]) -> None:
    connection = await asyncpg.connect(url)
    try:
        for rows in told:
            async with connection.transaction():
                for table, columns in COLUMNS.items():
                    await connection.copy_records_to_table(table, records=rows[table], columns=columns.split())
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


def _inserted(place: Place, told: Iterator[Rows]) -> None:
    with closing(sqlite3.connect(place.file)) as file:
        file.execute("PRAGMA synchronous = OFF")
        for rows in told:
            with file:
                for table, columns in COLUMNS.items():
                    named = ", ".join(f'"{column}"' for column in columns.split())
                    places = ", ".join("?" * len(columns.split()))
                    file.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', rows[table])
        file.execute("ANALYZE")
        file.commit()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
