"""THE TABLE of how each job is done, one line each, and the two ways of doing one so that nothing is lost with the process."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import NamedTuple
from uuid import UUID

import structlog

from backend import database
from backend.complaints import endings, photos
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import Arguments
from backend.mail import actions as mail
from backend.notifications import actions as notifications
from backend.notifications import subscriptions


class Way(Enum):
    """Rows: the effect and its "done" are one transaction. World: heavy, or outside; taken, committed, done, marked, so maybe twice."""

    ROWS = auto()
    WORLD = auto()


class Handler(NamedTuple):
    """How a kind of job is done."""

    way: Way
    do: Callable[[Arguments], Awaitable[None]]


HANDLERS: dict[JobKind, Handler] = {
    JobKind.ANNOUNCE: Handler(Way.ROWS, lambda job: notifications.announce(UUID(job["event"]))),
    JobKind.PUSH: Handler(Way.WORLD, lambda job: notifications.push(UUID(job["event"]), UUID(job["subscription"]))),
    JobKind.HAND_OVER: Handler(Way.ROWS, lambda job: notifications.hand_over(UUID(job["event"]))),
    JobKind.FORGET_BROWSERS: Handler(Way.ROWS, lambda job: subscriptions.forget_account(UUID(job["subject"]))),
    JobKind.PROCESS_PHOTO: Handler(Way.WORLD, lambda job: photos.process(UUID(job["subject"]))),
    JobKind.CLOCK_OVER: Handler(Way.ROWS, lambda job: endings.clock_over(UUID(job["subject"]))),
    JobKind.MAIL: Handler(Way.WORLD, lambda job: mail.deliver(UUID(job["mail"]))),
}

logger = structlog.get_logger(__name__)


async def run(job_id: UUID) -> None:
    """Do a job if it is due and nobody holds it: a wake-up may come twice, late, or for nothing.

    Every line logged meanwhile carries the job. A job without trouble is told only to who wants all: beside a proxy's log its
    moment would tell from which address somebody anonymous wrote.
    """
    kind = await queue.due_kind(job_id)
    if kind is None:
        return
    with structlog.contextvars.bound_contextvars(job=str(job_id), kind=str(kind)):
        match HANDLERS[kind]:
            case Handler(Way.ROWS, do):
                await _in_one_transaction(job_id, do)
            case Handler(Way.WORLD, do):
                await _held(job_id, do)
        logger.debug("job tried")


async def _in_one_transaction(job_id: UUID, do: Callable[[Arguments], Awaitable[None]]) -> None:
    job = None
    try:
        async with database.transaction():
            for job in await queue.claim_due(only=job_id):
                await do(job.arguments)
                await queue.done(job)
    except Exception as error:
        if job is None:
            raise
        await queue.retry(job, error)


async def _held(job_id: UUID, do: Callable[[Arguments], Awaitable[None]]) -> None:
    for job in await queue.claim_due(only=job_id):
        try:
            await do(job.arguments)
        except asyncio.CancelledError:
            await asyncio.shield(queue.release(job))
            raise
        except Exception as error:  # noqa: BLE001  (whatever it was: later again, or given up aloud)
            await queue.retry(job, error)
        else:
            await queue.done(job)
