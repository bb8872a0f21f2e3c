"""The same of a PostgreSQL database: its rows, and what its own checks of pages, indexes and references say."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from benchmarks import postgres
from benchmarks.verdict.store import Row, Store

REFERENCES = """
SELECT con.conname AS name, con.conrelid::regclass::text AS inside, con.confrelid::regclass::text AS outside,
    here.attname AS column, there.attname AS key
FROM pg_constraint con
JOIN pg_attribute here ON here.attrelid = con.conrelid AND here.attnum = con.conkey[1]
JOIN pg_attribute there ON there.attrelid = con.confrelid AND there.attnum = con.confkey[1]
WHERE con.contype = 'f'
"""
DANGLING = 'SELECT count(*) AS times FROM {inside} t WHERE "{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {outside} o WHERE o."{key}" = t."{column}")'
MOST_TOLD = 20


class PostgresStore(Store):
    """The database at an address (`postgresql://…`), which must be up, and a folder of photos."""

    def __init__(self, address: str, photos: Path) -> None:
        super().__init__(photos)
        self._address = address

    async def rows(self, query: str) -> list[Row]:
        """See `Store`."""
        opened = await asyncpg.connect(self._address)
        try:
            return [{name: plain(value) for name, value in row.items()} for row in await opened.fetch(query)]
        finally:
            await opened.close()

    async def damage(self) -> list[str]:
        """By `pg_amcheck`, which reads every page and lays each index beside its table, and by counting references to nothing."""
        programs = postgres.programs()
        if programs is None:
            return ["its programs are not on this machine"]
        asked = ("--install-missing", "--heapallindexed", "--parent-check", "--no-password", self._address)
        checking = await asyncio.create_subprocess_exec(
            str(programs / "pg_amcheck"), *asked, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        said, _ = await checking.communicate()
        found = [line for line in said.decode(errors="replace").splitlines() if line.strip()] if checking.returncode else []
        for reference in await self.rows(REFERENCES):
            [counted] = await self.rows(DANGLING.format(**reference))
            found += [f"points to nothing: {counted['times']} by {reference['name']}"] if counted["times"] else []
        return found[:MOST_TOLD]


def plain(value: Any) -> Any:  # noqa: ANN401  (whatever a column holds)
    """A value as SQLite has it: ids and moments as texts."""
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case _:
            return value
