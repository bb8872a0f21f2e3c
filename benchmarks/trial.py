"""One trial from beginning to end: phones write and send, somebody pulls the plug, all is healed, and what is there is looked at."""

import asyncio
import contextlib
import random
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks import kills, pictures, texts
from benchmarks.compose import Habits, Writer
from benchmarks.kills import Kill, NothingUnderWay
from benchmarks.line import Line, Traffic
from benchmarks.people import CannotSignIn
from benchmarks.phone import Phone
from benchmarks.record import Record
from benchmarks.server import ROOT, CannotStart, Server
from benchmarks.verdict import Promise, by_door, by_file, by_record
from benchmarks.verdict.store import Store

CITIZENS_PHONE = 4
"""Every fourth phone is the signed-in citizen's."""
LOOKS = 0.25
ENDED_ITSELF = frozenset({0, -signal.SIGTERM})
"""uvicorn closes everything, then lets the signal have its way."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried. At least `operations` and at least `seconds` of writing, and all `kills`; `patience` seconds without any progress are the end."""

    phones: int = 20
    seconds: float = 30
    kills: int = 0
    operations: int = 0
    operations_per_kill: int = 200
    pace: float = 0.5
    seed: int = 1
    patience: float = 60
    habits: Habits = Habits()
    house: Path = ROOT


class Result(msgspec.Struct, kw_only=True):
    """What came of it. `sending` are the seconds from the first word to the last acknowledged byte."""

    record: Record
    traffic: Traffic
    killed: list[Kill] = []
    sending: float = 0
    healing: float = 0
    promises: list[Promise] = []

    @property
    def kept(self) -> bool:
        """Every promise."""
        return bool(self.promises) and not any(promise.broken for promise in self.promises)


Watcher = Callable[[str, Result], None]


async def run(plan: Plan, watch: Watcher = lambda _, __: None) -> Result:
    """Try it. The data folder, and with it every word that was sent, is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="sambat-load-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data", plan.house)
        for motif in range(pictures.MOTIFS):
            pictures.motif(motif)
        record = Record()
        result = Result(record=record, traffic=Traffic())
        try:
            watch("starting", result)
            await server.start()
            await _judged(plan, server, result, watch)
        finally:
            with contextlib.suppress(CannotStart, ProcessLookupError):
                server.kill()
                await server.gone()
        return result


async def _judged(plan: Plan, server: Server, result: Result, watch: Watcher) -> None:
    before = Store(server.data).ids()
    phones = _phones(plan, server, result)
    for phone in phones:
        await phone.open()
    began = time.perf_counter()
    await _send(plan, server, phones, result, watch)
    result.sending = time.perf_counter() - began
    watch("waiting for the workers", result)
    result.healing = await _healed(server, plan.patience)
    watch("asking at the door", result)
    result.promises = by_record.judge(result.record)
    if plan.kills:
        result.promises.append(kills.judge(plan.kills, result.killed))
    try:
        result.promises += await by_door.judge(server.address, result.record)
    except CannotSignIn as error:
        result.promises.append(Promise("A moderator can sign in", [str(error)]))
    stopped = await server.stop()
    watch("reading the file", result)
    result.promises += by_file.judge(server, before, result.record)
    result.promises.append(
        Promise("Asked to stop, it stops in order", [] if stopped in ENDED_ITSELF else [f"it had to be killed, or broke: {stopped}"])
    )


async def _send(plan: Plan, server: Server, phones: list[Phone], result: Result, watch: Watcher) -> None:
    """All phones, until nothing is left on them or nothing moves any longer."""
    enough = asyncio.Event()
    lives = [asyncio.create_task(phone.live(plan.pace, enough)) for phone in phones]
    chance = random.Random(plan.seed)
    spans = [chance.randrange(2 * plan.operations_per_kill) for _ in range(plan.kills)]
    killer = asyncio.create_task(kills.pull_the_plug(server, spans, chance, result.record, result.traffic, result.killed))
    began = moved = time.perf_counter()
    steps = -1
    while not all(life.done() for life in lives):
        now = time.perf_counter()
        if killer.done() and killer.exception():
            break
        if steps != (steps := result.record.steps) or not server.up:
            moved = now
        if killer.done() and now - began >= plan.seconds and len(result.record.entries) >= plan.operations:
            enough.set()
        if now - moved > plan.patience:
            break
        watch("writing and sending" if not enough.is_set() else "sending what is left", result)
        await asyncio.sleep(LOOKS)
    for task in (killer, *lives):
        task.cancel()
    ended = await asyncio.gather(killer, *lives, return_exceptions=True)
    result.record.surprises.extend(f"the trial itself: {_in_short(fault)}" for fault in ended if isinstance(fault, Exception))


def _in_short(fault: Exception) -> str:
    """What stopped a phone or the killer, without its words where they could be somebody's."""
    while isinstance(fault, ExceptionGroup):
        fault = fault.exceptions[0]
    if isinstance(fault, CannotStart | CannotSignIn | NothingUnderWay):
        return str(fault)
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return f"{type(fault).__name__} at {at.tb_frame.f_code.co_qualname}:{at.tb_lineno}" if at else type(fault).__name__


def _phones(plan: Plan, server: Server, result: Result) -> list[Phone]:
    told = texts.load()
    made = []
    for number in range(plan.phones):
        chance = random.Random(f"{plan.seed} {number}")
        line = Line(server.address, result.traffic, result.record)
        writer = Writer(number, told, plan.habits, chance)
        made.append(Phone(line, writer, result.record, chance, citizen=number % CITIZENS_PHONE == 0))
    return made


async def _healed(server: Server, patience: float) -> float:
    """Wait until the workers have done all there is, or get nowhere; how long it took."""
    began = moved = time.perf_counter()
    left = -1
    while (now_left := Store(server.data).unfinished()) and time.perf_counter() - moved < patience:
        if now_left != left:
            left, moved = now_left, time.perf_counter()
        await asyncio.sleep(LOOKS)
    return time.perf_counter() - began
