"""A complaint alone and in a batch, with HTTP and without, beside the bare driver writing the same rows."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

from backend import database
from benchmarks.bench import houses, raw
from benchmarks.bench.ground import Ground
from benchmarks.bench.raw import Driver
from benchmarks.bench.rows import Row, Sizes, compared, in_turn
from benchmarks.bench.sending import Inside, Sender, Teller, phones

AT_ONCE = 8
BATCH = 20
SINGLE_AIM, BATCH_AIM = 0.5, 4.0
DRIVERS = {"SQLite": "sqlite3", "PostgreSQL": "asyncpg"}


async def single(ground: Ground, sizes: Sizes) -> list[Row]:
    """Each kind of sending in turn with the driver; the house over HTTP works on a database of its own, and does there what follows too."""
    bare, inside, served = [await ground.fresh(f"single_{name}") for name in ("bare", "inside", "served")]
    recorded = await raw.recorded(bare)
    rows = []
    async with raw.driver(bare, recorded, AT_ONCE) as driver:
        async with database.opened(inside.url):
            rows += await _measured(ground, sizes, driver, "in process", [Inside() for _ in range(AT_ONCE)], recorded.rows)
        async with AsyncExitStack() as stack:
            house = stack.enter_context(houses.standing(served))
            senders = await phones(house.port, AT_ONCE)
            await asyncio.sleep(sizes.rest_seconds / 4)
            rows += await _measured(ground, sizes, driver, "by HTTP", senders, recorded.rows)
    return rows


async def _measured(ground: Ground, sizes: Sizes, driver: Driver, how: str, senders: Sequence[Sender], written: int) -> list[Row]:
    teller, count = Teller(), sizes.complaints
    bare = f"{DRIVERS[ground.engine]}, its {written} rows in one transaction"
    rows = []
    for together, said in ((1, "one at a time"), (AT_ONCE, f"{AT_ONCE} at once")):
        pairs = await in_turn(
            sizes.rounds,
            lambda together=together: teller.told(senders[:together], count),  # type: ignore[misc]  # bound for this round of the loop
            lambda together=together: driver.written(count, together),  # type: ignore[misc]  # as above
        )
        rows.append(compared(f"complaint {how}, {said}", ground.engine, "ms", pairs, bare, SINGLE_AIM))
    pairs = await in_turn(sizes.rounds, lambda: teller.told(senders[:1], count, BATCH), lambda: teller.told(senders[:1], count))
    rows.append(compared(f"complaint {how}, {BATCH} in a batch", ground.engine, "ms", pairs, "ours, one at a time", BATCH_AIM))
    return rows
