"""Reading agencies, areas and categories."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeVar

from backend import clock, database
from backend.agencies import hints as signs
from backend.agencies import routing, tiles, views
from backend.agencies.hints import Hint
from backend.agencies.kinds import Kind
from backend.agencies.places import Centre
from backend.agencies.routing import Offices, Proposal
from backend.agencies.tables import Agency, Area, Category, Elsewhere, Emergency
from backend.agencies.views import AgencyFacts, Branch, Tile
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


@database.once_a_transaction
async def offered_classes() -> dict[str, str | None]:
    """The same by code, with the class of service each asks for."""
    rows = await Category.select(Category.code, Category.service_class).where(Category.offered.eq(True))
    return {row["code"]: row["service_class"] for row in rows}


async def every_category() -> list[Category]:
    """Offered or not, in the order of the law."""
    return sorted(await Category.objects(), key=_order)


async def offered_tiles() -> list[Tile]:
    """The same as a citizen sees it: with icons, and with what is closed and whom to turn to instead."""
    rows = [row for row in await every_category() if row.offered or row.contacts]
    return [
        Tile(
            name,
            icon,
            [row for row in rows if row.group_name == name and row.offered],
            [row for row in rows if row.group_name == name and not row.offered],
        )
        for name, icon in tiles.TILES.items()
    ]


async def hints() -> list[Hint]:
    """What a text may be recognised by: emergencies first, then what is not the city's as far as a manager has confirmed it."""
    emergencies = await Emergency.objects().order_by(Emergency.rank, Emergency.code)
    return [
        *(signs.in_danger(row.code, row.signs, row.words, row.number) for row in emergencies),
        *(signs.not_ours(row.code, row.signs, row.advice, row.owner, row.contact) for row in await elsewhere()),
    ]


async def elsewhere() -> list[Elsewhere]:
    """What is not the city's, as far as it is confirmed: for hints, and for who says so to a citizen."""
    return await Elsewhere.objects().where(Elsewhere.confirmed.eq(True)).order_by(Elsewhere.matter)


async def category(code: str) -> Category:
    """One category, offered or not. Raises NotFound."""
    return _found(await Category.objects().get(Category.code == code))


async def categories() -> dict[str, tuple[str, str]]:
    """Every category there is, offered or not: code -> name and icon."""
    return {row["code"]: (row["name"], row["icon"]) for row in await Category.select(Category.code, Category.name, Category.icon)}


async def agencies_on(day: date) -> list[Agency]:
    """The OPDs that exist on a day, then their units, each by the names citizens read."""
    begun = Agency.valid_from.is_null() | (Agency.valid_from <= day)
    not_ended = Agency.valid_until.is_null() | (Agency.valid_until >= day)
    return sorted(await Agency.objects().where(begun, not_ended), key=lambda row: (row.parent is not None, views.by_name(row)))


async def agency_tree(day: date, words: str = "", *, public: bool = False) -> list[Branch]:
    """The OPDs of a day with their units; with `words` only where they are found. `public`: without units nobody has confirmed."""
    known = [row for row in await agencies_on(day) if row.confirmed or row.parent is None or not public]
    topics: defaultdict[str, str] = defaultdict(str)
    for row in await every_category() if words else ():
        for code in filter(None, (row.agency, row.second_agency)):
            topics[code] += f" {row.name} {row.hints}"
    return views.searched(views.tree(known), words, topics)


async def units_of(code: str) -> list[Agency]:
    """What works under an OPD, by name, also what has ended."""
    return sorted(await Agency.objects().where(Agency.parent == code), key=views.by_name)


async def agency_page_facts(code: str) -> AgencyFacts:
    """What everybody may know of an agency, also of one that has ended. Raises NotFound, also for a unit nobody has confirmed."""
    row = await agency(code)
    if row.parent is not None and not row.confirmed:
        raise NotFound
    family = await Agency.objects().where((Agency.parent == code) | (Agency.code == row.parent))
    today = clock.day_of(clock.now())
    shown = [one for one in family if one.code == row.parent or (one.confirmed and not views.ended(one, today))]
    leading = [one for one in await every_category() if one.offered and code in {one.agency, one.second_agency}]
    return views.facts(row, shown, leading, today)


async def office_of_area(area_code: str) -> str | None:
    """The code of the office that stands for a kelurahan today."""
    today = clock.day_of(clock.now())
    found = [
        row.code
        for row in await Agency.objects().where(Agency.area == area_code, Agency.kind == Kind.VILLAGE)
        if not views.ended(row, today)
    ]
    return min(found, default=None)


async def agency(code: str) -> Agency:
    """One OPD, also one that exists no more. Raises NotFound."""
    return _found(await Agency.objects().get(Agency.code == code))


async def any_of_kind(codes: Collection[str], kinds: Collection[Kind]) -> bool:
    """Is one of these an agency of one of these kinds?"""
    if not codes:
        return False
    return bool(await Agency.exists().where(Agency.code.is_in(sorted(codes)), Agency.kind.is_in([str(kind) for kind in kinds])))


async def agency_names() -> dict[str, str]:
    """Every OPD there is or was: code -> the name citizens read."""
    return {row["code"]: row["citizen_name"] for row in await Agency.select(Agency.code, Agency.citizen_name)}


async def parents() -> dict[str, str | None]:
    """Every OPD and unit there is or was: code -> what it works under."""
    return {row["code"]: row["parent"] for row in await Agency.select(Agency.code, Agency.parent)}


async def with_units(codes: Collection[str]) -> frozenset[str]:
    """These OPDs and everything that works under them, however deep."""
    if not codes:
        return frozenset()
    above = await parents()
    return frozenset(code for code in above if not set(codes).isdisjoint(lineage(code, above)))


async def with_those_above(codes: Collection[str]) -> frozenset[str]:
    """These OPDs and units, and everything they work under: where those sit whose reach covers them."""
    if not codes:
        return frozenset()
    above = await parents()
    return frozenset(step for code in codes for step in lineage(code, above))


def lineage(code: str, above: Mapping[str, str | None]) -> list[str]:
    """An OPD or unit, and what it works under up to the top; a circle is walked once."""
    found: list[str] = []
    step: str | None = code
    while step is not None and step not in found:
        found.append(step)
        step = above.get(step)
    return found


async def areas() -> list[Area]:
    """Every kelurahan, by kecamatan and name."""
    return await Area.objects().order_by(Area.district, Area.name)


@database.once_a_transaction
async def centres() -> dict[str, Centre]:
    """Where every kelurahan lies, by code."""
    rows = await Area.select(Area.code, Area.latitude, Area.longitude)
    return {row["code"]: Centre(row["latitude"], row["longitude"]) for row in rows}


async def area(code: str) -> Area:
    """One kelurahan. Raises NotFound."""
    return _found(await Area.objects().get(Area.code == code))


async def proposal(category_code: str | None, area_code: str | None) -> Proposal:
    """Whom to send it to, by category and kelurahan; all none without a category. Raises NotFound for codes nobody knows."""
    if category_code is None:
        return Proposal(agency=None, second_agency=None, service_class=None)
    chosen = await category(category_code)
    default = Proposal(agency=chosen.agency, second_agency=chosen.second_agency, service_class=chosen.service_class)
    offices = None
    if area_code is not None:
        district = routing.district_office((await area(area_code)).district)
        offices = Offices(village=await office_of_area(area_code), district=district)
    existing = frozenset(row.code for row in await agencies_on(clock.day_of(clock.now())))
    return routing.without(routing.propose(chosen.code, default, offices), existing)


def _order(row: Category) -> tuple[bool, int, str]:
    return tiles.order(row.code)


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
