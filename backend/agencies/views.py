"""The city's agencies as pages show them: with their units, found by words, and what one of them does. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from backend.agencies.hints import dialled, plain
from backend.agencies.kinds import Kind

if TYPE_CHECKING:
    from backend.agencies.tables import Agency, Category


class Tile(NamedTuple):
    """One of the eight tiles: what is offered under it, and what is not yet (`Category.contacts` says whom to turn to)."""

    name: str
    icon: str
    categories: "list[Category]"
    closed: "list[Category]"


class Branch(NamedTuple):
    """An OPD and the units under it."""

    agency: "Agency"
    units: "list[Agency]"


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An agency to go to: its code and the name citizens read."""

    code: str
    name: str


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A category that goes to an agency, with its icon."""

    code: str
    name: str
    icon: str


class AgencyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody may know of an agency. What nobody has confirmed is empty; an abbreviation stands once, in brackets.

    `contact`: line by line, each with the number to dial (empty where it holds none).
    """

    code: str
    title: str
    duties_in_short: str
    official_name: str
    abbreviation: str
    duties: str
    address: str
    contact: tuple[tuple[str, str], ...]
    valid_from: date | None
    valid_until: date | None
    ended: bool
    above: Named | None
    units: tuple[Named, ...]
    categories: tuple[Topic, ...]


def tree(agencies: "Iterable[Agency]") -> list[Branch]:
    """By the names citizens read; a unit whose OPD is not among them stands by itself."""
    rows = sorted(agencies, key=by_name)
    codes = {row.code for row in rows}
    units: defaultdict[str, list[Agency]] = defaultdict(list)
    for row in rows:
        if row.parent in codes:
            units[row.parent].append(row)
    return [Branch(row, units[row.code]) for row in rows if row.parent not in codes]


def searched(branches: Iterable[Branch], words: str, topics: Mapping[str, str]) -> list[Branch]:
    """Those in which every word is found, whole or begun: an OPD with all its units, or with the units alone that fit.

    `topics`: code -> words of the categories that go there.
    """
    wanted = plain(words).split()
    if not wanted:
        return list(branches)
    found = []
    for agency, units in branches:
        fitting = [unit for unit in units if _fits(unit, wanted, topics)]
        if _fits(agency, wanted, topics):
            found.append(Branch(agency, fitting or units))
        elif fitting:
            found.append(Branch(agency, fitting))
    return found


def facts(agency: "Agency", family: "Iterable[Agency]", categories: "Iterable[Category]", today: date) -> AgencyFacts:
    """`family`: those above and below that may be shown."""
    title, _, duties_in_short = agency.citizen_name.partition(" – ")
    near = sorted(family, key=by_name)
    return AgencyFacts(
        code=agency.code,
        title=title,
        duties_in_short=duties_in_short,
        official_name=agency.name,
        abbreviation=abbreviation(agency),
        duties=agency.duties if agency.confirmed else "",
        address=agency.address if agency.contact_confirmed else "",
        contact=tuple((line, dialled(line)) for line in agency.contact.splitlines()) if agency.contact_confirmed else (),
        valid_from=agency.valid_from,
        valid_until=agency.valid_until,
        ended=ended(agency, today),
        above=next((_named(one) for one in near if one.code == agency.parent), None),
        units=tuple(_named(one) for one in near if one.parent == agency.code),
        categories=tuple(Topic(code=category.code, name=category.name, icon=category.icon) for category in categories),
    )


def abbreviation(agency: "Agency") -> str:
    """What an OPD is called in offices, where that says more than its name."""
    is_one = agency.kind == Kind.AGENCY and agency.code.casefold() not in agency.name.casefold()
    return agency.code if is_one else ""


def ended(agency: "Agency", today: date) -> bool:
    """Was its last day before today?"""
    return agency.valid_until is not None and agency.valid_until < today


def by_name(agency: "Agency") -> str:
    """The order in which people look for a name, the same on every database."""
    return agency.citizen_name.casefold()


def _fits(agency: "Agency", wanted: list[str], topics: Mapping[str, str]) -> bool:
    told = plain(
        " ".join((agency.citizen_name, agency.name, agency.code, agency.duties if agency.confirmed else "", topics.get(agency.code, "")))
    )
    return all(f" {word}" in told for word in wanted)


def _named(agency: "Agency") -> Named:
    return Named(code=agency.code, name=agency.citizen_name)
