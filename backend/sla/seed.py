"""Days off of the coming years, as PyPI's `holidays` knows them; what the city added or changed stays as it is."""

from collections.abc import Sequence
from datetime import date

from backend.sla.tables import Holiday

YEARS = range(2025, 2029)
KINDS = {"national": "public", "collective": "government"}


async def seed_holidays() -> None:
    """Fill the years of which no day is known yet; in the others a manager's word stands. Islamic days of later years are estimates: their names say so."""
    known = {day.year for day in await Holiday.select(Holiday.day).output(as_list=True)}
    missing = [year for year in YEARS if year not in known]
    if missing:
        rows = [Holiday(day=day, name=name, kind=kind) for day, (name, kind) in known_days(missing).items()]
        await Holiday.insert(*rows).on_conflict(action="DO NOTHING")


def known_days(years: Sequence[int] = YEARS) -> dict[date, tuple[str, str]]:
    """Day -> Indonesian name and kind. A day that is both is national."""
    import holidays  # noqa: PLC0415  (a second to load, and only a fresh database needs it)

    days: dict[date, tuple[str, str]] = {}
    for kind, category in KINDS.items():
        for day, name in holidays.country_holidays("ID", years=years, categories=(category,), language="id").items():
            days.setdefault(day, (name, kind))
    return days
