"""The plug is pulled: -9 for the whole process group, at a moment nobody chose, while operations are under way."""

import asyncio
import random
import time
from collections.abc import Iterable

import msgspec

from benchmarks.line import Traffic
from benchmarks.record import Record
from benchmarks.server import Server
from benchmarks.verdict.promise import Promise

LONGEST_WAIT = 30.0
LOOKS = 0.02


class Kill(msgspec.Struct, frozen=True):
    """What was under way when it came, and how many seconds later the server was ready again."""

    requests: int
    operations: int
    restart: float


class NothingUnderWay(Exception):
    """Nobody sends any more: a kill now would prove nothing."""


async def pull_the_plug(
    server: Server, spans: Iterable[int], chance: random.Random, record: Record, traffic: Traffic, kills: list[Kill]
) -> None:
    """Kill and start again, each time when `spans` more operations have been acknowledged: a slow machine is killed no more often than a quick one."""
    for span in spans:
        await _until_acknowledged(record, record.acknowledged + span)
        await _until_something_is_under_way(traffic, chance)
        requests, operations = len(traffic.under_way), traffic.operations
        server.kill()
        traffic.strike()
        began = time.perf_counter()
        await server.gone()
        await server.start()
        kills.append(Kill(requests, operations, time.perf_counter() - began))


def judge(wanted: int, kills: list[Kill]) -> Promise:
    """A kill between two requests would prove nothing."""
    missed = [f"{len(kills)} of {wanted} kills"] if len(kills) < wanted else []
    idle = [f"kill {number}: nothing was under way" for number, kill in enumerate(kills, 1) if kill.operations == 0]
    return Promise("Each kill came while operations were under way", missed + idle)


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
