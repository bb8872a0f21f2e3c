"""What a manager sees of the city's data: everything, also what nobody has confirmed and what has ended."""

from typing import NamedTuple, TypeVar

from backend.agencies import queries
from backend.agencies.tables import Agency, Area, Elsewhere, Emergency
from backend.errors import NotFound

RowT = TypeVar("RowT", Elsewhere, Emergency)


class Counts(NamedTuple):
    """How many there are, and how many nobody has looked at or opened yet."""

    agencies: int
    units: int
    unconfirmed: int
    categories: int
    closed: int
    elsewhere: int
    hidden: int
    emergencies: int
    areas: int


async def counts() -> Counts:
    """The city in figures."""
    agencies, categories, matters = await every_agency(), await queries.every_category(), await every_elsewhere()
    return Counts(
        agencies=sum(row.parent is None for row in agencies),
        units=sum(row.parent is not None for row in agencies),
        unconfirmed=sum(not row.confirmed for row in agencies),
        categories=len(categories),
        closed=sum(not row.offered for row in categories),
        elsewhere=len(matters),
        hidden=sum(not row.confirmed for row in matters),
        emergencies=await Emergency.count(),
        areas=await Area.count(),
    )


async def every_agency() -> list[Agency]:
    """Also those that have ended or have not begun, by the names citizens read."""
    return sorted(await Agency.objects(), key=lambda row: row.citizen_name.casefold())


async def every_elsewhere() -> list[Elsewhere]:
    """Also what is not shown to citizens."""
    return await Elsewhere.objects().order_by(Elsewhere.confirmed, Elsewhere.matter)


async def every_emergency() -> list[Emergency]:
    """In the order in which they are shown."""
    return await Emergency.objects().order_by(Emergency.rank, Emergency.code)


async def elsewhere_one(code: str) -> Elsewhere:
    """Raises NotFound."""
    return _found(await Elsewhere.objects().get(Elsewhere.code == code))


async def emergency_one(code: str) -> Emergency:
    """Raises NotFound."""
    return _found(await Emergency.objects().get(Emergency.code == code))


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
