"""The doorbell between processes: what is committed here is told to the workers by Redis.

It promises nothing. To ring it costs the loop a word in a queue; a thread of its own speaks to Redis, which may be slow, away or
empty. Whatever is lost on the way, the workers find by looking.
"""

import threading
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from queue import Empty, SimpleQueue
from uuid import UUID

import structlog
from dramatiq.broker import Broker

from backend.events import log
from backend.jobs import queue
from backend.settings import settings
from workers.broker import QUEUE, Message, send, shared

TOGETHER_SECONDS = 0.02
"""What is rung for within this time is one ring."""
AWAY_SECONDS = 1.0
"""So long nobody knocks again at a Redis that did not answer."""
MOST_WAITING = 1000
"""Unanswered rings: more of them would only fill Redis while no worker runs."""

logger = structlog.get_logger(__name__)


class Bell:
    """Rings for a moment's events or for jobs that are due. Nothing of it waits or raises."""

    def __init__(self) -> None:
        self._rung: SimpleQueue[UUID | None] = SimpleQueue()
        self._ended = threading.Event()

    def happened(self) -> None:
        """Let a relay look."""
        self._rung.put(None)

    def due(self, job_ids: Collection[UUID]) -> None:
        """Let anybody do these."""
        for job_id in job_ids:
            self._rung.put(job_id)

    def carry(self, broker: Broker) -> None:
        """Tell the broker of each ring until the end: the work of the bell's thread."""
        import redis  # noqa: PLC0415  (half a second of every start that the embedded default has no use for)

        is_away = False
        while rung := self._heard():
            try:
                _tell(broker, rung)
            except redis.RedisError as error:
                if not is_away:
                    logger.warning("the doorbell is away; the workers look by themselves", error=type(error).__name__)
                is_away = True
                self._ended.wait(AWAY_SECONDS)
            else:
                if is_away:
                    logger.info("the doorbell is back")
                is_away = False
        broker.close()

    def end(self) -> None:
        """Ring no more. What was rung last may go unheard: nobody waits for a Redis."""
        self._ended.set()
        self._rung.put(None)

    def _heard(self) -> set[UUID | None]:
        """Everything rung for since; nothing at the end."""
        rung = {self._rung.get()}
        self._ended.wait(TOGETHER_SECONDS)
        with suppress(Empty):
            while True:
                rung.add(self._rung.get_nowait())
        return set() if self._ended.is_set() else rung


@contextmanager
def hung(redis_url: str) -> Iterator[Bell]:
    """A bell with its thread, until the block ends."""
    bell = Bell()
    threading.Thread(target=bell.carry, args=(shared(redis_url),), daemon=True, name="doorbell").start()
    try:
        yield bell
    finally:
        bell.end()


@asynccontextmanager
async def ringing() -> AsyncIterator[None]:
    """What is committed in this process is rung for, where the settings name a Redis."""
    if not settings().redis_url:
        yield
        return
    with hung(settings().redis_url) as bell:
        take_off = [log.on_ring(bell.happened), queue.on_ring(bell.due)]
        try:
            yield
        finally:
            for off in take_off:
                off()


def _tell(broker: Broker, rung: set[UUID | None]) -> None:
    if broker.do_qsize(QUEUE) >= MOST_WAITING:  # type: ignore[attr-defined]  # Redis' broker makes its commands up when asked
        return
    if None in rung:
        send(broker, Message.RELAY)
    send(broker, Message.JOB, [job_id for job_id in rung if job_id is not None])
