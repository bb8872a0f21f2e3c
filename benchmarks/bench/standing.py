"""What the house holds of the memory, and how long it takes to stand: on an empty folder, and the next time."""

import asyncio
import subprocess
import sys
import time

from benchmarks.bench import houses
from benchmarks.bench.ground import Ground
from benchmarks.bench.houses import House
from benchmarks.bench.ingest import Photographer
from benchmarks.bench.rows import Pair, Row, Sizes, compared, figure, fixed
from benchmarks.bench.sending import Teller, phones
from benchmarks.bench.single import AT_ONCE, BATCH
from benchmarks.server import ROOT, free_port

MOST_AT_REST = 200.0
LOOKS = 0.2


async def memory_held(ground: Ground, sizes: Sizes) -> list[Row]:
    """The embedded default, and on PostgreSQL web and worker apart too: at rest, under load, at rest again."""
    rows = []
    for together in (True, False) if ground.server else (True,):
        place = await ground.fresh(f"memory_{'one' if together else 'apart'}")
        with houses.standing(place, together=together) as house:
            await asyncio.sleep(sizes.rest_seconds)
            rows += [
                fixed(f"memory of `sambat {name}` at rest", ground.engine, "MiB", [held], MOST_AT_REST, "what was promised", 1)
                for name, held in house.memory().items()
            ]
            most = await _under_load(house, sizes, Photographer(place, house.port))
            await asyncio.sleep(sizes.rest_seconds)
            for said, held_by in (("under load, at most", most), ("at rest after it", house.memory())):
                rows += [
                    Row(what=f"  of `sambat {name}` {said}", engine=ground.engine, unit="MiB", ours=figure([held]))
                    for name, held in held_by.items()
                ]
    return rows


async def cold_start(ground: Ground, sizes: Sizes) -> list[Row]:
    """From the command to the first "ready", in turn with the least server there can be."""
    first, again = [], []
    for number in range(sizes.starts):
        place = await ground.empty(f"start_{number}")
        first.append(Pair(houses.seconds_to_start(place), _bare_seconds()))
        again.append(Pair(houses.seconds_to_start(place), _bare_seconds()))
    bare = "Litestar, one door, uvicorn, Piccolo"
    return [
        compared("first start: migrate, seed, serve", ground.engine, "s", first, bare),
        compared("every other start", ground.engine, "s", again, bare),
    ]


async def _under_load(house: House, sizes: Sizes, photographer: Photographer) -> dict[str, float]:
    """The most each process held while phones sent batches at once and a photo came."""
    senders = await phones(house.port, AT_ONCE)
    teller = Teller()
    work = asyncio.gather(*(photographer.shown() for _ in range(sizes.photos)), teller.told(senders, AT_ONCE * BATCH * sizes.rounds, BATCH))
    most: dict[str, float] = dict.fromkeys(house.processes, 0.0)
    while not work.done():
        for name, held in house.memory().items():
            most[name] = max(most[name], held)
        await asyncio.sleep(LOOKS)
    await work
    return most


def _bare_seconds() -> float:
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bench.bare", str(port)], cwd=ROOT)
    try:
        houses.until_ready(process, f"http://127.0.0.1:{port}/readyz")
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()
