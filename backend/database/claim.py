"""Claims: rows taken by compare-and-set, so that no two workers ever hold the same one."""

from typing import Any

from piccolo.custom_types import Combinable
from piccolo.table import Table

from backend.database import engine as engines
from backend.database.sqlite import SQLiteEngine
from backend.database.transaction import transaction


async def claim(table: type[Table], due: Combinable, values: dict[Any, Any], *, order_by: Any, limit: int) -> list[dict[str, Any]]:  # noqa: ANN401  (Piccolo's columns)
    """Change up to `limit` rows that are `due` to `values` and return them whole.

    PostgreSQL chooses and locks first: as a subquery the choice is made anew for each row under some plans, and then knows no limit.
    The condition stands in both: with the first alone, two workers claimed 4,500 of 5,000 rows twice.
    """
    key = table._meta.primary_key  # noqa: SLF001  (Piccolo's own way to name the key)
    chosen = table.select(key).where(due).order_by(order_by).limit(limit)
    take = table.update(values).where(due)
    columns = table.all_columns()
    if isinstance(engines.current(), SQLiteEngine):
        return await take.where(key.is_in(chosen)).returning(*columns)
    async with transaction():
        keys = await chosen.lock_rows("UPDATE", skip_locked=True).output(as_list=True)
        return await take.where(key.is_in(keys)).returning(*columns) if keys else []
