"""What runs by itself: the relay, the sweep that finds jobs whose wake-up was lost, and that of windows that end."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog

from backend import clock, database
from backend.events import log
from backend.jobs import queue
from backend.jobs.queue import DueJob
from backend.mail import actions as mail
from backend.notifications import actions as notifications
from backend.sla import actions as sla
from workers.broker import Wake
from workers.relay import relay

RELAY_SECONDS = 1.0
SWEEP_SECONDS = 1.5
SWEPT_AT_ONCE = 200
RING_AGAIN_SECONDS = 8.0
"""A job that was rung for may only be waiting its turn: so long it is not rung for again."""
CLOCK_SECONDS = 60.0
"""Windows end at midnight: what follows comes within a minute."""
CLEAN_SECONDS = 3600.0

logger = structlog.get_logger(__name__)


@asynccontextmanager
async def running(wake: Wake, share: Wake) -> AsyncIterator[None]:
    """Keep relay and sweep going on this loop until the block ends.

    Jobs that have just become due are for whoever hears of it by `share`; those the sweep finds are done here, by `wake`: that
    needs nobody else.
    """
    happened = asyncio.Event()
    sweep = Sweep(wake)
    tasks = [
        asyncio.create_task(repeat(relay, RELAY_SECONDS, happened), name="relay"),
        asyncio.create_task(repeat(sweep, SWEEP_SECONDS), name="sweep"),
        asyncio.create_task(repeat(_sweep_clocks, CLOCK_SECONDS), name="clocks"),
        asyncio.create_task(repeat(_clean, CLEAN_SECONDS), name="clean"),
    ]
    take_off = [log.on_ring(happened.set), queue.on_ring(share)]
    try:
        yield
    finally:
        for off in take_off:
            off()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def repeat(step: Callable[[], Awaitable[bool]], seconds: float, bell: asyncio.Event | None = None) -> None:
    """Do `step` now, whenever the bell rings, and every so many seconds; at once again while it says that there is more.

    A fault is told and the step tried again: a database that was away comes back.
    """
    bell = bell or asyncio.Event()
    while True:
        bell.clear()
        try:
            more = await step()
        except Exception as error:  # noqa: BLE001  (whatever it was, the next round may work)
            say = logger.warning if database.is_away(error) else logger.error
            say("a round failed", step=getattr(step, "__name__", "sweep"), error=queue.short(error))
            more = False
            await asyncio.sleep(seconds)
        if not more:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await bell.wait()


class Sweep:
    """Wakes for jobs that are due and were not woken for lately; remembers when it did."""

    def __init__(self, wake: Wake) -> None:
        self._wake = wake
        self._rung: dict[DueJob, float] = {}

    async def __call__(self) -> bool:
        """One round. Always False: the next one comes by the clock."""
        now = asyncio.get_running_loop().time()
        self._rung = {job: at for job, at in self._rung.items() if now - at < RING_AGAIN_SECONDS}
        silent = [job for job in await queue.due(SWEPT_AT_ONCE) if job not in self._rung]
        self._rung |= dict.fromkeys(silent, now)
        random.shuffle(silent)  # other workers see the same ones: not all begin with the first
        self._wake([job.id for job in silent])
        return False


async def _sweep_clocks() -> bool:
    return await sla.sweep(clock.now())


async def _clean() -> bool:
    await queue.remove_old()
    await mail.remove_old()
    await notifications.remove_old()
    return False
