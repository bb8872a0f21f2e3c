"""`make load`: many phones at once, and on demand a server that is killed under them. Ends with exit code 1 if a promise was broken."""

import asyncio
import signal
import sys
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from benchmarks import report, trial
from benchmarks.trial import Plan

SECONDS = 30.0
console = Console()


def main(
    *,
    phones: Annotated[int, typer.Option(min=1, help="How many phones.")] = 20,
    seconds: Annotated[float | None, typer.Option(min=0, help="How long they write, at least. [default: 30; 0 with kills]")] = None,
    kills: Annotated[
        int, typer.Option(min=0, help="How often the server is killed with -9 while operations are under way; 200 operations a kill.")
    ] = 0,
    pace: Annotated[float, typer.Option(min=0.001, help="Seconds between two complaints of one phone, on average.")] = 0.5,
    seed: Annotated[int, typer.Option(help="What is written, in which order, when the plug is pulled.")] = 1,
) -> None:
    """Phones report, the server may die, all is healed; then every promise is looked at."""
    plan = Plan(
        phones=phones,
        seconds=seconds if seconds is not None else 0 if kills else SECONDS,
        kills=kills,
        operations=kills * Plan().operations_per_kill,
        pace=pace,
        seed=seed,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the temporary data folder goes too
    with report.watched(console, plan) as watch, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(trial.run(plan, watch))
    report.show(console, plan, result)
    sys.exit(0 if result.kept else 1)


if __name__ == "__main__":
    typer.run(main)
