"""Everything a process does that also works: in the web process of the embedded default, or in one of its own."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from backend import database
from backend.database.sqlite import SQLiteEngine
from backend.jobs import queue
from backend.settings import settings
from workers import bell, broker, handlers, heart, scheduler
from workers.broker import Run


@asynccontextmanager
async def embedded() -> AsyncIterator[None]:
    """Relay, sweep and worker threads on the running loop, whose database is open. They end with the block, within two seconds."""
    if isinstance(database.current(), SQLiteEngine):
        await queue.forget_leases()
    async with working(handlers.run, settings().redis_url):
        yield


@asynccontextmanager
async def working(run: Run, redis_url: str) -> AsyncIterator[None]:
    """Let this loop `run` what is due. By Redis, where there is one, the work is shared with other processes; without it goes on."""
    async with broker.working(run, redis_url) as wake:
        with bell.hung(redis_url) if redis_url else nullcontext() as others:
            async with scheduler.running(wake, others.due if others else wake):
                yield


async def work() -> None:
    """Work, and nothing else, until somebody asks this process to stop."""
    asked_to_stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, asked_to_stop.set)
    async with database.opened(settings().database), embedded(), heart.beating():
        await asked_to_stop.wait()
