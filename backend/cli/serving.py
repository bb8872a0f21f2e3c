"""Commands that serve or work, and those that make the database ready before."""

import contextlib
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer
from rich import box
from rich.table import Column, Table

import workers
from backend import database, demo, logs, server
from backend.accounts import queries as accounts
from backend.accounts.demo import DemoAccount
from backend.cli.ground import at_once, console, prepared
from backend.settings import settings

if TYPE_CHECKING:
    from backend.app import Lifespan

commands = typer.Typer()


@commands.command()
def run(
    demo_data: Annotated[
        bool | None, typer.Option("--demo/--no-demo", help="Load demo accounts and complaints first; without either: not in production.")
    ] = None,
) -> None:
    """Migrate, load demo data, serve with embedded workers. Ctrl-C stops."""
    with_demo = demo_data if demo_data is not None else not settings().production
    _refuse_known_passwords(with_demo=with_demo)
    logs.configure(settings().log_level)
    with server.alone(settings().data_dir), server.listening(settings().host, settings().port) as opened:
        known = at_once(_prepared(with_demo=with_demo))
        if known:
            _print_accounts(known)
        console.print(f"Data:   {settings().data_dir.resolve()}")
        _serve(opened, workers.embedded)


@commands.command()
def web() -> None:
    """Serve, and nothing else: as many of these as you like, on PostgreSQL. `sambat migrate` comes first, `sambat worker` works."""
    _refuse_sqlite("web")
    _refuse_demo()
    logs.configure(settings().log_level)
    with server.listening(settings().host, settings().port) as opened:
        _serve(opened, workers.ringing)


@commands.command()
def worker() -> None:
    """Do what follows from what has happened, and nothing else: as many of these as you like, on PostgreSQL."""
    _refuse_sqlite("worker")
    _refuse_demo()
    logs.configure(settings().log_level)
    console.print("Working  (Ctrl-C stops)")
    server.on_a_loop(workers.work())


@commands.command()
def migrate() -> None:
    """Bring the database to the shape this release needs, and seed the city's facts. Safe to repeat; of several one at a time."""
    at_once(_prepared(with_demo=False))
    console.print("The database is ready.")


@commands.command("demo")
def load_demo() -> None:
    """Load the demo accounts and complaints; what is there stays. Refused in production."""
    _refuse_known_passwords(with_demo=True)
    _print_accounts(at_once(_prepared(with_demo=True)))


async def _prepared(*, with_demo: bool) -> tuple[DemoAccount, ...]:
    known = await prepared(with_demo=with_demo)
    await _without_demo()
    return known


def _refuse_known_passwords(*, with_demo: bool) -> None:
    if with_demo and settings().production:
        raise server.CannotServe("demo accounts have a password everybody knows: there are none in production")


def _refuse_demo() -> None:
    """A database that does not answer yet was looked at when it was migrated."""
    with contextlib.suppress(*database.FAULTS):
        at_once(_looked_at())


async def _looked_at() -> None:
    database.bind(database.engine_for(settings().database))
    await _without_demo()


async def _without_demo() -> None:
    if settings().production and await accounts.has_demo():
        raise server.CannotServe("the database holds demo accounts, whose password everybody knows: production begins with one of its own")


def _refuse_sqlite(command: str) -> None:
    if urlsplit(settings().database).scheme == "sqlite":
        raise server.CannotServe(
            f"`sambat {command}` needs SAMBAT_DATABASE_URL=postgresql://…, because a SQLite file has one writer: "
            "`sambat run` serves and works in one process"
        )


def _serve(opened: socket.socket, beside: "Lifespan") -> None:
    console.print(f"Serving http://{settings().host}:{opened.getsockname()[1]}  (Ctrl-C stops)")
    server.serve(opened, beside)


def _print_accounts(accounts_known: Iterable[DemoAccount]) -> None:
    title = f"Demo, never with real data. Password of all: {demo.PASSWORD}"
    table = Table(Column("Sign in as", no_wrap=True), "Role", "OPD or unit", title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for account in accounts_known:
        role = f"{account.role}, head" if account.head else f"{account.role}, delegate" if account.acts_for else account.role
        table.add_row(account.email, role, account.agency or "")
    console.print(table)
