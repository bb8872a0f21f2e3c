"""How safe the database in use is: whether a power cut would take what was acknowledged, and whether its clock is ours."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from backend import clock
from backend.database import engine as engines
from backend.database.sqlite import SQLiteEngine

FULL_SYNC = 2
SAFE = "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')"
OFF = "off"
"""Whatever else `synchronous_commit` says waits for the disk; what a replica must confirm beyond that is a city's own choice."""


def exists() -> bool:
    """Is there one to ask? Asking SQLite would make an empty file."""
    engine = engines.current()
    return not isinstance(engine, SQLiteEngine) or Path(engine.path).is_file()


async def unsafe() -> list[str]:
    """What would lose acknowledged rows at a power cut, as the database calls it."""
    engine = engines.current()
    if isinstance(engine, SQLiteEngine):
        mode, sync = await _pragmas(engine)
        found = {f"journal_mode = {mode}": mode == "wal", f"synchronous = {sync}": sync >= FULL_SYNC}
        return [name for name, is_safe in found.items() if not is_safe]
    return [f"{row['name']} = {row['setting']}" for row in await _asked(SAFE) if row["setting"] == OFF]


async def clock_ahead() -> timedelta:
    """By how much the database's clock is ahead of ours; SQLite has none of its own."""
    if isinstance(engines.current(), SQLiteEngine):
        return timedelta()
    before = clock.now()
    [row] = await _asked("SELECT clock_timestamp() AS at")
    now = clock.now()
    return timedelta() if before <= row["at"] <= now else row["at"] - now


async def _pragmas(engine: SQLiteEngine) -> tuple[str, int]:
    """As they are on a connection of ours: a folder that is reached by network may not take what we ask for."""
    connection = await engine.get_connection()
    try:
        [mode] = await connection.execute_fetchall("PRAGMA journal_mode")
        [sync] = await connection.execute_fetchall("PRAGMA synchronous")
        return str(mode["journal_mode"]), int(sync["synchronous"])
    finally:
        await connection.close()


async def _asked(query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await engines.current()._run_in_new_connection(query)  # noqa: SLF001  (past the pool, as `engines.answers`)
    return rows
