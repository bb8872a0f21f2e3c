"""A trial in figures and sentences."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import quantiles

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from benchmarks.trial import Plan, Result, Watcher
from benchmarks.verdict import Promise

MOST_SHOWN = 5


@contextmanager
def watched(console: Console, plan: Plan) -> Iterator[Watcher]:
    """What shows how far a trial has come, while the block lasts."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        line = shown.add_task("", total=None)
        yield lambda what, result: shown.update(line, description=so_far(what, plan, result))


def so_far(what: str, plan: Plan, result: Result) -> str:
    """One line while it runs."""
    record = result.record
    kills = f" · {len(result.killed)} of {plan.kills} or more blows" if plan.kills else ""
    return f"{what}: {record.acknowledged}/{len(record.entries)} operations · {record.photos_whole}/{record.photos} photos{kills}"


def show(console: Console, plan: Plan, result: Result) -> None:
    """Figures first, then each promise."""
    house = "a city's installation" if plan.installed else "the embedded default"
    table = Table(title=f"{house}: {plan.phones} phones, {plan.kills} kills, seed {plan.seed}", show_header=False, title_justify="left")
    for name, value in _figures(result):
        table.add_row(name, value)
    console.print(table)
    for promise in result.promises:
        _show_promise(console, promise)
    console.print("[green]Every promise was kept.[/]" if result.kept else "[red]A promise was broken.[/]")


def _figures(result: Result) -> Iterator[tuple[str, str]]:
    record, kills = result.record, result.killed
    yield (
        "operations acknowledged",
        f"{record.acknowledged} of {len(record.entries)}, {record.acknowledged / max(result.sending, 1e-9):.1f}/s over {result.sending:.0f} s",
    )
    yield "sync latency", " · ".join(f"p{share} {seconds * 1000:.0f} ms" for share, seconds in _percentiles(record.latencies))
    yield (
        "photos",
        f"{record.photos_whole} of {record.photos}, {record.photos_whole / max(result.sending, 1e-9):.1f}/s; {record.pieces} pieces of ≤ 128 KiB",
    )
    yield "workers done after", f"{result.healing:.1f} s more"
    yield "answers", " · ".join(f"{status or 'none'}: {count}" for status, count in sorted(record.statuses.items()))
    if times := [count for told in result.pushed.values() for count in told.values()]:
        yield "pushes", f"{sum(times)} of {len(times)} messages, {sum(count > 1 for count in times)} of them twice"
    if result.traffic.lost or result.traffic.doubled:
        yield "on the lines", f"{result.traffic.lost} answers lost, {result.traffic.doubled} requests sent twice at once"
    if kills:
        struck = sum(kill.requests for kill in kills)
        yield (
            "restarts",
            f"{len(kills)}, ready again after {sum(kill.restart for kill in kills) / len(kills):.1f} s (longest {max(kill.restart for kill in kills):.1f})",
        )
        yield (
            "under way when killed",
            f"{struck} requests ({result.traffic.answered} answered all the same, {result.traffic.unanswered} not), {sum(kill.operations for kill in kills)} operations, at least {min(kill.operations for kill in kills)} each time",
        )
        if len(blows := Counter(kill.what for kill in kills)) > 1:
            yield "killed", " · ".join(f"{count} × {what}" for what, count in sorted(blows.items()))
        yield "sent again", f"{record.sent_again} operations; {record.duplicates} were there already, their acknowledgement unseen"


def _percentiles(seconds: Sequence[float]) -> list[tuple[int, float]]:
    if len(seconds) < 2:  # noqa: PLR2004  (of one there are no hundredths)
        return [(50, seconds[0])] if seconds else []
    cuts = quantiles(seconds, n=100)
    return [(share, cuts[share - 1]) for share in (50, 95, 99)]


def _show_promise(console: Console, promise: Promise) -> None:
    console.print(f"{'[red]✗[/]' if promise.broken else '[green]✓[/]'} {escape(promise.sentence)}", soft_wrap=True)
    for line in promise.broken[:MOST_SHOWN]:
        console.print(f"    {escape(line)}", soft_wrap=True)
    if len(promise.broken) > MOST_SHOWN:
        console.print(f"    … {len(promise.broken)} in all")
