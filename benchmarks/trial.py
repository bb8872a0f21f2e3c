"""One trial from beginning to end: phones write and send, somebody pulls the plug, all is healed, and what is there is looked at."""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

import msgspec

from benchmarks import kills, pictures, texts
from benchmarks.compose import Habits, Writer
from benchmarks.houses import Blow, Embedded, House, Installed
from benchmarks.kills import Kill, NothingUnderWay
from benchmarks.line import CALM, Door, Line, Traffic, Weather
from benchmarks.people import CITIZENS, MODERATORS, CannotSignIn, wish_mail
from benchmarks.phone import Phone
from benchmarks.pushes import CannotSubscribe, Service
from benchmarks.record import Record
from benchmarks.server import NONE, ROOT, CannotStart
from benchmarks.verdict import Promise, by_door, by_effect, by_file, by_log, by_record
from benchmarks.verdict.store import Store

CITIZENS_PHONE = 4
"""Every fourth phone is a signed-in citizen's."""
LISTENERS = (MODERATORS[0], *CITIZENS[:2])
"""Who has a browser that wants to be told, where pushes are counted."""
ORIGINS = "127.8.{}.{}"
"""Each phone comes from an address of its own, as limits count by address."""
LOOKS = 0.25


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried. At least `operations` and at least `seconds` of writing, and all `kills`; `patience` seconds without any progress are the end.

    `installed`: a city's whole installation, not the embedded default of the house in `house`. `pushed`: pushes are counted too.
    """

    phones: int = 20
    seconds: float = 30
    kills: int = 0
    operations: int = 0
    operations_per_kill: int = 200
    pace: float = 0.5
    seed: int = 1
    patience: float = 60
    habits: Habits = Habits()
    weather: Weather = CALM
    house: Path = ROOT
    installed: bool = False
    pushed: bool = False


class Result(msgspec.Struct, kw_only=True):
    """What came of it. `sending` are the seconds from the first word to the last acknowledged byte, `pushed` the pushes that were counted."""

    record: Record
    traffic: Traffic
    killed: list[Kill] = []
    sending: float = 0
    healing: float = 0
    pushed: by_effect.Pushed = {}
    promises: list[Promise] = []

    @property
    def kept(self) -> bool:
        """Every promise."""
        return bool(self.promises) and not any(promise.broken for promise in self.promises)


Watcher = Callable[[str, Result], None]


async def run(plan: Plan, watch: Watcher = lambda _, __: None) -> Result:
    """Try it. The house's folder, and with it every word that was sent, is gone at the end."""
    for motif in range(pictures.MOTIFS):
        pictures.motif(motif)
    result = Result(record=Record(), traffic=Traffic())
    async with AsyncExitStack() as beside:
        folder = Path(beside.enter_context(tempfile.TemporaryDirectory(prefix="sambat-load-", ignore_cleanup_errors=True)))
        pushes = await beside.enter_async_context(Service()) if plan.pushed else None
        settings = {"SAMBAT_EXTRA_PUSH_HOSTS": pushes.host} if pushes else NONE
        house: House = Installed(folder, settings) if plan.installed else Embedded(folder, plan.house, settings)
        beside.push_async_callback(house.close)
        watch("starting", result)
        await house.open()
        await _judged(plan, house, pushes, result, watch)
    return result


async def _judged(plan: Plan, house: House, pushes: Service | None, result: Result, watch: Watcher) -> None:
    before, door = await house.store.ids(), house.door
    phones = _phones(plan, door, result)
    for phone in phones:
        await phone.open()
    listeners = await _listeners(door, pushes) if pushes else []
    blows = kills.drawn(house.blows, plan.kills, random.Random(plan.seed))
    began = time.perf_counter()
    await _send(plan, house, blows, phones, result, watch)
    result.sending = time.perf_counter() - began
    watch("waiting for the workers", result)
    result.healing = await _healed(house.store, plan.patience)
    watch("asking at the door", result)
    result.promises = by_record.judge(result.record)
    if plan.kills:
        result.promises += kills.judge(len(blows), result.killed)
    try:
        result.promises += await by_door.judge(door, result.record)
    except CannotSignIn as error:
        result.promises.append(Promise("A moderator can sign in", [str(error)]))
    stopped = await house.stop()
    watch("reading what is stored", result)
    result.promises += await by_file.judge(house.store, before, result.record)
    result.pushed = pushes.counted(listeners) if pushes else {}
    result.promises += await by_effect.judge(house.store, result.record, result.pushed)
    result.promises.append(by_log.judge(house.log(own=True), house.log(own=False), result.record))
    result.promises.append(Promise("Asked to stop, it stops in order", stopped))


async def _send(plan: Plan, house: House, blows: list[Blow], phones: list[Phone], result: Result, watch: Watcher) -> None:
    """All phones, until nothing is left on them or nothing moves any longer."""
    enough = asyncio.Event()
    lives = [asyncio.create_task(phone.live(plan.pace, enough)) for phone in phones]
    chance = random.Random(plan.seed)
    spans = [chance.randrange(2 * plan.operations_per_kill) for _ in blows]
    hits = zip(blows, spans, strict=True)
    killer = asyncio.create_task(kills.pull_the_plug(house, hits, chance, result.record, result.traffic, result.killed))
    began = moved = time.perf_counter()
    steps = -1
    while not all(life.done() for life in lives):
        now = time.perf_counter()
        if killer.done() and killer.exception():
            break
        if steps != (steps := result.record.steps) or not house.up:
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
    if isinstance(fault, CannotStart | CannotSignIn | CannotSubscribe | NothingUnderWay):
        return str(fault)
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return f"{type(fault).__name__} at {at.tb_frame.f_code.co_qualname}:{at.tb_lineno}" if at else type(fault).__name__


def _phones(plan: Plan, door: Door, result: Result) -> list[Phone]:
    told = texts.load()
    made = []
    for number in range(plan.phones):
        chance = random.Random(f"{plan.seed} {number}")
        line = Line(
            door,
            result.traffic,
            result.record,
            weather=plan.weather,
            chance=random.Random(f"{plan.seed} {number} line"),
            origin=ORIGINS.format(number // 250, number % 250 + 1),
        )
        writer = Writer(number, told, plan.habits, chance)
        turn, of_a_guest = divmod(number, CITIZENS_PHONE)
        made.append(Phone(line, writer, result.record, chance, citizen="" if of_a_guest else CITIZENS[turn % len(CITIZENS)]))
    return made


async def _listeners(door: Door, pushes: Service) -> list[str]:
    """The accounts that have a browser of their own; the citizens get mails too."""
    line = Line(door, Traffic(), Record())
    try:
        for email in CITIZENS:
            await wish_mail(line, email)
        return [await pushes.subscribe(line, email) for email in LISTENERS]
    finally:
        await line.close()


async def _healed(store: Store, patience: float) -> float:
    """Wait until the workers have done all there is, or get nowhere; how long it took."""
    began = moved = time.perf_counter()
    left = -1
    while (now_left := await store.unfinished()) and time.perf_counter() - moved < patience:
        if now_left != left:
            left, moved = now_left, time.perf_counter()
        await asyncio.sleep(LOOKS)
    return time.perf_counter() - began
