"""The table, for a person and as JSON."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich import box
from rich.console import Console
from rich.table import Column, Table

from backend import clock
from benchmarks.bench.rows import Figure, Row
from benchmarks.server import ROOT

FILE = ROOT / "build" / "bench.json"
FINE, COARSE = 10, 100
"""Below the one a figure has two places, below the other one."""


def table(console: Console, rows: Sequence[Row]) -> None:
    """Medians, and in brackets the lowest and the highest round."""
    shown = Table(
        Column("What", ratio=3),
        "Engine",
        Column("Ours", justify="right"),
        Column("Limit", justify="right"),
        Column("Limit : ours", justify="right"),
        Column("Aim", justify="right", no_wrap=True),
        Column("The limit is", ratio=2),
        box=box.SIMPLE_HEAD,
        title=f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; median (lowest to highest round)",
        title_justify="left",
    )
    for row in rows:
        aim = "" if row.aim is None else f"{'[green]✓' if row.reached else '[red]✗'} ≥ {row.aim:g}[/]"
        shown.add_row(
            row.what,
            row.engine,
            f"{_told(row.ours)} {row.unit}",
            f"{_told(row.limit)} {row.unit}" if row.limit else "",
            _told(row.ratio) if row.ratio else "",
            aim,
            row.limit_is,
        )
    console.print(shown)


def kept(rows: Sequence[Row], *, quick: bool) -> Path:
    """The same with where and when it was measured."""
    found = {
        "measured_at": clock.now().isoformat(),
        "quick": quick,
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "rows": rows,
    }
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(found)))
    return FILE


def _told(figure: Figure) -> str:
    if figure.low == figure.high:
        return _number(figure.median)
    return f"{_number(figure.median)} ({_number(figure.low)} to {_number(figure.high)})"


def _number(value: float) -> str:
    return f"{value:.2f}" if value < FINE else f"{value:.1f}" if value < COARSE else f"{value:.0f}"
