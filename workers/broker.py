"""Dramatiq: threads that are woken with a job's id and hand it to the loop on which the database lives.

Messages come from this process, and by Redis, where there is one, from any other. Either way a message is only a wake-up:
lost, late or doubled, the job table knows better. Dramatiq's own retries, age and time limits are therefore off.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from uuid import UUID

import dramatiq
import structlog
from dramatiq.broker import Broker
from dramatiq.brokers.stub import StubBroker
from dramatiq.common import dq_name

from backend import database
from backend.events import log

QUEUE = "default"
THREADS = 4
IDLE_MILLISECONDS = 200
GRACE_SECONDS = 0.8
STOP_SECONDS = 1.5
REDIS_SECONDS = 2
HEARTBEAT_MILLISECONDS = 10_000
MAINTENANCE_PER_MILLION = 100_000
"""With Redis' defaults the messages of a killed worker lie for minutes."""

Run = Callable[[UUID], Awaitable[None]]
Wake = Callable[[Collection[UUID]], None]

logger = structlog.get_logger(__name__)


class Message(StrEnum):
    """What may be sent: something happened, let the relay look; or a job is due."""

    RELAY = "relay"
    JOB = "job"


@asynccontextmanager
async def working(run: Run, redis_url: str = "") -> AsyncIterator[Wake]:
    """Worker threads that let this loop `run` each job they are woken for; gives what wakes those of this process.

    The ones that listen to Redis are others: they hang while it is away. At the end those at work have `GRACE_SECONDS`, then
    they are cancelled and let go of their job.
    """
    at_work: set[asyncio.Task[None]] = set()
    here = _own()
    started = [_started(broker, run, at_work) for broker in ([here, shared(redis_url)] if redis_url else [here])]
    try:
        yield lambda job_ids: send(here, Message.JOB, job_ids)
    finally:
        await asyncio.gather(*(_stop(worker, at_work) for worker in started))
        for worker in started:
            worker.broker.close()


def send(broker: Broker, message: Message, ids: Collection[UUID] = ()) -> None:
    """Send it, a job's once for each id. Raises `redis.RedisError`: a broker's own words for it are not used when something is sent."""
    for arguments in [(str(one),) for one in ids] if message == Message.JOB else [()]:
        broker.enqueue(dramatiq.Message(queue_name=QUEUE, actor_name=message, args=arguments, kwargs={}, options={}))


def shared(redis_url: str) -> Broker:
    """The broker all processes share. Nothing is opened yet; a connection that was closed meanwhile is tried once anew, a slow one never."""
    import redis  # noqa: PLC0415  (half a second of every start that the embedded default has no use for)
    from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415  (as above)
    from redis.backoff import NoBackoff  # noqa: PLC0415  (as above)
    from redis.retry import Retry  # noqa: PLC0415  (as above)

    for listener in (QUEUE, dq_name(QUEUE)):  # two traces each time they try a Redis that is away: the bell says so once
        logging.getLogger(f"dramatiq.worker.ConsumerThread({listener})").disabled = True
    once = Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,))
    return RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq leaves this one without types
        client=redis.Redis.from_url(redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS, retry=once),
        middleware=[],
        heartbeat_timeout=HEARTBEAT_MILLISECONDS,
        maintenance_chance=MAINTENANCE_PER_MILLION,
    )


def _own() -> Broker:
    return StubBroker(middleware=[])


def _started(broker: Broker, run: Run, at_work: set[asyncio.Task[None]]) -> dramatiq.Worker:
    """Threads that take the messages of this broker."""
    loop = asyncio.get_running_loop()

    async def tracked(job_id: UUID) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  (a coroutine given to a loop runs in a task)
        at_work.add(task)
        try:
            await run(job_id)
        except Exception as error:  # noqa: BLE001  (whatever it was, the sweep comes by again)
            say = logger.warning if database.is_away(error) else logger.exception
            say("job could not be started", job=str(job_id), error=type(error).__name__)
        finally:
            at_work.discard(task)

    def do_job(job_id: str) -> None:
        with suppress(CancelledError):
            asyncio.run_coroutine_threadsafe(tracked(UUID(job_id)), loop).result()

    def relay() -> None:
        loop.call_soon_threadsafe(log.ring)

    dramatiq.actor(broker=broker, actor_name=Message.JOB, queue_name=QUEUE)(do_job)
    dramatiq.actor(broker=broker, actor_name=Message.RELAY, queue_name=QUEUE)(relay)
    worker = dramatiq.Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_MILLISECONDS)
    worker.start()
    return worker


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
