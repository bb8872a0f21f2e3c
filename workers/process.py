"""Everything a process does that also works: in the web process of the embedded default, or in one of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend import database
from backend.database.sqlite import SQLiteEngine
from backend.jobs import queue
from backend.settings import settings
from workers import broker, handlers, scheduler


@asynccontextmanager
async def embedded() -> AsyncIterator[None]:
    """Relay, sweep and worker threads on the running loop, whose database is open. They end with the block, within two seconds."""
    if isinstance(database.current(), SQLiteEngine):
        await queue.forget_leases()
    async with broker.working(handlers.run, settings().redis_url) as wake, scheduler.running(wake):
        yield
