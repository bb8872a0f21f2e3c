"""Which engine serves which address, and that every table uses the same one."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import unquote, urlsplit

import asyncpg
from piccolo.conf.apps import Finder
from piccolo.table import Table

from backend.database.postgres import PostgresEngine
from backend.database.sqlite import SQLiteEngine

Engine = SQLiteEngine | PostgresEngine

FAULTS = (OSError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""Whatever a database may answer instead of what was asked, and no answer."""
AWAY = (
    ConnectionError,
    TimeoutError,
    asyncpg.InterfaceError,  # the connection was closed meanwhile
    asyncpg.InternalClientError,  # it was cut off in the middle of an answer
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # it stops, or comes up
    asyncpg.TooManyConnectionsError,
    asyncpg.InvalidAuthorizationSpecificationError,  # our password is not, or no longer, the right one
    asyncpg.InvalidCatalogNameError,
)
"""What a database that cannot be used now raises."""


def engine_for(url: str) -> Engine:
    """The engine of `sqlite:///path` or `postgresql://user:password@host:port/name`. Nothing is opened yet."""
    parts = urlsplit(url)
    match parts.scheme:
        case "sqlite":
            return SQLiteEngine(path=url.removeprefix("sqlite:///"))
        case "postgres" | "postgresql":
            return PostgresEngine(
                config={
                    "host": unquote(parts.hostname or "localhost"),
                    "port": parts.port or 5432,
                    "user": unquote(parts.username or ""),
                    "password": unquote(parts.password or ""),
                    "database": parts.path.removeprefix("/"),
                }
            )
        case other:
            message = f"SAMBAT_DATABASE_URL: sqlite or postgresql expected, not {other!r}"
            raise ValueError(message)


def bind(engine: Engine) -> None:
    """Let every table of the project, and Piccolo's own of migrations, use `engine`."""
    from piccolo.apps.migrations.tables import Migration  # noqa: PLC0415  (Piccolo looks for its configuration when imported)

    _bound.clear()
    _bound.append(engine)
    setattr(Finder().get_piccolo_conf_module(), "DB", engine)  # noqa: B010  (tables of migrations ask the configuration, whose type lacks it)
    tables: list[type[Table]] = [*Finder().get_table_classes(), Migration]
    for table in tables:
        table._meta.db = engine  # noqa: SLF001  (Piccolo's own way to name a table's engine)


def current() -> Engine:
    """The engine the tables use now."""
    return _bound[0]


async def start(engine: Engine) -> None:
    """Open the engine's connections; without this each query opens its own, as commands do."""
    await engine.start_connection_pool()


async def stop(engine: Engine) -> None:
    """Close what `start` opened."""
    await engine.close_connection_pool()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Engine]:
    """The database of a whole process: every table uses it, its connections are open until the block ends."""
    engine = engine_for(url)
    bind(engine)
    await start(engine)
    try:
        yield engine
    finally:
        await stop(engine)


async def answers() -> bool:
    """Does the database answer within two seconds?"""
    try:
        async with asyncio.timeout(2):
            await current()._run_in_new_connection("SELECT 1")  # noqa: SLF001  (past the pool: a full pool is no dead database)
    except FAULTS:
        return False
    return True


def is_away(error: Exception) -> bool:
    """Did the database not answer, or not in time? Then the same may well work in a moment."""
    return isinstance(error, AWAY)


def is_full(error: Exception) -> bool:
    """Did the database refuse because its disk is full?"""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_FULL
    return isinstance(error, asyncpg.DiskFullError)


_bound: list[Engine] = []
