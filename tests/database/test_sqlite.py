"""The embedded database as it is opened: on the disk before it is answered, one writer, readers beside it."""

import asyncio

import pytest

from backend import database as db
from backend.database.sqlite import READERS
from backend.sla.tables import Holiday

WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


@pytest.fixture
async def sqlite(databases):
    url = await databases.fresh("sqlite")
    engine = db.engine_for(url)
    db.bind(engine)
    yield engine
    await db.stop(engine)
    await databases.drop(url)


@pytest.mark.parametrize("pooled", [True, False])
async def test_every_connection_syncs_each_commit_and_guards_its_references(sqlite, pooled):
    if pooled:
        await db.start(sqlite)
    found = {}
    for pragma in WANTED:
        [row] = await Holiday.raw(f"PRAGMA {pragma}")
        [found[pragma]] = row.values()
    assert found == WANTED
    connections = [sqlite._writer, *(sqlite._readers.get_nowait() for _ in range(READERS))] if pooled else []
    for connection in connections:
        async with connection.execute("PRAGMA synchronous") as cursor:
            assert await cursor.fetchone() == {"synchronous": 2}
        if connection is not sqlite._writer:
            sqlite._readers.put_nowait(connection)


async def test_more_readers_than_connections_wait_for_their_turn(sqlite):
    await db.start(sqlite)
    counts = await asyncio.gather(*(Holiday.count() for _ in range(READERS * 10)))
    assert len(set(counts)) == 1


async def test_a_command_without_a_pool_reads_and_writes_too(sqlite):
    async with db.transaction():
        await Holiday.raw("CREATE TABLE trial (id INTEGER)")
        await Holiday.raw("INSERT INTO trial VALUES (1)")
    assert await Holiday.raw("SELECT id FROM trial") == [{"id": 1}]


async def test_who_still_waits_when_the_pool_closes_is_served_or_told(sqlite):
    await db.start(sqlite)
    entered, leave = asyncio.Event(), asyncio.Event()

    async def hold():
        async with db.transaction():
            entered.set()
            await leave.wait()

    async def write():
        async with db.transaction():
            await Holiday.raw("CREATE TABLE late (id INTEGER)")

    holder = asyncio.create_task(hold())
    await entered.wait()
    closing = asyncio.create_task(db.stop(sqlite))
    await asyncio.sleep(0.01)
    waiting = asyncio.create_task(write())
    await asyncio.sleep(0.01)
    leave.set()
    await asyncio.wait_for(asyncio.gather(holder, closing, waiting), 5)
    assert await Holiday.raw("SELECT id FROM late") == []
