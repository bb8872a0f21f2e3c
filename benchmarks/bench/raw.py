"""The least a complaint can cost: the very rows the app writes before it acknowledges one, with fresh ids, in one transaction, by the bare driver."""

import random
import re
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from itertools import cycle
from typing import Any, Protocol
from uuid import UUID, uuid4

import asyncpg

from backend.complaints import claims
from backend.database.sqlite import PRAGMAS
from benchmarks import texts
from benchmarks.bench import sql
from benchmarks.bench.ground import Place
from benchmarks.bench.sending import HABITS, Inside, at_once
from benchmarks.bench.sql import Asked
from benchmarks.compose import Writer

COLUMNS = re.compile(r"INSERT INTO \"?\w+\"? \(([^)]*)\)", re.IGNORECASE)
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UNIQUE: dict[str, Callable[[], str]] = {"number": claims.new_number, "claim_hash": lambda: secrets.token_hex(32)}
"""What no two complaints share, besides their ids."""


class Writes(Protocol):
    """A connection that writes rows."""

    async def write(self, rows: Sequence[Asked]) -> None:
        """All of them, in one transaction."""


class Recorded:
    """What was written for one complaint. `again` are the same rows as of another."""

    def __init__(self, written: Sequence[Asked]) -> None:
        self._written = written
        self._own = {str(value) for one in written for value in one.arguments if isinstance(value, UUID)}

    @property
    def rows(self) -> int:
        """How many there are."""
        return sum(len(one.arguments) // len(columns) for one in self._written if (columns := _columns(one)))

    def again(self) -> list[Asked]:
        """Every id of its own is a new one."""
        names = {name: str(uuid4()) for name in self._own}
        return [Asked(one.sql, _renamed(one, names)) for one in self._written]


async def recorded(place: Place) -> Recorded:
    """Tell a complaint and listen. Only what is inserted counts: who may not insert it twice asks, and that is not the rows."""
    writer = Writer(1, texts.OWN, HABITS, random.Random(2))
    async with sql.overheard(place.url) as heard:
        await Inside().send([writer.write().body])
        heard.forget()
        await Inside().send([writer.write().body])
        return Recorded([one for one in heard.asked if one.writes])


class Driver:
    """Bare connections to a database, one for each that writes at once."""

    def __init__(self, connections: Sequence[Writes], recorded_rows: Recorded) -> None:
        self._connections = connections
        self._recorded = recorded_rows

    async def written(self, count: int, at_a_time: int = 1) -> float:
        """Milliseconds a complaint: `count` of them by so many connections at once."""
        rows = [self._recorded.again() for _ in range(count)]

        async def all_of(connection: Writes, own: list[list[Asked]]) -> None:
            for one in own:
                await connection.write(one)

        used = self._connections[:at_a_time]
        return await at_once([all_of(connection, rows[number :: len(used)]) for number, connection in enumerate(used)], count)


@asynccontextmanager
async def driver(place: Place, recorded_rows: Recorded, at_a_time: int) -> AsyncIterator[Driver]:
    """SQLite has one writer, so its rows are written without any loop or thread between: as fast as can be."""
    async with AsyncExitStack() as stack:
        if place.ground.server:
            connections: list[Writes] = [await stack.enter_async_context(_asyncpg(place.url)) for _ in range(at_a_time)]
        else:
            connection = stack.enter_context(closing(sqlite3.connect(place.file, isolation_level=None)))
            for pragma in PRAGMAS:
                connection.execute(pragma)
            connections = [_File(connection)]
        yield Driver(connections, recorded_rows)


class _File:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def write(self, rows: Sequence[Asked]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for row in rows:
            self._connection.execute(row.sql, row.arguments)
        self._connection.execute("COMMIT")


class _Line:
    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection

    async def write(self, rows: Sequence[Asked]) -> None:
        async with self._connection.transaction():
            for row in rows:
                await self._connection.fetch(row.sql, *row.arguments)


@asynccontextmanager
async def _asyncpg(url: str) -> AsyncIterator[_Line]:
    connection = await asyncpg.connect(url)
    try:
        yield _Line(connection)
    finally:
        await connection.close()


def _renamed(row: Asked, names: dict[str, str]) -> list[Any]:
    """Its values, row by row, as those of another complaint."""
    values = zip(cycle(_columns(row) or [""]), row.arguments, strict=False)
    return [UNIQUE[column]() if column in UNIQUE else _fresh(value, names) for column, value in values]


def _columns(row: Asked) -> list[str]:
    """What it inserts; nothing where it changes what is there."""
    found = COLUMNS.match(row.sql)
    return [name.strip(' "') for name in found[1].split(",")] if found else []


def _fresh(value: Any, names: dict[str, str]) -> Any:  # noqa: ANN401  (whatever a column holds)
    match value:
        case UUID():
            return UUID(names.get(str(value), str(value)))
        case str():
            return ID.sub(lambda match: names.get(match[0], match[0]), value)
        case _:
            return value
