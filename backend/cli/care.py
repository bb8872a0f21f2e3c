"""Commands of who looks after the house: what is wrong with it, a copy of all of it, and one put back."""

import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich import box
from rich.progress import Progress, TaskID
from rich.table import Column, Table
from rich.text import Text

from backend import database, logs, server
from backend.care import backup, doctor, restore
from backend.care.archive import CannotCopy, Manifest
from backend.care.findings import Finding, State
from backend.care.snapshot import Tell
from backend.cli.ground import at_once, console
from backend.settings import settings

commands = typer.Typer()

COLOURS = {State.GOOD: "green", State.LOOK: "yellow", State.WRONG: "bold red"}


@commands.command("doctor")
def examine(*, as_json: Annotated[bool, typer.Option("--json", help='As JSON: [{"what", "state", "how", "todo"}].')] = False) -> None:
    """Look at everything the house needs, and say what to do where something is wrong. Changes nothing. Exit code 1: something is wrong.

    state: good, look (it works, but somebody should know) or wrong.
    """
    logs.configure(settings().log_level)
    found = at_once(doctor.examine())
    if as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")
    else:
        console.print(_table(found))
    if any(finding.state == State.WRONG for finding in found):
        raise typer.Exit(1)


@commands.command("backup")
def back_up(
    file: Annotated[Path, typer.Argument(help="A new .tar; it is never written over.")],
    *,
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="The house's secret and push key too. Whoever has that file has the house.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Copy PostgreSQL table by table, even where pg_dump is there.")] = False,
) -> None:
    """Copy the database as it is now and every photo it names into one file, while people go on working.

    It holds everything people wrote: keep it as you keep the house. `sha256sum -c SHA256SUMS` checks what `tar x` took out.
    """
    manifest = _copying(lambda tell: backup.make(file, tell, with_secrets=with_secrets, plain=plain))
    _print_what(f"{file} ({file.stat().st_size:,} bytes)", manifest)
    if manifest.lost:
        console.print(f"[yellow]{len(manifest.lost)} photos have lost their files: sambat doctor names them.[/]")
    if not with_secrets:
        console.print("Not in it: the house's secret and push key. Keep them elsewhere, or sealed things stay sealed.")


@commands.command("restore")
def put_back(file: Annotated[Path, typer.Argument(help="A .tar that `sambat backup` made.")]) -> None:
    """Put a backup into an empty place: SQLite into SQLite, PostgreSQL into PostgreSQL. Every byte is checked first."""
    is_file = settings().database.startswith("sqlite")
    with server.alone(settings().data_dir) if is_file else nullcontext():
        manifest, told = _copying(lambda tell: restore.put_back(file, tell))
    _print_what(f"{file} is back", manifest)
    for sentence in told:
        console.print(f"[yellow]{sentence}[/]")


def _copying(work: Any) -> Any:  # noqa: ANN401  (what the work returns)
    """Do it with the database the settings name, and show how far it has come."""
    try:
        with _shown() as tell:
            return at_once(_on_the_database(work(tell)))
    except CannotCopy as error:
        sys.exit(f"sambat: {error}")


async def _on_the_database(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  (as above)
    database.bind(database.engine_for(settings().database))
    return await work


@contextmanager
def _shown() -> Iterator[Tell]:
    """To a person, not to a file."""
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)

        yield tell


def _print_what(title: str, manifest: Manifest) -> None:
    rows = {name: manifest.tables.get(name, 0) for name in ("complaint", "operation", "event", "account")}
    told = ", ".join(f"{count:,} {name}s" for name, count in rows.items())
    console.print(f"{title}: {told}, {manifest.photos:,} photos, as of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC ({manifest.how}).")


def _table(found: list[Finding]) -> Table:
    shown = Table(Column("What", no_wrap=True), Column("", no_wrap=True), "How it is", "What to do", box=box.SIMPLE_HEAD)
    for finding in found:
        shown.add_row(finding.what, Text(finding.state, COLOURS[finding.state]), Text(finding.how), Text(finding.todo))
    return shown
