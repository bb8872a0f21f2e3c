"""The job table at work: put in once, held by one worker at a time, tried again later, given up aloud."""

import random
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import structlog
from piccolo.columns import Column
from piccolo.columns.combination import And, Where

from backend import clock, database
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job

LEASE = timedelta(seconds=60)
"""How long a worker may hold a job that is not done in one transaction; after that it is taken for dead."""
MOST_ATTEMPTS = 16
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(hours=1)
KEPT = timedelta(days=1)
LONGEST_ERROR = 200

Arguments = dict[str, str]

logger = structlog.get_logger(__name__)
_doorbells: list[Callable[[Collection[UUID]], None]] = []


class NewJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job to put in. `arguments` are ids and codes only; of two with the same `dedupe_key` one stays; `run_at` empty: now."""

    kind: JobKind
    arguments: Arguments
    dedupe_key: str | None = None
    run_at: datetime | None = None


class DueJob(NamedTuple):
    """A job that waits, after so many attempts."""

    id: UUID
    attempts: int


class HeldJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job this worker holds. `attempts` counts this one."""

    id: UUID
    kind: JobKind
    arguments: Arguments
    attempts: int


class TryLater(Exception):
    """What the job needs is away or busy. `after`: no sooner than that."""

    def __init__(self, reason: str, after: timedelta = timedelta()) -> None:
        super().__init__(reason)
        self.after = after


async def enqueue(kind: JobKind, arguments: Arguments, *, dedupe_key: str | None = None, run_at: datetime | None = None) -> UUID | None:
    """Put one job in, within the caller's transaction. None: its `dedupe_key` was there already."""
    new = await enqueue_all([NewJob(kind=kind, arguments=arguments, dedupe_key=dedupe_key, run_at=run_at)])
    return new[0] if new else None


async def enqueue_all(jobs: Collection[NewJob]) -> list[UUID]:
    """Put jobs in, within the caller's transaction, and wake the workers after COMMIT. Returns the ids of those that were new.

    Ids and times tell no moment, so that jobs of somebody anonymous cannot be laid beside a log of addresses.
    """
    if not jobs:
        return []
    now = clock.now()
    rows = [_row(job, now) for job in jobs]
    # RETURNING, because Piccolo gives the wrong ids to its objects once a row was not inserted.
    inserted = await Job.insert(*rows).on_conflict(target=Job.dedupe_key, action="DO NOTHING").returning(Job.id, Job.run_at)
    due = [row["id"] for row in inserted if row["run_at"] <= now]
    if due:
        database.after_commit(lambda: ring(due))
    return [row["id"] for row in inserted]


def on_ring(doorbell: Callable[[Collection[UUID]], None]) -> Callable[[], None]:
    """Call `doorbell` with the ids of jobs that became due in this process. Returns what takes it off again."""
    _doorbells.append(doorbell)
    return lambda: _doorbells.remove(doorbell)


def ring(job_ids: Collection[UUID]) -> None:
    """Wake the workers of this process. Nobody listening is no loss: the sweep finds what is due."""
    for doorbell in _doorbells:
        doorbell(job_ids)


async def due(limit: int) -> list[DueJob]:
    """Jobs nobody holds that should be done now, the longest waiting first."""
    rows = await Job.select(Job.id, Job.attempts).where(due_at(clock.now())).order_by(Job.run_at).limit(limit)
    return [DueJob(**row) for row in rows]


async def due_kind(job_id: UUID) -> JobKind | None:
    """What kind this job is; None when there is nothing to do about it now."""
    row = await Job.select(Job.kind).where(Job.id == job_id, due_at(clock.now())).first()
    return JobKind(row["kind"]) if row else None


async def claim_due(limit: int = 1, *, only: UUID | None = None) -> list[HeldJob]:
    """Take what is due, or that one if it is. Nobody else gets it before `LEASE` is over."""
    now = clock.now()
    wanted = due_at(now) if only is None else And(due_at(now), Job.id == only)
    rows = await database.claim(
        Job, wanted, {Job.leased_until: now + LEASE, Job.attempts: Job.attempts + 1}, order_by=Job.run_at, limit=limit
    )
    held = [
        HeldJob(id=row["id"], kind=JobKind(row["kind"]), arguments=msgspec.json.decode(row["arguments"]), attempts=row["attempts"])
        for row in rows
    ]
    # A job that kills its worker never comes to `retry`.
    for job in held:
        if job.attempts > MOST_ATTEMPTS:
            await _give_up(job, "the worker died of it")
    return [job for job in held if job.attempts <= MOST_ATTEMPTS]


async def done(job: HeldJob) -> None:
    """It is done; in the transaction of its effect where it has one."""
    await Job.update({Job.done_at: clock.coarse(clock.now()), Job.leased_until: None}).where(Job.id == job.id)


async def retry(job: HeldJob, error: Exception) -> None:
    """It did not work: later again, each time after a longer pause, or given up."""
    reason = short(error)
    if job.attempts >= MOST_ATTEMPTS:
        await _give_up(job, reason)
        return
    at_least = error.after if isinstance(error, TryLater) else timedelta()
    run_at = clock.now() + max(pause(job.attempts), at_least)
    logger.warning("job failed", job=str(job.id), kind=job.kind, attempts=job.attempts, error=reason)
    update = Job.update({Job.run_at: run_at, Job.leased_until: None, Job.attempts: job.attempts, Job.last_error: reason})
    await update.where(_still(job))


async def release(job: HeldJob) -> None:
    """Let it go untried: this worker is asked to stop."""
    await Job.update({Job.leased_until: None, Job.attempts: job.attempts - 1}).where(_still(job))


async def forget_leases() -> None:
    """At the start of the only process there is: whoever held a job is gone."""
    await Job.update({Job.leased_until: None}).where(Job.leased_until.is_not_null())


async def again(job_id: UUID) -> int:
    """Try once more what was given up, from its first attempt on. Returns how many that were: none where it is not given up."""
    return await _again(Job.id == job_id)


async def again_all(kind: str) -> int:
    """The same with all of a kind."""
    return await _again(Job.kind == kind)


async def remove_old() -> None:
    """Remove what has been done for a day. What was given up stays, to be looked at."""
    await Job.delete().where(Job.done_at < clock.now() - KEPT)


def due_at(now: datetime) -> And:
    """Not done, not given up, held by nobody, and its time has come."""
    unheld = Job.leased_until.is_null() | (Job.leased_until <= now)
    return And(And(Job.run_at <= now, unheld), And(Job.done_at.is_null(), Job.given_up_at.is_null()))


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time, and spread so that a thousand do not come back at once."""
    longest = min(FIRST_PAUSE * 2.0 ** (attempts - 1), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1)  # noqa: S311  (spreads load, guards nothing)


def short(error: Exception) -> str:
    """What went wrong, without the words of an exception, which may quote a person's."""
    reason = str(error) if isinstance(error, TryLater) else type(error).__qualname__
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f" ({at.tb_frame.f_globals.get('__name__', '?')}:{at.tb_lineno})" if at is not None else ""
    return f"{reason}{place}"[:LONGEST_ERROR]


async def _give_up(job: HeldJob, reason: str) -> None:
    logger.error("JOB GIVEN UP", job=str(job.id), kind=job.kind, attempts=job.attempts, error=reason)
    update = Job.update({Job.given_up_at: clock.now(), Job.leased_until: None, Job.attempts: job.attempts, Job.last_error: reason})
    await update.where(_still(job))


async def _again(which: Where) -> int:
    fresh: dict[Column | str, Any] = {Job.given_up_at: None, Job.leased_until: None, Job.attempts: 0, Job.run_at: clock.now()}
    async with database.transaction():
        rows = await Job.update(fresh).where(And(Job.given_up_at.is_not_null(), which)).returning(Job.id)
        database.after_commit(lambda: ring([row["id"] for row in rows]))
    return len(rows)


def _row(job: NewJob, now: datetime) -> Job:
    return Job(
        id=database.new_id(anonymous=True),
        kind=job.kind,
        arguments=msgspec.json.encode(job.arguments).decode(),
        dedupe_key=job.dedupe_key,
        run_at=job.run_at or now,
        created_at=clock.coarse(now),
    )


def _still(job: HeldJob) -> And:
    """Not done, and not taken by another since: then what this worker says no longer counts."""
    return And(And(Job.id == job.id, Job.attempts <= job.attempts), Job.done_at.is_null())
