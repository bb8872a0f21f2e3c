"""Complaints on their way into the house: as a phone sends them, one batch after the other, and the same without HTTP."""

import asyncio
import random
import time
from collections.abc import Coroutine, Sequence
from typing import Any, Protocol

import msgspec

from backend.actors.actor import NOBODY
from backend.sync.batch import Batch, carry_out
from benchmarks import texts
from benchmarks.bench.caller import Caller
from benchmarks.compose import Habits, Writer

HABITS = Habits(anonymous=0, photos=(1, 0, 0))
TAKEN = 200
JSON = {"Content-Type": "application/json"}


class Refused(Exception):
    """A complaint was not taken as it should be; there is nothing to measure."""


class Sender(Protocol):
    """Somebody who tells complaints."""

    async def send(self, operations: Sequence[dict[str, Any]]) -> None:
        """A batch. Raises `Refused`."""


class Phone:
    """A guest's phone on one connection that stays open as long as it is used, with the cursor of its last answer."""

    def __init__(self, port: int) -> None:
        self._caller = Caller(port)
        self._cursor = 0

    async def send(self, operations: Sequence[dict[str, Any]]) -> None:
        """`POST /api/sync`."""
        body = msgspec.json.encode({"protocol": 1, "cursor": self._cursor, "operations": operations})
        status, answer = await self._caller.ask("POST", "/api/sync", JSON | {"Accept-Encoding": "identity"}, body)
        if status != TAKEN:
            raise Refused(f"HTTP {status}")
        self._cursor = _heard(msgspec.json.decode(answer))


class Inside:
    """The same in this process: the batch is read and carried out, and its answer written, without server, routing and line."""

    def __init__(self) -> None:
        self._cursor = 0

    async def send(self, operations: Sequence[dict[str, Any]]) -> None:
        """What the door does."""
        body = msgspec.json.encode({"protocol": 1, "cursor": self._cursor, "operations": operations})
        answer = msgspec.json.encode(await carry_out(NOBODY, msgspec.json.decode(body, type=Batch)))
        self._cursor = _heard(msgspec.json.decode(answer))


class Teller:
    """Writes complaints, no two alike."""

    def __init__(self) -> None:
        self._writer = Writer(0, texts.OWN, HABITS, random.Random(1))

    async def told(self, senders: Sequence[Sender], count: int, together: int = 1) -> float:
        """Milliseconds a complaint: `count` of them, `together` in a batch, shared by the senders, who send at once."""
        batches = [[self._writer.write().body for _ in range(together)] for _ in range(count // together)]

        async def all_of(sender: Sender, own: list[list[dict[str, Any]]]) -> None:
            for batch in own:
                await sender.send(batch)

        shares = [batches[number :: len(senders)] for number in range(len(senders))]
        return await at_once([all_of(sender, own) for sender, own in zip(senders, shares, strict=True)], len(batches) * together)


async def at_once(work: Sequence[Coroutine[Any, Any, None]], count: int) -> float:
    """Milliseconds of each of `count` things that these do together."""
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for one in work:
            group.create_task(one)
    return (time.perf_counter() - began) * 1000 / count


async def phones(port: int, count: int) -> list[Phone]:
    """So many, none behind with its news."""
    made = [Phone(port) for _ in range(count)]
    for phone in made:
        await phone.send([])
    return made


def _heard(answer: dict[str, Any]) -> int:
    """The new cursor. Raises `Refused` where an operation was not applied."""
    for outcome in answer["outcomes"]:
        if outcome["status"] != "applied":
            raise Refused(f"{outcome['status']}: {outcome.get('code')}")
    return int(answer["cursor"])
