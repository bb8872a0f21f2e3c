"""Rows taken by many workers at once: each by one of them."""

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest

from backend import database as db
from backend.sla.tables import Holiday

FIRST = date(2030, 1, 1)
DUE = (Holiday.kind == "due") & (Holiday.day >= FIRST)


async def many(count):
    await Holiday.insert(*(Holiday(day=FIRST + timedelta(days=number), name="", kind="due") for number in range(count)))


async def test_of_many_claimers_each_row_goes_to_one(database):
    await many(300)

    async def worker(name):
        taken = []
        while rows := await db.claim(Holiday, DUE, {Holiday.kind: "taken", Holiday.name: name}, order_by=Holiday.day, limit=7):
            assert {row["name"] for row in rows} == {name}
            taken += [row["day"] for row in rows]
        return taken

    taken = await asyncio.gather(*(worker(f"worker {number}") for number in range(12)))
    counted = Counter(day for days in taken for day in days)
    assert len(counted) == 300
    assert set(counted.values()) == {1}


async def test_the_first_come_first_and_no_more_than_asked_for(database):
    await many(5)
    rows = await db.claim(Holiday, DUE, {Holiday.kind: "taken"}, order_by=Holiday.day, limit=2)
    assert sorted(row["day"] for row in rows) == [FIRST, FIRST + timedelta(days=1)]
    assert await Holiday.count().where(DUE) == 3


async def test_no_plan_of_the_database_takes_more_than_asked_for(database):
    await many(50)
    async with db.transaction():
        if database.engine_type == "postgres":
            for way in ("hashjoin", "mergejoin", "hashagg", "material", "memoize", "sort"):
                await Holiday.raw(f"SET LOCAL enable_{way} = off")
        rows = await db.claim(Holiday, DUE, {Holiday.kind: "taken"}, order_by=Holiday.day, limit=2)
    assert len(rows) == 2


async def test_a_claim_undone_leaves_the_row_to_others(database):
    await many(1)
    with pytest.raises(TimeoutError):
        await _claim_and_die()
    assert await db.claim(Holiday, DUE, {Holiday.kind: "taken"}, order_by=Holiday.day, limit=1)


async def _claim_and_die():
    async with db.transaction():
        assert await db.claim(Holiday, DUE, {Holiday.kind: "taken"}, order_by=Holiday.day, limit=1)
        raise TimeoutError
