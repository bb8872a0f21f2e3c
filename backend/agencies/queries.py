"""Reading agencies, areas and categories."""

from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeVar

from backend.agencies import routing
from backend.agencies.routing import Proposal
from backend.agencies.tables import Agency, Area, Category
from backend.errors import NotFound

RowT = TypeVar("RowT")


class CategoryGroup(NamedTuple):
    """A tile and the lines under it."""

    name: str
    categories: list[Category]


async def offered_categories() -> list[CategoryGroup]:
    """What a citizen may choose from, in the order of the law: "Lainnya" is always the last."""
    offered = sorted((each for each in await Category.objects() if each.offered), key=_order)
    return [CategoryGroup(name, list(lines)) for name, lines in groupby(offered, key=lambda category: category.group_name)]


async def category(code: str) -> Category:
    """One category, offered or not. Raises NotFound."""
    return _found(await Category.objects().get(Category.code == code))


async def agencies_on(day: date) -> list[Agency]:
    """The OPDs that exist on a day, by the names citizens read."""
    begun = Agency.valid_from.is_null() | (Agency.valid_from <= day)
    not_ended = Agency.valid_until.is_null() | (Agency.valid_until >= day)
    return await Agency.objects().where(begun, not_ended).order_by(Agency.citizen_name)


async def agency(code: str) -> Agency:
    """One OPD, also one that exists no more. Raises NotFound."""
    return _found(await Agency.objects().get(Agency.code == code))


async def agency_names() -> dict[str, str]:
    """Every OPD there is or was: code -> the name citizens read."""
    return {row["code"]: row["citizen_name"] for row in await Agency.select(Agency.code, Agency.citizen_name)}


async def areas() -> list[Area]:
    """Every kelurahan, by kecamatan and name."""
    return await Area.objects().order_by(Area.district, Area.name)


async def area(code: str) -> Area:
    """One kelurahan. Raises NotFound."""
    return _found(await Area.objects().get(Area.code == code))


async def proposal(category_code: str | None, area_code: str | None) -> Proposal:
    """Whom to send it to, by category and kelurahan; all none without a category. Raises NotFound for codes nobody knows."""
    if category_code is None:
        return Proposal(agency=None, second_agency=None, service_class=None)
    chosen = await category(category_code)
    default = Proposal(agency=chosen.agency, second_agency=chosen.second_agency, service_class=chosen.service_class)
    district = None if area_code is None else (await area(area_code)).district
    return routing.propose(chosen.code, default, district)


def _order(row: Category) -> tuple[int, str]:
    """Codes are numbers written as text: 9 comes before 10."""
    return len(row.code), row.code


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
