"""The city as it comes with the project: only what is missing is inserted, later edits stay."""

import csv
from collections.abc import Sequence
from copy import copy
from importlib import resources
from typing import NamedTuple

from piccolo.columns import Column
from piccolo.custom_types import Combinable
from piccolo.table import Table

from backend import database
from backend.agencies.kinds import Kind, Subject
from backend.agencies.routing import district_office, village_office
from backend.agencies.tables import Agency, Area, Category, Change, Elsewhere, Emergency


class Later(NamedTuple):
    """Columns that a later release added: filled together where the row is still `empty` of them and nobody has edited it."""

    subject: Subject
    table: type[Table]
    rows: Sequence[Agency] | Sequence[Category]
    empty: Combinable
    columns: list[Column]


async def seed_agencies() -> None:
    """Insert what is missing, fill what an earlier release could not know."""
    agencies = [*map(_agency, _rows("agencies")), *map(_village_office, _rows("areas"))]
    categories = [*map(_category, _rows("categories"))]
    async with database.transaction():
        await Agency.insert(*map(copy, agencies)).on_conflict(action="DO NOTHING")
        await Area.insert(*map(_area, _rows("areas"))).on_conflict(action="DO NOTHING")
        await Category.insert(*map(copy, categories)).on_conflict(action="DO NOTHING")
        await Elsewhere.insert(*map(_elsewhere, _rows("elsewhere"))).on_conflict(action="DO NOTHING")
        await Emergency.insert(*map(_emergency, _rows("emergency"))).on_conflict(action="DO NOTHING")
        await _fill(
            Later(Subject.AGENCY, Agency, agencies, Agency.parent.is_null(), [Agency.parent]),
            Later(Subject.AGENCY, Agency, agencies, Agency.kind == Kind.AGENCY, [Agency.kind]),
            Later(Subject.AGENCY, Agency, agencies, Agency.contact == "", [Agency.contact, Agency.contact_confirmed]),
            Later(Subject.CATEGORY, Category, categories, Category.icon == "", [Category.icon]),
            Later(Subject.CATEGORY, Category, categories, Category.contacts == "", [Category.contacts]),
        )


async def _fill(*later: Later) -> None:
    """One statement for each. Of copies: Piccolo writes keys into the rows it inserts, the wrong ones where some were left out."""
    edited = {(row["subject"], row["key"]) for row in await Change.select(Change.subject, Change.key)}
    for subject, table, rows, empty, columns in later:
        if untouched := [row for row in rows if (subject, row.code) not in edited]:
            key = table._meta.primary_key  # noqa: SLF001  (Piccolo has no other word for it)
            await table.insert(*map(copy, untouched)).on_conflict(target=key, action="DO UPDATE", values=columns, where=empty)


def area_codes() -> list[str]:
    """Of all kelurahan."""
    return [row["code"] for row in _rows("areas")]


def category_codes(*classes: str) -> list[str]:
    """Of the categories that are offered as they come with the project, or of those in these classes."""
    return [row["code"] for row in _rows("categories") if row["offered"] == "yes" and (not classes or row["service_class"] in classes)]


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("backend.agencies").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def _agency(row: dict[str, str]) -> Agency:
    return Agency(
        code=row["code"],
        name=row["name"],
        citizen_name=row["citizen_name"],
        duties=row["duties"],
        confirmed=row["confirmed"] == "yes",
        parent=row["parent"] or None,
        kind=row["kind"],
        contact=row["contact"],
        contact_confirmed=row["contact_confirmed"] == "yes",
    )


def _village_office(row: dict[str, str]) -> Agency:
    """Each kelurahan has its office, under the kecamatan's."""
    name = f"Kelurahan {row['name']}"
    return Agency(
        code=village_office(row["name"]),
        name=name,
        citizen_name=name,
        duties="surat pengantar, keterangan domisili dan tidak mampu, urusan RT/RW, kebersihan lingkungan",
        confirmed=True,
        parent=district_office(row["district"]),
        kind=Kind.VILLAGE,
        area=row["code"],
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
        icon=row["icon"],
        contacts=row["contacts"],
    )


def _elsewhere(row: dict[str, str]) -> Elsewhere:
    return Elsewhere(
        code=row["code"],
        matter=row["matter"],
        owner=row["owner"],
        contact=row["contact"],
        advice=row["advice"],
        signs=row["signs"],
        source=row["source"],
        confirmed=row["confirmed"] == "yes",
    )


def _emergency(row: dict[str, str]) -> Emergency:
    return Emergency(code=row["code"], signs=row["signs"], number=row["number"], words=row["words"], rank=int(row["rank"]))
