"""All or nothing, on both databases: savepoints, what follows a COMMIT, many writers at once, faults in the middle."""

import asyncio
import sqlite3
from datetime import date

import asyncpg
import pytest

from backend import database as db
from backend.database import engine as engines
from backend.jobs.tables import Job
from backend.sla.tables import Holiday

FAULTS = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)


async def insert(day):
    await Holiday.insert(Holiday(day=date(2030, 1, day), name="Libur", kind="added"))


async def kept():
    return sorted(day.day for day in await Holiday.select(Holiday.day).where(Holiday.day >= date(2030, 1, 1)).output(as_list=True))


async def failing(*steps):
    """A transaction that goes so far and then fails."""
    async with db.transaction():
        for step in steps:
            await step
        raise ZeroDivisionError


async def joining(day):
    async with db.joined():
        await insert(day)


async def say(said, word):
    db.after_commit(lambda: said.append(word))


async def test_what_is_done_in_one_transaction_stays_together(database):
    async with db.transaction():
        await insert(1)
        await insert(2)
        assert db.in_transaction()
    assert not db.in_transaction()
    assert await kept() == [1, 2]


async def test_nothing_stays_of_a_transaction_that_failed(database):
    with pytest.raises(ZeroDivisionError):
        await failing(insert(1))
    assert await kept() == []
    assert not db.in_transaction()


async def test_a_nested_one_is_undone_alone(database):
    async with db.transaction():
        await insert(1)
        with pytest.raises(ZeroDivisionError):
            await failing(insert(2))
        assert await kept() == [1]
        await insert(3)
    assert await kept() == [1, 3]


async def test_after_a_refused_row_in_a_nested_one_the_outer_goes_on(database):
    async with db.transaction():
        await insert(1)
        with pytest.raises(FAULTS):
            async with db.transaction():
                await insert(1)
        await insert(2)
    assert await kept() == [1, 2]


async def test_savepoints_may_lie_in_savepoints(database):
    async with db.transaction():
        async with db.transaction():
            await insert(1)
            with pytest.raises(ZeroDivisionError):
                await failing(insert(2))
        await insert(3)
    assert await kept() == [1, 3]


async def test_what_follows_a_commit_runs_after_the_outermost_one(database):
    said = []
    async with db.transaction():
        db.after_commit(lambda: said.append("outer"))
        async with db.transaction():
            db.after_commit(lambda: said.append("inner"))
        assert said == []
    assert said == ["outer", "inner"]


async def test_what_joins_stands_and_falls_with_the_open_transaction(database):
    with pytest.raises(ZeroDivisionError):
        await failing(joining(1))
    assert await kept() == []
    await joining(2)
    assert await kept() == [2]


async def test_nothing_follows_what_was_undone(database):
    said = []
    async with db.transaction():
        db.after_commit(lambda: said.append("kept"))
        with pytest.raises(ZeroDivisionError):
            await failing(say(said, "undone"))
    with pytest.raises(ZeroDivisionError):
        await failing(say(said, "never"))
    assert said == ["kept"]


async def test_without_a_transaction_it_follows_at_once(database):
    said = []
    db.after_commit(lambda: said.append("now"))
    assert said == ["now"]


async def test_fifty_who_read_and_then_write_all_succeed(database):
    await Holiday.insert(Holiday(day=date(2030, 1, 1), name="0", kind="added"))

    async def add_one():
        async with db.transaction():
            row = await db.locked(Holiday.objects().where(Holiday.day == date(2030, 1, 1))).first()
            await asyncio.sleep(0)
            row.name = str(int(row.name) + 1)
            await row.save([Holiday.name])

    await asyncio.gather(*(add_one() for _ in range(50)))
    assert (await Holiday.select(Holiday.name).where(Holiday.day == date(2030, 1, 1)).first())["name"] == "50"


async def test_readers_do_not_wait_for_a_writer_and_see_nothing_unfinished(database):
    async def read():
        assert not db.in_transaction()
        return await kept()

    async with db.transaction():
        await insert(1)
        other = asyncio.create_task(asyncio.wait_for(_outside(read), 5))
        assert await other == []
    assert await kept() == [1]


async def _outside(work):
    """As another request would do it: a task made here would share our transaction."""
    db.current().current_transaction.set(None)
    return await work()


@pytest.mark.parametrize("moment", ["before", "within"])
async def test_somebody_who_goes_away_leaves_neither_the_writer_taken_nor_a_transaction_set(database, moment):
    begun = asyncio.Event()

    async def going_away():
        async with db.transaction():
            if moment == "within":
                await insert(1)
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(going_away())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not db.in_transaction()
    async with asyncio.timeout(5):
        async with db.transaction():
            await insert(2)
    assert await kept() == [2]


async def test_cancelling_in_the_middle_of_any_statement_leaves_the_database_in_order(database):
    async def work():
        async with db.transaction():
            await insert(1)
            async with db.transaction():
                await insert(2)

    for pause in range(40):
        task = asyncio.create_task(work())
        await asyncio.sleep(pause / 4000)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await kept() in ([], [1, 2])
        async with asyncio.timeout(5):
            await Holiday.delete().where(Holiday.day >= date(2030, 1, 1))


async def test_a_failing_commit_leaves_neither_the_writer_taken_nor_a_transaction_set(database):
    said = []
    await _defer_foreign_keys()
    for _ in range(20):  # more often than the pool has connections
        with pytest.raises(FAULTS):
            await _commit_what_cannot_be(said)
        assert not db.in_transaction()
    assert said == []
    async with asyncio.timeout(5):
        await insert(1)
    assert await kept() == [1]


async def _defer_foreign_keys():
    if isinstance(db.current(), engines.PostgresEngine):
        await Job.raw("ALTER TABLE chunk ADD CONSTRAINT late FOREIGN KEY (photo) REFERENCES photo (id) DEFERRABLE INITIALLY DEFERRED")
        await Job.raw("ALTER TABLE chunk DROP CONSTRAINT chunk_photo_fkey")


async def _commit_what_cannot_be(said):
    async with db.transaction():
        await say(said, "committed")
        await _break_a_foreign_key()


async def _break_a_foreign_key():
    if isinstance(db.current(), engines.SQLiteEngine):
        await Job.raw("PRAGMA defer_foreign_keys = ON")
    unknown = db.new_id()
    await Job.raw('INSERT INTO chunk (id, photo, "start", content) VALUES ({}, {}, 0, {})', db.new_id(), unknown, b"x")


async def test_locked_rows_wait_for_each_other(database):
    await insert(1)
    order = []

    async def hold(name, seconds):
        async with db.transaction():
            await db.locked(Holiday.objects().where(Holiday.day == date(2030, 1, 1))).first()
            order.append(f"{name} in")
            await asyncio.sleep(seconds)
            order.append(f"{name} out")

    await asyncio.gather(hold("one", 0.05), hold("two", 0))
    assert order in (["one in", "one out", "two in", "two out"], ["two in", "two out", "one in", "one out"])
