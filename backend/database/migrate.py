"""Bring a database to the shape this release needs. One migrator at a time; a step of its own, never at web start."""

import contextlib
import fcntl
import io
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration

from backend.database import engine as engines
from backend.database.sqlite import SQLiteEngine

APP = "sambat"
LOCK_NUMBER = 35_73
"""The city's code: the key of PostgreSQL's advisory lock around migrations."""
_RAN = f"SELECT name FROM migration WHERE app_name = '{APP}'"  # noqa: S608  (a constant of ours)


async def migrate(engine: engines.Engine, then: Callable[[], Awaitable[None]] | None = None) -> None:
    """Run the migrations that have not run, `then` what belongs to it, under one lock.

    Raises `RuntimeError` with Piccolo's own words when one fails.
    """
    engines.bind(engine)
    async with _alone(engine):
        await _forwards()
        if then is not None:
            await then()


async def migrate_to(engine: engines.Engine, last: str) -> None:
    """Run the migrations up to that one and no further: the shape in which a copy of an earlier release fits."""
    engines.bind(engine)
    async with _alone(engine):
        await _forwards(last)


async def missing_migrations() -> set[str]:
    """The migrations of this release that the database in use has not seen: to be asked of one that answers."""
    ran: list[dict[str, str]] = []
    with contextlib.suppress(sqlite3.OperationalError, asyncpg.UndefinedTableError):  # nothing has run
        ran = await engines.current()._run_in_new_connection(_RAN)  # noqa: SLF001  (past the pool, as `answers`)
    return known_migrations() - {row["name"] for row in ran}


@cache
def known_migrations() -> set[str]:
    """Those of this release."""
    manager = ForwardsMigrationManager(app_name=APP)
    return set(manager.get_migration_modules(manager.get_app_config(APP).resolved_migrations_folder_path))


@contextlib.asynccontextmanager
async def _alone(engine: engines.Engine) -> AsyncIterator[None]:
    """Other migrators wait until the block ends; a killed one leaves no lock."""
    if isinstance(engine, SQLiteEngine):
        with _file_lock(Path(engine.path)):
            yield
        return
    holder = await engine.get_new_connection()
    try:
        await holder.execute("SELECT pg_advisory_lock($1)", LOCK_NUMBER)
        yield
    finally:
        await holder.close()


async def _forwards(up_to: str = "all") -> None:
    said = io.StringIO()
    await Migration.create_table(if_not_exists=True)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            result = await ForwardsMigrationManager(app_name=APP, migration_id=up_to).run()
    except (sqlite3.Error, asyncpg.PostgresError) as error:
        raise RuntimeError(f"{said.getvalue()}{error}") from error
    if not result.success:
        raise RuntimeError(said.getvalue())


@contextlib.contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_suffix(".migrating").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
