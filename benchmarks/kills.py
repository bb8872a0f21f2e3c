"""The plug is pulled at a moment nobody chose, while operations are under way."""

import asyncio
import random
import time
from collections.abc import Iterable, Sequence
from itertools import cycle, islice

import msgspec

from benchmarks.houses import Blow, House
from benchmarks.line import Traffic
from benchmarks.record import Record
from benchmarks.verdict.promise import Promise

LONGEST_WAIT = 30.0
LOOKS = 0.02


class Kill(msgspec.Struct, frozen=True):
    """What was under way when it came, and how many seconds later all was ready again. `fallen`: who went down with it, as nobody should."""

    requests: int
    operations: int
    restart: float
    what: str = "sambat run -9"
    fallen: tuple[str, ...] = ()


class NothingUnderWay(Exception):
    """Nobody sends any more: a kill now would prove nothing."""


def drawn(blows: Sequence[Blow], kills: int, chance: random.Random) -> list[Blow]:
    """So many kills of those a house knows, in an order nobody chose; what kills nobody comes in addition, as often as it stands there."""
    deadly = [blow for blow in blows if blow.kills]
    chosen = chance.sample(deadly, kills) if kills < len(deadly) else list(islice(cycle(deadly), kills))
    chosen += [blow for blow in blows if not blow.kills] if kills else []
    chance.shuffle(chosen)
    return chosen


async def pull_the_plug(
    house: House, blows: Iterable[tuple[Blow, int]], chance: random.Random, record: Record, traffic: Traffic, kills: list[Kill]
) -> None:
    """Hit and mend, each time when so many more operations have been acknowledged: a slow machine is hit no more often than a quick one."""
    for blow, span in blows:
        await _until_acknowledged(record, record.acknowledged + span)
        await _until_something_is_under_way(traffic, chance)
        requests, operations = len(traffic.under_way), traffic.operations
        house.hit(blow)
        traffic.strike()
        began = time.perf_counter()
        fallen = await house.mend(blow)
        kills.append(Kill(requests, operations, time.perf_counter() - began, blow.name, tuple(fallen)))


def judge(wanted: int, kills: list[Kill]) -> list[Promise]:
    """A kill between two requests would prove nothing."""
    missed = [f"{len(kills)} of {wanted} kills"] if len(kills) < wanted else []
    idle = [f"kill {number}: nothing was under way" for number, kill in enumerate(kills, 1) if kill.operations == 0]
    return [
        Promise("Each kill came while operations were under way", missed + idle),
        Promise("Nobody else went down with who was killed", [who for kill in kills for who in kill.fallen]),
    ]


async def _until_acknowledged(record: Record, count: int) -> None:
    """Where nothing is acknowledged any longer, another kill does not wait for it."""
    began = time.perf_counter()
    while record.acknowledged < count and time.perf_counter() - began < LONGEST_WAIT:
        await asyncio.sleep(LOOKS)


async def _until_something_is_under_way(traffic: Traffic, chance: random.Random) -> None:
    """Look at random moments: at the first one of a request a kill would always come before the COMMIT."""
    began = time.perf_counter()
    await asyncio.sleep(chance.uniform(0, LOOKS))
    while traffic.operations == 0:
        if time.perf_counter() - began > LONGEST_WAIT:
            raise NothingUnderWay("no operation was under way for half a minute; a kill would prove nothing")
        await asyncio.sleep(chance.uniform(0, LOOKS))
