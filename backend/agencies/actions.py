"""A manager changes the city's data: each change with its reason, never over somebody else's."""

from typing import TypeVar

import msgspec
from piccolo.columns import Varchar
from piccolo.table import Table

from backend import clock, database
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.agencies import checks, history, views
from backend.agencies.kinds import Subject
from backend.agencies.operations import CloseAgency, SaveAgency, SaveArea, SaveCategory, SaveElsewhere, SaveEmergency, Saving
from backend.agencies.refusals import ChangedMeanwhile
from backend.agencies.tables import Agency, Area, Category, Elsewhere, Emergency
from backend.errors import InvalidInput, NotFound

RowT = TypeVar("RowT", bound=Table)

CARRIED = frozenset({"code", "version", "reason"})


async def save_agency(actor: Actor, op: SaveAgency) -> None:
    """Change an OPD or a unit."""
    _allow(actor, Permission.EDIT_AGENCIES)
    async with database.transaction():
        row = await _locked(Agency, op.code)
        _refuse(checks.of_agency(op) | checks.of_place(op, await Agency.objects(), await _codes(Area.code)))
        await _save(actor, Subject.AGENCY, row, op)


async def open_agency(actor: Actor, op: SaveAgency) -> None:
    """A new OPD or unit: a reorganisation is a row."""
    _allow(actor, Permission.EDIT_AGENCIES)
    async with database.transaction():
        place = checks.of_place(op, await Agency.objects(), await _codes(Area.code))
        _refuse(checks.of_code(op.code, checks.AGENCY_CODE) | checks.of_agency(op) | place)
        await _open(actor, Subject.AGENCY, Agency(code=op.code), op)


async def close_agency(actor: Actor, op: CloseAgency) -> None:
    """Say which day is an OPD's last; without a day it goes on. Once it has ended, nothing may still lead to it."""
    _allow(actor, Permission.EDIT_AGENCIES)
    async with database.transaction():
        row = await _locked(Agency, op.code)
        leading = await Category.objects().where((Category.agency == op.code) | (Category.second_agency == op.code))
        units = await Agency.objects().where(Agency.parent == op.code)
        _refuse(checks.of_end(op, row, [*leading, *units], clock.day_of(clock.now())))
        await _save(actor, Subject.AGENCY, row, op)


async def save_category(actor: Actor, op: SaveCategory) -> None:
    """Change a category, switch it on or off. What must be sealed stays off."""
    _allow(actor, Permission.EDIT_CATEGORIES)
    async with database.transaction():
        row = await _locked(Category, op.code)
        if (op.agency, op.second_agency) != (row.agency, row.second_agency):
            _allow(actor, Permission.EDIT_ROUTING)
        today = clock.day_of(clock.now())
        _refuse(checks.of_category(op, {one.code for one in await Agency.objects() if not views.ended(one, today)}))
        await _save(actor, Subject.CATEGORY, row, op)


async def save_elsewhere(actor: Actor, op: SaveElsewhere) -> None:
    """Change a matter that is not the city's; confirm it, so that citizens see it."""
    _allow(actor, Permission.EDIT_ROUTING)
    async with database.transaction():
        _refuse(checks.of_elsewhere(op))
        await _save(actor, Subject.ELSEWHERE, await _locked(Elsewhere, op.code), op)


async def open_elsewhere(actor: Actor, op: SaveElsewhere) -> None:
    """A new matter that is not the city's."""
    _allow(actor, Permission.EDIT_ROUTING)
    async with database.transaction():
        _refuse(checks.of_code(op.code, checks.SLUG) | checks.of_elsewhere(op))
        await _open(actor, Subject.ELSEWHERE, Elsewhere(code=op.code), op)


async def save_emergency(actor: Actor, op: SaveEmergency) -> None:
    """Change what sounds like an emergency; without signs it never rings."""
    _allow(actor, Permission.EDIT_ROUTING)
    async with database.transaction():
        _refuse(checks.of_emergency(op))
        await _save(actor, Subject.EMERGENCY, await _locked(Emergency, op.code), op)


async def open_emergency(actor: Actor, op: SaveEmergency) -> None:
    """A new kind of emergency."""
    _allow(actor, Permission.EDIT_ROUTING)
    async with database.transaction():
        _refuse(checks.of_code(op.code, checks.SLUG) | checks.of_emergency(op))
        await _open(actor, Subject.EMERGENCY, Emergency(code=op.code), op)


async def save_area(actor: Actor, op: SaveArea) -> None:
    """Change a kelurahan's name or centre."""
    _allow(actor, Permission.IMPORT_AREAS)
    async with database.transaction():
        _refuse(checks.of_area(op))
        await _save(actor, Subject.AREA, await _locked(Area, op.code), op)


async def _save(actor: Actor, subject: Subject, row: Table, op: Saving) -> None:
    """Write what differs and its record; what already is so is nothing to change, whichever version was on the screen."""
    before, shown = history.row_of(row), history.version(row)
    after = before | _given(op)
    fields = [field for field in after if after[field] != before[field]]
    if not fields:
        return
    if op.version != shown:
        raise ChangedMeanwhile
    for field in fields:
        setattr(row, field, getattr(op, field))
    await row.save([type(row)._meta.get_column_by_name(field) for field in fields])  # noqa: SLF001  (Piccolo's own way to name a column)
    await history.record(actor, subject, op.code, before, after, op.reason.strip())


async def _open(actor: Actor, subject: Subject, row: Table, op: Saving) -> None:
    for field in _given(op):
        setattr(row, field, getattr(op, field))
    if not await type(row).insert(row).on_conflict(action="DO NOTHING"):
        raise InvalidInput({"code": checks.TAKEN})
    await history.record(actor, subject, op.code, {}, history.row_of(row), op.reason.strip())


def _given(op: Saving) -> history.Row:
    """What a form says of the row, as JSON has it."""
    return {field: value for field, value in msgspec.to_builtins(op).items() if field not in CARRIED}


def _allow(actor: Actor, permission: Permission) -> None:
    """The city's data is one: whoever may change it reaches all of it; for everybody else the page does not exist."""
    if actor.account is None or actor.reach(permission) != Reach.CITY:
        raise NotFound


async def _locked(table: type[RowT], code: str) -> RowT:
    row = await database.locked(table.objects().where(table._meta.primary_key == code)).first()  # noqa: SLF001  (Piccolo's own way to name the key)
    if row is None:
        raise NotFound
    return row


def _refuse(found: dict[str, str]) -> None:
    if found:
        raise InvalidInput(found)


async def _codes(column: Varchar) -> set[str]:
    return set(await column._meta.table.select(column).output(as_list=True))  # noqa: SLF001  (Piccolo's own way to name a column's table)
