"""The days off that come with the project, on both databases."""

from datetime import date

from backend.sla import queries
from backend.sla.seed import YEARS, known_days, seed_holidays
from backend.sla.tables import Holiday


async def test_seeding_twice_changes_nothing(database):
    await seed_holidays()
    once = await Holiday.select().order_by(Holiday.day)
    await seed_holidays()
    assert await Holiday.select().order_by(Holiday.day) == once
    assert await queries.holidays() == frozenset(known_days())


async def test_what_the_city_added_or_renamed_stays(database):
    await seed_holidays()
    await Holiday.delete().where(Holiday.day == date(2026, 8, 17))
    await Holiday.insert(
        Holiday(day=date(2026, 8, 17), name="Upacara kota", kind="added"),
        Holiday(day=date(2026, 4, 1), name="Hari jadi Kota Malang", kind="added"),
    )
    await seed_holidays()
    added = await Holiday.select(Holiday.day, Holiday.name).where(Holiday.kind == "added").order_by(Holiday.day)
    assert added == [
        {"day": date(2026, 4, 1), "name": "Hari jadi Kota Malang"},
        {"day": date(2026, 8, 17), "name": "Upacara kota"},
    ]


def test_every_seeded_year_has_its_national_days_and_2028_no_cuti_bersama_yet():
    days = known_days()
    assert {day.year for day, (_, kind) in days.items() if kind == "national"} == set(YEARS)
    assert {day.year for day, (_, kind) in days.items() if kind == "collective"} == {2025, 2026, 2027}
    assert days[date(2026, 8, 17)] == ("Hari Kemerdekaan Republik Indonesia", "national")
    assert days[date(2026, 2, 16)] == ("Cuti Bersama Tahun Baru Imlek", "collective")
