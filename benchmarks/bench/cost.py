"""What a complaint costs the machine: processor time of every process it touches, and statements to the database."""

import asyncio
import time

from backend.jobs import queue
from benchmarks.bench import houses, raw, sql
from benchmarks.bench.ground import Ground, Place
from benchmarks.bench.houses import House
from benchmarks.bench.raw import Driver
from benchmarks.bench.rows import Pair, Row, Sizes, compared, figure, fixed
from benchmarks.bench.sending import Inside, Phone, Teller, phones
from benchmarks.bench.single import BATCH, DRIVERS
from workers import handlers
from workers.relay import relay

LEFT = """
SELECT (SELECT count(*) FROM event WHERE "position" IS NULL)
     + (SELECT count(*) FROM job WHERE done_at IS NULL AND given_up_at IS NULL)
"""
BEGIN_AND_COMMIT = 2


async def cost(ground: Ground, sizes: Sizes) -> list[Row]:
    """Processor time first, with nobody listening; then the statements, in this process."""
    return [*await _processor(ground, sizes), *await _statements(ground)]


async def _processor(ground: Ground, sizes: Sizes) -> list[Row]:
    bare, served = [await ground.fresh(f"cost_{name}") for name in ("bare", "served")]
    recorded = await raw.recorded(bare)
    rows = []
    async with raw.driver(bare, recorded, 1) as driver:
        with houses.standing(served) as house:
            [phone] = await phones(house.port, 1)
            for together, said in ((1, "one at a time"), (BATCH, f"{BATCH} in a batch")):
                spent, pairs = await _rounds(ground, sizes, _Told(house, served, phone, together), driver)
                what = f"processor time of a complaint, {said}, with all that follows"
                limit = f"{DRIVERS[ground.engine]}, {recorded.rows} rows in one transaction"
                rows.append(compared(what, ground.engine, "ms", pairs, limit))
                rows += [
                    Row(what=f"  of it {name}", engine=ground.engine, unit="ms", ours=figure([one[name] for one in spent]))
                    for name in (spent[0] if len(spent[0]) > 1 else ())
                ]
    return rows


class _Told:
    """A house that is told complaints, and is watched until all that follows is done."""

    def __init__(self, house: House, place: Place, phone: Phone, together: int) -> None:
        self._house = house
        self._place = place
        self._phone = phone
        self._together = together
        self._teller = Teller()

    async def spent(self, count: int) -> dict[str, float]:
        """Milliseconds a complaint by process; what each does by itself in such a time is taken off."""
        began, before = time.perf_counter(), self._ran()
        await self._teller.told([self._phone], count, self._together)
        while await _left(self._place):
            await asyncio.sleep(0.1)
        seconds, ran = time.perf_counter() - began, self._ran()
        await asyncio.sleep(seconds)
        idle = self._ran()
        return {name: max(0.0, (ran[name] - before[name] - (idle[name] - ran[name])) / count) for name in before}

    def _ran(self) -> dict[str, float]:
        ground = self._place.ground
        postgres = {"postgres": ground.pid} if ground.pid else {}
        return {name: houses.processor([pid]) for name, pid in (self._house.processes | postgres).items()}


async def _rounds(ground: Ground, sizes: Sizes, told: _Told, driver: Driver) -> tuple[list[dict[str, float]], list[Pair]]:
    async def bare() -> float:
        pids = [ground.pid] if ground.pid else []
        before = houses.processor(pids) + time.process_time() * 1000
        await driver.written(sizes.complaints)
        return (houses.processor(pids) + time.process_time() * 1000 - before) / sizes.complaints

    await told.spent(BATCH)
    await bare()
    spent, pairs = [], []
    for _ in range(max(2, sizes.rounds // 2)):
        spent.append(await told.spent(sizes.complaints))
        pairs.append(Pair(sum(spent[-1].values()), await bare()))
    return spent, pairs


async def _statements(ground: Ground) -> list[Row]:
    place = await ground.fresh("cost_statements")
    async with sql.overheard(place.url) as heard:
        teller, inside = Teller(), Inside()
        await teller.told([inside], 1)
        await _follow()
        rows = []
        for together, said in ((1, "alone"), (BATCH, f"of {BATCH} in a batch")):
            heard.forget()
            await teller.told([inside], BATCH, together)
            await asyncio.sleep(0)
            least = sum(one.writes for one in heard.asked) / BATCH + BEGIN_AND_COMMIT
            counted = len(heard.said) / BATCH
            limit = "rows written, BEGIN, COMMIT"
            rows.append(fixed(f"statements until a complaint {said} is acknowledged", ground.engine, "", [counted], least, limit))
            heard.forget()
            await _follow()
            await asyncio.sleep(0)
            rows.append(Row(what="  and for what follows", engine=ground.engine, unit="", ours=figure([len(heard.said) / BATCH])))
        return rows


async def _follow() -> None:
    """Relay and jobs, as the workers do them, until nothing is left."""
    while await relay():
        pass
    while due := await queue.due(BATCH):
        for job in due:
            await handlers.run(job.id)


async def _left(place: Place) -> int:
    """Events without a position and jobs that are not done."""
    [row] = await place.read(LEFT)
    return int(row[0])
