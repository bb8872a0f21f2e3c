"""A batch of a phone: its shape, and each operation carried out by itself, in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend import clock, database
from backend.actors.actor import NOBODY, Actor
from backend.complaints import queries
from backend.errors import NotSignedIn
from backend.forms import fields_of
from backend.operations import Operation, Outcome, Status
from backend.sync.registry import OPERATIONS, Queueable
from backend.words import N_, tr

PROTOCOL = 1
MOST_OPERATIONS = 100
MOST_CLAIMS = 50
TOGETHER = 20
"""Operations of one transaction: others wait for what it holds."""

Key = Annotated[str, Meta(min_length=26, max_length=40)]


class Batch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/sync`. `operations` stay raw here, so that one that cannot be read does not stop the others."""

    protocol: Annotated[int, Meta(extra_json_schema={"const": PROTOCOL})]
    sent_at: Annotated[datetime, Meta(tz=True)] | None = None
    device_id: UUID | None = None
    cursor: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0
    claims: Annotated[tuple[Key, ...], Meta(max_length=MOST_CLAIMS)] = ()
    operations: Annotated[tuple[msgspec.Raw, ...], Meta(max_length=MOST_OPERATIONS)] = ()


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A page to fetch again, and the position that made it so."""

    url: str
    version: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a phone hears: one outcome for each operation, in order, and what has changed since its cursor."""

    server_time: datetime
    outcomes: tuple[Outcome, ...]
    changed: tuple[Changed, ...]
    cursor: int
    more: bool


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """As much of an operation as can be read of one that does not fit."""

    id: UUID
    kind: str = ""


async def carry_out(actor: Actor, batch: Batch) -> Answer:
    """Every operation in order, each all or nothing. Raises `NotSignedIn` if one has an owner and nobody is signed in.

    Nor is somebody of the city who still owes the second factor: refused now, what waits on the phone would be lost.
    """
    read = [_read(raw) for raw in batch.operations]
    if (actor.account is None or actor.second_factor_missing) and any(isinstance(op, Operation) and op.owner for op in read):
        raise NotSignedIn
    proven = frozenset(await queries.proven([*batch.claims, *(op.claim for op in read if isinstance(op, Operation) and op.claim)]))
    outcomes = [
        outcome for few in range(0, len(read), TOGETHER) for outcome in await _carried_out(actor, proven, read[few : few + TOGETHER])
    ]
    changes, cursor, more = await queries.changed_since(actor.holding(proven), batch.cursor)
    return Answer(
        server_time=clock.now(),
        outcomes=tuple(outcomes),
        changed=_pages(changes),
        cursor=cursor,
        more=more,
    )


async def _carried_out(actor: Actor, proven: frozenset[UUID], read: Sequence[Operation | Outcome]) -> list[Outcome]:
    """In one transaction, so that the disk is waited for once. Where that cannot be, each in one of its own: then the others stand."""
    if len(read) > 1:
        try:
            async with database.transaction():
                return await _each(actor, proven, read)
        except database.FAULTS as fault:
            if database.is_away(fault):
                raise
    return await _each(actor, proven, read)


async def _each(actor: Actor, proven: frozenset[UUID], read: Sequence[Operation | Outcome]) -> list[Outcome]:
    return [op if isinstance(op, Outcome) else await OPERATIONS[type(op)](_on_behalf(op, actor, proven), op) for op in read]


def _read(raw: msgspec.Raw) -> Operation | Outcome:
    """An operation, or the refusal of one that is unknown or does not fit, by name."""
    try:
        op: Operation = msgspec.json.decode(raw, type=Queueable)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fields = fields_of(error)
        unread = msgspec.json.decode(raw, type=Unread)
        if unread.kind not in {struct.__struct_config__.tag for struct in OPERATIONS}:
            sentence = tr(N_("Kiriman “{kind}” tidak dikenal. Perbarui aplikasi.")).format(kind=unread.kind[:64])
            return Outcome(id=unread.id, status=Status.REJECTED, code="unknown_operation", message=sentence)
        return Outcome(id=unread.id, status=Status.REJECTED, code="invalid", message=" ".join(fields.values()), fields=fields)
    return op


def _on_behalf(op: Operation, actor: Actor, proven: frozenset[UUID]) -> Actor:
    """The account for what it owns; for a guest's operation nobody, with the keys that were proved."""
    return actor if op.owner is not None else NOBODY.holding(proven)


def _pages(changes: Sequence[tuple[UUID, int]]) -> tuple[Changed, ...]:
    pages = [Changed(url=f"/complaints/{complaint}", version=position) for complaint, position in changes]
    lists = [Changed(url=url, version=changes[-1][1]) for url in ("/complaints", "/work", "/")] if changes else []
    return (*pages, *lists)
