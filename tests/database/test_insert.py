"""New rows by statements of our own: the same as Piccolo's, on both databases."""

from datetime import UTC, date, datetime

from backend import database as db
from backend.clock import JAKARTA
from backend.jobs.tables import Job
from backend.sla.tables import Holiday


def holiday(day, name="Libur"):
    return Holiday(day=date(2030, 1, day), name=name, kind="added")


async def kept():
    rows = await Holiday.select(Holiday.day, Holiday.name).where(Holiday.day >= date(2030, 1, 1)).order_by(Holiday.day)
    return [(row["day"].day, row["name"]) for row in rows]


async def test_several_rows_are_written_with_what_they_leave_out(database):
    await db.insert(holiday(1), holiday(2, "Galungan"))
    assert await kept() == [(1, "Libur"), (2, "Galungan")]


async def test_a_row_that_was_written_can_be_changed_and_saved(database):
    row = holiday(1)
    await db.insert(row)
    row.name = "Nyepi"
    await row.save()
    assert await kept() == [(1, "Nyepi")]


async def test_what_is_there_already_stays_as_it_is_and_the_transaction_goes_on(database):
    async with db.transaction():
        assert await db.insert_unless_there(holiday(1))
        assert not await db.insert_unless_there(holiday(1, "Lain"))
        await db.insert(holiday(2))
    assert await kept() == [(1, "Libur"), (2, "Libur")]


async def test_ids_moments_and_nothing_come_back_as_they_were(database):
    at = datetime(2030, 1, 1, 7, 30, tzinfo=JAKARTA)
    own = Job(id=db.new_id(), kind="mail", dedupe_key="own", run_at=at, created_at=at)
    stock = Job(id=db.new_id(), kind="mail", dedupe_key="stock", run_at=at, created_at=at)
    await db.insert(own)
    await Job.insert(stock)
    first, second = [await Job.objects().get(Job.id == one.id) for one in (own, stock)]
    assert first.run_at == at.astimezone(UTC)
    assert {**first.to_dict(), "id": "", "dedupe_key": ""} == {**second.to_dict(), "id": "", "dedupe_key": ""}
