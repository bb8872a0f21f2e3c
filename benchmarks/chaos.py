"""`make chaos SEED=…`: a hundred phones on bad lines, while everything the house stands on is killed. Exit code 1 if a promise was broken.

`EMBEDDED=1`: the embedded default instead of a city's installation.
"""

import asyncio
import signal
import sys
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from benchmarks import report, trial
from benchmarks.compose import Habits
from benchmarks.houses import BLOWS
from benchmarks.line import Weather
from benchmarks.trial import Plan

WEATHER = Weather(lost=0.15, doubled=0.10)
HABITS = Habits(photos=(0.92, 0.06, 0.02))
PATIENCE = 150.0
"""Seconds: whoever held a job when it was killed is taken for dead after sixty."""

KILLS = sum(blow.kills for blow in BLOWS)

console = Console()


def main(
    *,
    seed: Annotated[int, typer.Option(help="What is written, in which order, what dies when.")] = 1,
    embedded: Annotated[bool, typer.Option("--embedded", help="One process on SQLite instead of the whole installation.")] = False,
    phones: Annotated[int, typer.Option(min=1, help="How many phones.")] = 100,
    operations: Annotated[int, typer.Option(min=1, help="How many complaints, at least.")] = 4200,
    kills: Annotated[int, typer.Option(min=0, help="How often somebody is killed.")] = KILLS,
    pace: Annotated[float, typer.Option(min=0.001, help="Seconds between two complaints of one phone, on average.")] = 3.0,
) -> None:
    """Phones report, their lines lose and double, everything dies and comes back; then every promise is looked at."""
    plan = Plan(
        phones=phones,
        seconds=0,
        kills=kills,
        operations=operations,
        operations_per_kill=operations // max(kills, 1),
        pace=pace,
        seed=seed,
        patience=PATIENCE,
        habits=HABITS,
        weather=WEATHER,
        installed=not embedded,
        pushed=True,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that nothing is left behind
    with report.watched(console, plan) as watch, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result = runner.run(trial.run(plan, watch))
    report.show(console, plan, result)
    sys.exit(0 if result.kept else 1)


if __name__ == "__main__":
    typer.run(main)
