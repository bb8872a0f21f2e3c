"""New rows by a statement that is spelled once for each table; Piccolo spells it anew each time, which was a fifth of what a complaint cost."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any
from uuid import UUID

from piccolo.querystring import QueryString
from piccolo.table import Table
from piccolo.utils.sql_values import convert_to_sql_value

from backend.database import engine as engines
from backend.database.sqlite import SQLiteEngine

PLAIN = frozenset({NoneType, bool, bytes, date, datetime, float, int, str, UUID})
"""What both drivers take as it is."""


async def insert(*rows: Table) -> None:
    """Write these rows of one table."""
    await _run(rows, "")


async def insert_unless_there(row: Table) -> bool:
    """Write it. False: its key, or another value that must be unique, is there already; then nothing is written."""
    return bool(await _run((row,), f' ON CONFLICT DO NOTHING RETURNING "{row._meta.primary_key._meta.db_column_name}"'))  # noqa: SLF001  (Piccolo's own way to name the key)


class _Spelled(QueryString):
    """A statement that is ready as it stands."""

    def __init__(self, sql: str, arguments: list[Any]) -> None:
        super().__init__("")
        self._spelled = (sql, arguments)

    def compile_string(self, engine_type: str = "postgres") -> tuple[str, list[Any]]:  # noqa: ARG002  (Piccolo's signature)
        return self._spelled


async def _run(rows: Sequence[Table], ending: str) -> Sequence[Any]:
    engine = engines.current()
    sql = _statement(type(rows[0]), len(rows), numbered=not isinstance(engine, SQLiteEngine))
    written: Sequence[Any] = await engine.run_querystring(_Spelled(sql + ending, [value for row in rows for value in _values(row)]))
    for row in rows:
        row._exists_in_db = True  # noqa: SLF001  (so that it can be saved again, as after Piccolo's own)
    return written


@cache
def _statement(table: type[Table], count: int, *, numbered: bool) -> str:
    columns = table._meta.columns  # noqa: SLF001  (Piccolo's own way to name them)
    places = [f"${place}" if numbered else "?" for place in range(1, count * len(columns) + 1)]
    rows = (", ".join(places[start : start + len(columns)]) for start in range(0, len(places), len(columns)))
    names = ", ".join(f'"{column._meta.db_column_name}"' for column in columns)  # noqa: SLF001  (as above)
    return f"INSERT INTO {table._meta.get_formatted_tablename()} ({names}) VALUES {', '.join(f'({row})' for row in rows)}"  # noqa: S608, SLF001  (names of ours)


def _values(row: Table) -> list[Any]:
    found = [(column, getattr(row, column._meta.name)) for column in row._meta.columns]  # noqa: SLF001  (as above)
    return [value if type(value) in PLAIN else convert_to_sql_value(value, column) for column, value in found]
