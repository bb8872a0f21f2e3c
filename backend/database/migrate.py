"""Bring a database to the shape this release needs. One migrator at a time; a step of its own, never at web start."""

import contextlib
import fcntl
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration

from backend.database import engine as engines
from backend.database.sqlite import SQLiteEngine

APP = "sambat"
LOCK_NUMBER = 35_73
"""The city's code: the key of PostgreSQL's advisory lock around migrations."""


async def migrate(engine: engines.Engine) -> None:
    """Run the migrations that have not run. Raises `RuntimeError` with Piccolo's own words when one fails."""
    engines.bind(engine)
    if isinstance(engine, SQLiteEngine):
        with _file_lock(Path(engine.path)):
            await _forwards()
        return
    holder = await engine.get_new_connection()
    try:
        await holder.execute("SELECT pg_advisory_lock($1)", LOCK_NUMBER)
        await _forwards()
    finally:
        await holder.close()


async def _forwards() -> None:
    said = io.StringIO()
    await Migration.create_table(if_not_exists=True)
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            result = await ForwardsMigrationManager(app_name=APP).run()
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
