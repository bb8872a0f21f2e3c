"""Agencies, areas and categories as they come with the project: only what is missing is inserted, later edits stay."""

import csv
from importlib import resources

from backend import database
from backend.agencies.tables import Agency, Area, Category


async def seed_agencies() -> None:
    """Insert what is missing of all three."""
    async with database.transaction():
        await Agency.insert(*map(_agency, _rows("agencies"))).on_conflict(action="DO NOTHING")
        await Area.insert(*map(_area, _rows("areas"))).on_conflict(action="DO NOTHING")
        await Category.insert(*map(_category, _rows("categories"))).on_conflict(action="DO NOTHING")


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("backend.agencies").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _agency(row: dict[str, str]) -> Agency:
    return Agency(
        code=row["code"],
        name=row["name"],
        citizen_name=row["citizen_name"],
        duties=row["duties"],
        confirmed=row["confirmed"] == "yes",
    )


def _area(row: dict[str, str]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        district=row["district"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


def _category(row: dict[str, str]) -> Category:
    return Category(
        code=row["code"],
        group_name=row["group_name"],
        name=row["name"],
        hints=row["hints"],
        service_class=row["service_class"] or None,
        agency=row["agency"] or None,
        second_agency=row["second_agency"] or None,
        marks=row["marks"],
        offered=row["offered"] == "yes",
    )
