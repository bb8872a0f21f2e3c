"""What the app asks of its database: every statement as the driver sends it, and what Piccolo gave it to send."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiosqlite
import asyncpg
from piccolo.querystring import QueryString

from backend import database
from backend.database.postgres import PostgresEngine
from backend.database.sqlite import SQLiteEngine


class Asked(NamedTuple):
    """A statement and what it is given."""

    sql: str
    arguments: list[Any]

    @property
    def writes(self) -> bool:
        """Does it change rows?"""
        return self.sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}


class Heard:
    """`said`: all statements as they went to the database, BEGIN and COMMIT too. `asked`: those of Piccolo, with their arguments."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.asked: list[Asked] = []

    def forget(self) -> None:
        """Begin anew."""
        self.said.clear()
        self.asked.clear()


class HeardSQLite(SQLiteEngine):
    """Our engine, overheard."""

    def __init__(self, path: str, heard: Heard) -> None:
        super().__init__(path)
        self._heard = heard

    async def get_connection(self) -> aiosqlite.Connection:
        """A connection that tells what it does."""
        connection = await super().get_connection()
        await connection.set_trace_callback(self._heard.said.append)
        return connection

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[dict[str, Any]]:  # noqa: FBT001, FBT002  (Piccolo's signature)
        """Run it, and keep what was asked."""
        self._heard.asked.append(Asked(*querystring.compile_string(engine_type=self.engine_type)))
        return await super().run_querystring(querystring, in_pool)


class HeardPostgres(PostgresEngine):
    """Our engine, overheard."""

    def __init__(self, config: dict[str, Any], heard: Heard) -> None:
        super().__init__(config=config)
        self._heard = heard

    async def start_connection_pool(self, **kwargs: Any) -> None:  # noqa: ANN401  (asyncpg's own options)
        """A pool whose connections tell what they do."""
        await super().start_connection_pool(init=self._listen, **kwargs)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002  (Piccolo's signature)
        """Run it, and keep what was asked."""
        self._heard.asked.append(Asked(*querystring.compile_string(engine_type=self.engine_type)))
        return await super().run_querystring(querystring, in_pool)

    async def _listen(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        connection.add_query_logger(self._hear)

    def _hear(self, logged: Any) -> None:  # noqa: ANN401  (asyncpg's LoggedQuery)
        self._heard.said.append(logged.query)


@asynccontextmanager
async def overheard(url: str) -> AsyncIterator[Heard]:
    """The database that every table uses until the block ends."""
    heard = Heard()
    known = database.engine_for(url)
    engine = HeardSQLite(known.path, heard) if isinstance(known, SQLiteEngine) else HeardPostgres(known.config, heard)
    database.bind(engine)
    await database.start(engine)
    try:
        yield heard
    finally:
        await database.stop(engine)
