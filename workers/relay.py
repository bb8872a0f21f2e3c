"""Turns what has happened into what is to be done: each event once, in the order of its commit."""

from backend import database
from backend.events import order
from backend.events.order import Happened
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import NewJob
from workers.reactions import REACTIONS

BATCH = 200


async def relay() -> bool:
    """Number a batch of events and put in the jobs that follow, in one transaction. True: there may be more."""
    if not await order.unnumbered():  # who only looks leaves the writer to others
        return False
    async with database.transaction():
        events = await order.number(BATCH)
        await queue.enqueue_all([_job(kind, event) for event in events for kind in REACTIONS[event.kind]])
    return len(events) == BATCH


def _job(kind: JobKind, event: Happened) -> NewJob:
    """Due since it happened; the time of somebody anonymous is a full hour there too."""
    arguments = {"event": str(event.id)}
    if event.subject is not None:
        arguments["subject"] = str(event.subject)
    return NewJob(kind=kind, arguments=arguments, dedupe_key=f"{kind}:{event.id}", run_at=event.at)
