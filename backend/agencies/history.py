"""What was changed of the city's data, by whom, when and why; and the version that tells whether somebody else was faster."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from piccolo.columns import Column
from piccolo.table import Table

from backend import clock, database
from backend.actors.actor import Actor
from backend.agencies import labels
from backend.agencies.kinds import Subject
from backend.agencies.tables import Agency, Area, Category, Change, Elsewhere, Emergency

PAGE = 50
VERSION_LENGTH = 16

Row = dict[str, Any]
"""A row as JSON has it: field -> text, number, truth or nothing."""

TITLES: dict[str, tuple[type[Table], Column, Column]] = {
    Subject.AGENCY: (Agency, Agency.code, Agency.citizen_name),
    Subject.CATEGORY: (Category, Category.code, Category.name),
    Subject.ELSEWHERE: (Elsewhere, Elsewhere.code, Elsewhere.matter),
    Subject.EMERGENCY: (Emergency, Emergency.code, Emergency.code),
    Subject.AREA: (Area, Area.code, Area.name),
}
"""Table and key, and by which column people know a row."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field: what it was and what it became, as a person reads it."""

    field: str
    word: str
    before: str
    after: str


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """One change as it is shown. `new`: the row began with it."""

    id: UUID
    at: datetime
    name: str
    reason: str
    subject_word: str
    title: str
    url: str
    new: bool
    differences: list[Difference]


def row_of(row: Table) -> Row:
    """Every field of a row, as JSON has it."""
    plain: Row = msgspec.to_builtins(row.to_dict())
    return plain


def version(row: Table) -> str:
    """The same as long as nothing of the row has changed, whoever changed it and by whatever way."""
    return hashlib.sha256(msgspec.json.encode(row_of(row), order="sorted")).hexdigest()[:VERSION_LENGTH]


async def record(actor: Actor, subject: Subject, key: str, before: Row, after: Row, reason: str) -> None:
    """Write down what differs, in the transaction of the change."""
    fields = [field for field in after if before.get(field) != after[field]] if before else list(after)
    await Change.insert(
        Change(
            id=database.new_id(),
            subject=subject,
            key=key,
            before=_json({field: before[field] for field in fields if field in before}),
            after=_json({field: after[field] for field in fields}),
            reason=reason,
            account=actor.account,
            name=actor.name,
            at=clock.now(),
        )
    )


async def of(subject: Subject, key: str) -> list[ChangeView]:
    """The latest changes of one row, the newest first."""
    return await _views(
        await Change.objects().where(Change.subject == subject, Change.key == key).order_by(Change.id, ascending=False).limit(PAGE)
    )


async def latest(before: UUID | None = None) -> list[ChangeView]:
    """The latest changes of all, the newest first; a page ends with `PAGE` of them and goes on `before` the last."""
    query = Change.objects().order_by(Change.id, ascending=False).limit(PAGE)
    return await _views(await (query.where(Change.id < before) if before else query))


def differences(before: Mapping[str, object], after: Mapping[str, object], agency_names: Mapping[str, str]) -> list[Difference]:
    """Field by field, in the order of the words."""
    found = [
        Difference(
            field=field,
            word=labels.field_word(field),
            before=labels.told(field, before.get(field), agency_names),
            after=labels.told(field, value, agency_names),
        )
        for field, value in after.items()
        if (before[field] != value if field in before else value not in (None, "", False))
    ]
    return sorted(found, key=lambda each: each.word)


async def _views(changes: list[Change]) -> list[ChangeView]:
    if not changes:
        return []
    agency_names = {row["code"]: row["citizen_name"] for row in await Agency.select(Agency.code, Agency.citizen_name)}
    titles = await _titles({str(change.subject) for change in changes})
    return [_view(change, titles.get((change.subject, change.key), change.key), agency_names) for change in changes]


def _view(change: Change, title: str, agency_names: Mapping[str, str]) -> ChangeView:
    before, after = msgspec.json.decode(change.before, type=Row), msgspec.json.decode(change.after, type=Row)
    return ChangeView(
        id=change.id,
        at=change.at,
        name=change.name,
        reason=change.reason,
        subject_word=labels.SUBJECT_WORDS[change.subject],
        title=title,
        url=f"{labels.SUBJECT_ADDRESSES[change.subject]}/{change.key}",
        new=not before,
        differences=differences(before, after, agency_names),
    )


async def _titles(subjects: set[str]) -> dict[tuple[str, str], str]:
    """How people know the rows: one query for each of the (at most five) tables on the page."""
    titles: dict[tuple[str, str], str] = {}
    for subject in subjects:
        table, key, name = TITLES[subject]
        titles |= {(subject, row["key"]): row["name"] for row in await table.select(key.as_alias("key"), name.as_alias("name"))}
    return titles


def _json(row: Row) -> str:
    return msgspec.json.encode(row).decode()
