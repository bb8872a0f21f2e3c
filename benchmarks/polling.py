"""What keeping a work list fresh costs: polling (as the app does) beside a stream of events, as ratios of one run.

`python -m benchmarks.polling`. Figures, no verdict: a machine's milliseconds are its own.
"""

import asyncio
import contextlib
import random
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer
import uvloop
from rich.console import Console
from rich.table import Table

from benchmarks import texts
from benchmarks.compose import Habits, Writer
from benchmarks.line import Door, Line, Traffic
from benchmarks.people import MODERATORS, sign_in
from benchmarks.record import Record
from benchmarks.server import Server, free_port
from benchmarks.wire import Wire

POLLS_A_MINUTE = 6
BEATS_A_MINUTE = 4
"""A silent stream says every 15 s that it is alive, or something on the way cuts it."""
ON_THE_LIST = 60
BEAT, EVENT = b":\n\n", b"event: changed\ndata: 0123456789abcdef\n\n"
CHANGES_A_MINUTE = (0, 1, 3, 6)
console = Console()


class Cost(NamedTuple):
    """Of one answer or event: bytes on the line, milliseconds of the server's processor."""

    size: float
    processor: float

    def times(self, count: float) -> "Cost":
        """So many of them."""
        return Cost(self.size * count, self.processor * count)

    def plus(self, other: "Cost") -> "Cost":
        """Both."""
        return Cost(self.size + other.size, self.processor + other.processor)


def main(
    *,
    polls: Annotated[int, typer.Option(min=10, help="How many answers of each kind are measured.")] = 150,
    viewers: Annotated[int, typer.Option(min=1, help="How many streams are open at once.")] = 50,
) -> None:
    """Measure, then print bytes and processor time per viewer and minute."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_measure(polls, viewers))


async def _measure(polls: int, viewers: int) -> None:
    async with _app() as server, _stream() as (stream, port):
        headers = await _fill(server)
        wire = await Wire.to(server.port)
        _, first = await wire.ask("GET", "/work", headers | {"Accept-Encoding": "identity"})
        [version, *_] = re.findall(r"version=([0-9a-f]+)", first.decode())
        unchanged = await _cost(server.pid, polls, lambda: _poll(wire, f"/work?version={version}", headers, 204), lambda: wire.count)
        whole = await _cost(server.pid, polls, lambda: _poll(wire, "/work", headers, 200), lambda: wire.count)
        beat, event = await _streamed(stream, port, viewers, polls, BEAT), await _streamed(stream, port, viewers, polls, EVENT)
    _show(unchanged, whole, beat, event)


async def _poll(wire: Wire, path: str, headers: dict[str, str], wanted: int) -> None:
    status, _ = await wire.ask("GET", path, headers | {"HX-Request": "true", "HX-Source": "div#work-list", "HX-Target": "div#work-list"})
    if status != wanted:
        sys.exit(f"{path.partition('?')[0]} answered {status}, not {wanted}")


async def _streamed(pid: int, port: int, viewers: int, times: int, words: bytes) -> Cost:
    """One event to one viewer, measured by sending many to many."""
    wires = [await Wire.to(port) for _ in range(viewers)]
    for wire in wires:
        await wire.say("GET", "/", {"Accept": "text/event-stream"})
        await wire.head()
        await wire.chunk()
    sender = await Wire.to(port)

    async def push() -> None:
        await sender.ask("POST", "/", {}, words)
        for wire in wires:
            await wire.chunk()

    cost = await _cost(pid, times, push, lambda: sum(wire.count for wire in wires))
    for wire in (*wires, sender):
        wire.close()
    return cost.times(1 / viewers)


async def _cost(pid: int, times: int, do: Callable[[], Awaitable[None]], count: Callable[[], int]) -> Cost:
    """Of doing it once; what the process does by itself meanwhile is taken off."""
    await do()
    idle = await _idle(pid)
    loop = asyncio.get_running_loop()
    began, used, size = loop.time(), _processor(pid), count()
    for _ in range(times):
        await do()
    own = idle * (loop.time() - began)
    return Cost((count() - size) / times, max(0.0, _processor(pid) - used - own) / times)


async def _idle(pid: int, seconds: float = 3.0) -> float:
    """Milliseconds a second that it uses while nobody asks."""
    used = _processor(pid)
    await asyncio.sleep(seconds)
    return (_processor(pid) - used) / seconds


def _processor(pid: int) -> float:
    """Milliseconds that all threads of a process have run."""
    return sum(int(thread.read_text().split()[0]) for thread in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e6


async def _fill(server: Server) -> dict[str, str]:
    """Complaints to look at, and a moderator's cookie."""
    line = Line(Door(server.address, trust=False), Traffic(), Record())
    writer = Writer(0, texts.OWN, Habits(anonymous=0, photos=(1, 0, 0)), random.Random(1))
    for _ in range(ON_THE_LIST):
        body = {"protocol": 1, "operations": [writer.write().body]}
        await line.ask("POST", "/api/sync", content=msgspec.json.encode(body), headers={"Content-Type": "application/json"})
    session = await sign_in(line, MODERATORS[0])
    await line.close()
    return session.headers


@contextlib.asynccontextmanager
async def _app() -> AsyncIterator[Server]:
    with tempfile.TemporaryDirectory(prefix="sambat-polling-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data")
        await server.start()
        try:
            yield server
        finally:
            await server.stop()


@contextlib.asynccontextmanager
async def _stream() -> AsyncIterator[tuple[int, int]]:
    """The stream's process and port."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.stream", str(port))
    for _ in range(200):
        with contextlib.suppress(OSError):
            (await Wire.to(port)).close()
            break
        await asyncio.sleep(0.05)
    try:
        yield process.pid, port
    finally:
        process.kill()
        await process.wait()


def _show(unchanged: Cost, whole: Cost, beat: Cost, event: Cost) -> None:
    each = Table("One", "Bytes on the line", "ms of the server's processor", title="Measured", title_justify="left")
    for name, cost in (
        ("poll, unchanged (204)", unchanged),
        ("poll, the whole list", whole),
        ("stream, sign of life", beat),
        ("stream, event", event),
    ):
        each.add_row(name, f"{cost.size:.0f}", f"{cost.processor:.3f}")
    console.print(each)
    ratios = Table(
        "Changes a minute",
        "Always the whole",
        "Polling",
        "Stream",
        "Polling : stream",
        "Polling : whole",
        title="Per viewer and minute",
        title_justify="left",
    )
    for changes in CHANGES_A_MINUTE:
        always = whole.times(POLLS_A_MINUTE)
        polling = unchanged.times(POLLS_A_MINUTE - changes).plus(whole.times(changes))
        stream = beat.times(BEATS_A_MINUTE).plus(event.plus(whole).times(changes))
        ratios.add_row(
            str(changes),
            *(f"{one.size:.0f} B\n{one.processor:.1f} ms" for one in (always, polling, stream)),
            _ratio(polling, stream),
            _ratio(polling, always),
        )
    console.print(ratios)
    console.print(
        "A change is followed by fetching the list either way; what the app would spend on noticing a change for a stream is not counted."
    )


def _ratio(one: Cost, other: Cost) -> str:
    return f"× {one.size / other.size:.2f} bytes\n× {one.processor / max(other.processor, 1e-6):.2f} ms"


if __name__ == "__main__":
    typer.run(main)
