"""How the job table stands: what waits, and what was given up and waits for somebody to look at it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from piccolo.columns.combination import And
from piccolo.query.functions import Count

from backend import clock
from backend.jobs.queue import due_at
from backend.jobs.tables import Job

PAGE = 50


class Waiting(NamedTuple):
    """Jobs that should be done now, and since when the first of them should: of somebody anonymous since the full hour."""

    due: int
    since: datetime | None


class GivenUp(NamedTuple):
    """A job nobody tries any more. `kind` as it is stored: an older release may have known others; `error` is a code and a place."""

    id: UUID
    kind: str
    attempts: int
    at: datetime
    error: str


async def waiting() -> Waiting:
    """What a worker would take now."""
    now = clock.now()
    first = await Job.select(Job.run_at).where(due_at(now)).order_by(Job.run_at).first()
    return Waiting(int(await Job.count().where(due_at(now))), first["run_at"] if first else None)


async def given_up_by_kind() -> dict[str, int]:
    """How many of each kind were given up."""
    rows = await Job.select(Job.kind, Count()).where(Job.given_up_at.is_not_null()).group_by(Job.kind).order_by(Job.kind)
    return {row["kind"]: row["count"] for row in rows}


async def given_up(after: UUID | None = None) -> list[GivenUp]:
    """A page of them, the last one first; `after` goes on behind that one."""
    columns = (Job.id, Job.kind, Job.attempts, Job.given_up_at.as_alias("at"), Job.last_error.as_alias("error"))
    query = Job.select(*columns).where(Job.given_up_at.is_not_null())
    last = await Job.select(Job.given_up_at).where(Job.id == after, Job.given_up_at.is_not_null()).first() if after else None
    if last is not None:
        at = last["given_up_at"]
        query = query.where((Job.given_up_at < at) | And(Job.given_up_at == at, Job.id < after))
    rows = await query.order_by(Job.given_up_at, Job.id, ascending=False).limit(PAGE)
    return [GivenUp(**row) for row in rows]
