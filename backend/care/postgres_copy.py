"""A copy of a PostgreSQL database at one moment while others write into it, and one put back.

By pg_dump where it is there and not older than the server; else table by table, so that a slim container needs nothing more.
Everything about it is asked in the same REPEATABLE READ snapshot.
"""

from graphlib import TopologicalSorter
from pathlib import Path
from typing import IO, Any

import asyncpg

from backend import database
from backend.care import postgres_programs as programs
from backend.care.archive import CannotCopy, Contents
from backend.care.snapshot import Snapshot, Tell
from backend.complaints import photos
from backend.database.postgres import PostgresEngine

COPY = "copy"
MIGRATIONS = "migration"
"""Written by the migrations themselves when a copy is put back."""
DATABASE = "database"

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_REFERENCES = """
SELECT conrelid::regclass::text AS "table", confrelid::regclass::text AS refers
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid
"""
_COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""

Connection = Any
"""asyncpg's, whose proxies have no public type."""


async def taken(engine: PostgresEngine, folder: Path, tell: Tell, *, plain: bool) -> Snapshot:
    """Copy into `folder` what is committed now. `plain`: table by table, even where pg_dump is there."""
    connection = await engine.get_new_connection()
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            tables = await in_order(connection)
            if MIGRATIONS not in tables:
                raise CannotCopy("the database is empty: nothing to copy")
            dump = None if plain else await programs.pg_dump(connection.get_server_version().major)
            if dump is not None:
                snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
                tell(DATABASE, 0, 1)
                await programs.dumped(dump, engine.config, snapshot, folder)
            columns = {} if dump else await _copied(connection, tables, folder, tell)
            return Snapshot(
                how=dump.named if dump else COPY,
                migrations=tuple(row["name"] for row in await connection.fetch("SELECT name FROM migration ORDER BY name")),
                tables=await counted(connection),
                columns=columns,
                photos=[row["id"] for row in await connection.fetch(photos.NAMED)],
            )
    finally:
        await connection.close()


async def is_empty(engine: PostgresEngine) -> bool:
    """Does nothing stand in it?"""
    connection = await engine.get_new_connection()
    try:
        return not await connection.fetch(_TABLES)
    finally:
        await connection.close()


async def put_back(engine: PostgresEngine, backup: Contents, folder: Path, tell: Tell) -> None:
    """Into a database that is empty, and empty again where it fails. Raises `CannotCopy` where it is not what was copied."""
    manifest = backup.manifest
    if manifest.how == COPY:
        await database.migrate_to(engine, max(manifest.migrations))
    connection = await engine.get_new_connection()
    try:
        if manifest.how == COPY:
            async with connection.transaction():
                await _filled(connection, backup, tell)
        else:
            tell(DATABASE, 0, 1)
            await programs.restored(manifest.how, engine.config, backup.read(f"database/{programs.FILE}"), folder)
        await _compared(connection, manifest.tables)
    except BaseException:
        await _emptied(connection)
        raise
    finally:
        await connection.close()


async def in_order(connection: Connection) -> list[str]:
    """Every table after those it refers to."""
    before: dict[str, set[str]] = {row["tablename"]: set() for row in await connection.fetch(_TABLES)}
    for row in await connection.fetch(_REFERENCES):
        before[row["table"].strip('"')].add(row["refers"].strip('"'))
    return list(TopologicalSorter(before).static_order())


async def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [row["tablename"] for row in await connection.fetch(_TABLES)]
    return {table: await connection.fetchval(f'SELECT count(*) FROM "{table}"') for table in tables}  # noqa: S608  (the database's own names)


async def _copied(connection: Connection, tables: list[str], folder: Path, tell: Tell) -> dict[str, tuple[str, ...]]:
    columns = {}
    for done, table in enumerate(tables):
        tell(DATABASE, done, len(tables))
        columns[table] = tuple(row["attname"] for row in await connection.fetch(_COLUMNS, f'"{table}"'))
        await connection.copy_from_table(table, output=folder / f"{table}.copy", columns=columns[table])
    return columns


async def _filled(connection: Connection, backup: Contents, tell: Tell) -> None:
    tables = [table for table in await in_order(connection) if table in backup.manifest.columns and table != MIGRATIONS]
    for done, table in enumerate(tables):
        tell(DATABASE, done, len(tables))
        content: IO[bytes] = backup.read(f"database/{table}.copy")
        try:
            await connection.copy_to_table(table, source=content, columns=backup.manifest.columns[table])
        except asyncpg.PostgresError as error:
            raise CannotCopy(f"table {table} could not be put back ({type(error).__name__})") from None


async def _compared(connection: Connection, tables: dict[str, int]) -> None:
    if await counted(connection) != tables:
        raise CannotCopy("what came into the database is not what was copied")


async def _emptied(connection: Connection) -> None:
    for row in await connection.fetch(_TABLES):
        await connection.execute(f'DROP TABLE IF EXISTS "{row["tablename"]}" CASCADE')
