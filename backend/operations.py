"""Operations: one transaction each, and only the first time. A copy gets the same answer, a stranger with its id none."""

import functools
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta

from backend import clock, database, metrics
from backend.actors.actor import Actor
from backend.database.sqlite import SQLiteEngine
from backend.errors import DomainError, InvalidInput
from backend.operation_table import OperationRow
from backend.words import N_, tr

LONGEST_SENTENCE = 500
ANOTHERS = N_("Kiriman ini milik akun lain. Masuklah dengan akun itu.")
REUSED = N_("Kiriman ini memakai nomor kiriman lain. Kirim ulang dari formulir.")
FIRST_YEAR, LAST_YEAR = 1970, 9000
"""What a phone's clock may say, however wrong it goes."""


class Operation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every operation of a phone carries.

    `id` is made by the phone (UUIDv7; UUIDv4 for somebody anonymous), `owner` is the account on whose behalf it was written
    (none: a guest), `occurred_at` the device's time, `claim` the key of a guest's complaint.
    """

    id: UUID
    owner: UUID | None = None
    occurred_at: Annotated[datetime, Meta(tz=True)] | None = None
    claim: Annotated[str, Meta(min_length=26, max_length=40)] | None = None

    def __post_init__(self) -> None:
        """A moment at the ends of time cannot be told in another zone."""
        if self.occurred_at is not None and not FIRST_YEAR <= self.occurred_at.year <= LAST_YEAR:
            raise ValueError("Object contains unreadable field `occurred_at`")


class Status(StrEnum):
    """What came of an operation."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    RETRY = "retry"


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """A promise to the citizen: `what` is answer, work or finish, `by` the day (YYYY-MM-DD, Malang)."""

    what: str
    by: str


class ComplaintReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """The complaint an operation was about, as its sender may see it."""

    id: UUID
    number: str
    status: str
    owed: tuple[Owed, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to one operation. `message` is a sentence for the person, `fields` one for each field that must be mended."""

    id: UUID
    status: Status
    code: str = ""
    message: Annotated[str, Meta(max_length=LONGEST_SENTENCE)] = ""
    fields: dict[str, str] | None = None
    complaint: ComplaintReceipt | None = None
    notice: str = ""


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """An operation as it may be counted: whose it was and what it said is not told. `digest`: SHA-256 of what was sent, in hex."""

    id: UUID
    kind: str
    digest: str
    status: Status


Op = TypeVar("Op", bound=Operation)
Action = Callable[[Actor, Op], Awaitable[Outcome]]


def operation(action: Action[Op]) -> Action[Op]:
    """Carry out `action` in one transaction with its row, exactly once; a refusal is an outcome too, and stored unless it may pass."""

    @functools.wraps(action)
    async def counted(actor: Actor, op: Op) -> Outcome:
        outcome = await once(actor, op)
        database.after_commit(functools.partial(metrics.operation, str(op.__struct_config__.tag), outcome.status))
        return outcome

    async def once(actor: Actor, op: Op) -> Outcome:
        if op.owner != actor.account:
            return _refused(op, "wrong_owner", ANOTHERS)
        async with database.joined():
            await _one_at_a_time(op.id)
            known = await OperationRow.objects().get(OperationRow.id == op.id)
            if known is not None:
                return _again(known, op)
            outcome, stored = await _attempt(action, actor, op)
            if stored:
                await database.insert(_row(op, outcome))
        return outcome

    return counted


async def stored(after: UUID | None, limit: int) -> list[Stored]:
    """What is stored, by id: the next `limit` after an id. The order tells nothing of when anything was sent."""
    query = OperationRow.select(OperationRow.id, OperationRow.kind, OperationRow.digest, OperationRow.status)
    rows = await (query.where(OperationRow.id > after) if after else query).order_by(OperationRow.id).limit(limit)
    return [Stored(**{**row, "status": Status(row["status"])}) for row in rows]


def digest(op: Operation) -> str:
    """What makes two sendings the same: SHA-256 of the operation in one order of fields, without the key that only proves."""
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(op, claim=None), order="deterministic")).hexdigest()


async def _attempt(action: Action[Op], actor: Actor, op: Op) -> tuple[Outcome, bool]:
    """The outcome, and whether a copy shall get it again. The effects of a refusal are undone; a conflict keeps what came with it."""
    try:
        async with database.transaction():
            return await action(actor, op), True
    except DomainError as refusal:
        status = Status.REJECTED if refusal.permanent else Status.RETRY
        fields = refusal.fields if isinstance(refusal, InvalidInput) else None
        outcome = Outcome(id=op.id, status=status, code=refusal.code, message=str(refusal)[:LONGEST_SENTENCE], fields=fields)
        return outcome, refusal.permanent and refusal.stored


def _refused(op: Operation, code: str, sentence: str) -> Outcome:
    return Outcome(id=op.id, status=Status.REJECTED, code=code, message=tr(sentence))


def _again(known: OperationRow, op: Operation) -> Outcome:
    if known.owner != op.owner:
        return _refused(op, "wrong_owner", ANOTHERS)
    if known.digest != digest(op):
        return _refused(op, "id_reused", REUSED)
    outcome = msgspec.json.decode(known.outcome, type=Outcome)
    return msgspec.structs.replace(outcome, status=Status.DUPLICATE) if outcome.status == Status.APPLIED else outcome


def _row(op: Operation, outcome: Outcome) -> OperationRow:
    anonymous = op.id.version == 4  # noqa: PLR2004  (UUID version; offline.md: anonymous ids hold no time)
    now = clock.now()
    return OperationRow(
        id=op.id,
        owner=op.owner,
        kind=op.__struct_config__.tag,
        digest=digest(op),
        status=outcome.status,
        outcome=msgspec.json.encode(outcome).decode(),
        at=clock.coarse(now) if anonymous else now,
    )


async def _one_at_a_time(operation_id: UUID) -> None:
    """Copies of one operation wait for each other. SQLite's one writer does it by itself."""
    if not isinstance(database.current(), SQLiteEngine):
        await OperationRow.raw("SELECT pg_advisory_xact_lock({})", operation_id.int % 2**63)
