"""`make bench`: measure, print one table, write it to build/bench.json."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from backend import logs
from benchmarks.bench import ground, shown
from benchmarks.bench.cost import cost
from benchmarks.bench.ground import ENGINES, Ground
from benchmarks.bench.ingest import ingest
from benchmarks.bench.lists import lists
from benchmarks.bench.rows import QUICK, Row, Sizes
from benchmarks.bench.single import single
from benchmarks.bench.standing import cold_start, memory_held

MEASUREMENTS: dict[str, Callable[[Ground, Sizes], Awaitable[list[Row]]]] = {
    "single": single,
    "cost": cost,
    "lists": lists,
    "photos": ingest,
    "memory": memory_held,
    "start": cold_start,
}
console = Console(width=None if sys.stdout.isatty() else 150)


def main(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Small sizes, to see that it runs: its figures say little.")] = False,
    only: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(MEASUREMENTS)}; may be given several times.")] = None,
    engine: Annotated[str, typer.Option(help="sqlite or postgresql; both without.")] = "",
) -> None:
    """Ours, the limit, the ratio."""
    logs.configure("warning")
    names = [name for name in MEASUREMENTS if not only or name in only]
    engines = [name for name in ENGINES if engine.lower() in {"", name.lower()}]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rows = runner.run(_measured(engines, names, QUICK if quick else Sizes()))
    shown.table(console, rows)
    console.print(f"Written to {shown.kept(rows, quick=quick)}")


async def _measured(engines: list[str], names: list[str], sizes: Sizes) -> list[Row]:
    rows = []
    for engine in engines:
        with ground.opened(engine) as made:
            for name in names:
                with console.status(f"{engine}: {name}"):
                    rows += await MEASUREMENTS[name](made, sizes)
    return rows


if __name__ == "__main__":
    typer.run(main)
