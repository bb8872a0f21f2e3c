"""The migrations build what the tables in the code say, nothing more and nothing less."""

from piccolo.conf.apps import Finder


async def columns_in(engine, table: str) -> set[str]:
    if engine.engine_type == "sqlite":
        return {row["name"] for row in await engine._run_in_new_connection(f"PRAGMA table_info({table})")}
    rows = await engine._run_in_new_connection("SELECT column_name FROM information_schema.columns WHERE table_name = $1", [table])
    return {row["column_name"] for row in rows}


async def test_every_table_has_the_columns_of_its_class(database):
    differing = {}
    for table in Finder().get_table_classes():
        wanted = {column._meta.db_column_name for column in table._meta.columns}
        there = await columns_in(database, table._meta.tablename)
        if wanted != there:
            differing[table.__name__] = wanted ^ there
    assert differing == {}
