"""Dramatiq: threads that are woken with a job's id and hand it to the loop on which the database lives.

Without Redis the messages stay in this process, with Redis any worker process may take one. Either way a message is only
a wake-up: lost, late or doubled, the job table knows better. Dramatiq's own retries, age and time limits are therefore off.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import dramatiq
import structlog
from dramatiq.broker import Broker
from dramatiq.brokers.stub import StubBroker
from dramatiq.errors import BrokerConnectionError

THREADS = 4
IDLE_MILLISECONDS = 200
GRACE_SECONDS = 0.8
STOP_SECONDS = 1.5
REDIS_SECONDS = 2
HEARTBEAT_MILLISECONDS = 10_000
MAINTENANCE_PER_MILLION = 100_000
"""With Redis' defaults the messages of a killed worker lie for minutes."""

Wake = Callable[[Collection[UUID]], Awaitable[None]]

logger = structlog.get_logger(__name__)


@asynccontextmanager
async def working(run: Callable[[UUID], Awaitable[None]], redis_url: str) -> AsyncIterator[Wake]:
    """Worker threads that let this loop `run` each job they are woken for; gives what wakes them.

    At the end those at work have `GRACE_SECONDS`, then they are cancelled and let go of their job.
    """
    loop = asyncio.get_running_loop()
    broker = _broker(redis_url)
    at_work: set[asyncio.Task[None]] = set()

    async def tracked(job_id: UUID) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  (a coroutine given to a loop runs in a task)
        at_work.add(task)
        try:
            await run(job_id)
        except Exception:
            logger.exception("job could not be started", job=str(job_id))
        finally:
            at_work.discard(task)

    def do_job(job_id: str) -> None:
        with suppress(CancelledError):
            asyncio.run_coroutine_threadsafe(tracked(UUID(job_id)), loop).result()

    actor = dramatiq.actor(broker=broker)(do_job)

    def send(job_ids: Collection[UUID]) -> None:
        try:
            for job_id in job_ids:
                actor.send(str(job_id))
        except BrokerConnectionError:
            logger.warning("the broker is away; the sweep will wake the workers later")

    async def wake(job_ids: Collection[UUID]) -> None:
        """Off the loop: Redis may let us wait."""
        await asyncio.to_thread(send, job_ids)

    worker = dramatiq.Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_MILLISECONDS)
    worker.start()
    try:
        yield wake
    finally:
        await _stop(worker, at_work)
        broker.close()


async def _stop(worker: dramatiq.Worker, at_work: set[asyncio.Task[None]]) -> None:
    """Let the threads end while the loop still serves them; one that hangs on a dead Redis is left to the end of the process."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        worker.stop(timeout=int(STOP_SECONDS * 1000))
        with suppress(RuntimeError):  # the loop is gone already
            loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=stop, daemon=True, name="stop-workers").start()
    if not await _within(GRACE_SECONDS, stopped):
        for task in tuple(at_work):
            task.cancel()
        await _within(STOP_SECONDS - GRACE_SECONDS, stopped)


async def _within(seconds: float, event: asyncio.Event) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


def _broker(redis_url: str) -> Broker:
    if not redis_url:
        return StubBroker(middleware=[])
    import redis  # noqa: PLC0415  (half a second of every start that the embedded default has no use for)
    from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415  (as above)

    return RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq leaves this one without types
        client=redis.Redis.from_url(redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS),
        middleware=[],
        heartbeat_timeout=HEARTBEAT_MILLISECONDS,
        maintenance_chance=MAINTENANCE_PER_MILLION,
    )
