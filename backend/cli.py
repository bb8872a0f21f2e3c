"""`sambat`: run the app, prepare its database, look at its settings and permissions, open accounts."""

import asyncio
import sys
from collections.abc import Coroutine, Iterable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
import typer
from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

import workers
from backend import database, demo, logs, seeds, server
from backend.accounts import opening, second_factor
from backend.accounts.demo import DemoAccount
from backend.accounts.opening import Asked
from backend.actors import permissions
from backend.actors.permissions import Reach, Role
from backend.errors import DomainError
from backend.settings import PREFIX, Settings, settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Sambat Rene Ker: citizens complain, the city answers.")
console = Console()

T = TypeVar("T")

SECRET = frozenset({"secret_key", "database_url", "redis_url", "mail_url"})


@app.command()
def run(
    demo_data: Annotated[bool, typer.Option("--demo/--no-demo", help="Load demo accounts and complaints first.")] = True,  # noqa: FBT002  (typer's way to declare a flag)
) -> None:
    """Migrate, load demo data, serve with embedded workers. Ctrl-C stops."""
    logs.configure(settings().log_level)
    with server.alone(settings().data_dir), server.listening(settings().host, settings().port) as socket:
        known = _run(_prepare(with_demo=demo_data))
        if known:
            _print_accounts(known)
        console.print(f"Data:   {settings().data_dir.resolve()}")
        console.print(f"Serving http://{settings().host}:{socket.getsockname()[1]}  (Ctrl-C stops)")
        server.serve(socket, workers.embedded)


@app.command()
def migrate() -> None:
    """Bring the database to the shape this release needs, and seed the city's facts. Safe to repeat; one at a time."""
    _run(_prepare(with_demo=False))
    console.print("The database is ready.")


@app.command("demo")
def load_demo() -> None:
    """Load the demo accounts and complaints; what is there stays."""
    _print_accounts(_run(_prepare(with_demo=True)))


@app.command("settings")
def show_settings() -> None:
    """List every setting with its value and meaning. Secrets are masked."""
    table = Table("Setting", "Value", "Meaning")
    types = {field.name: field for field in msgspec.inspect.type_info(Settings).fields}  # type: ignore[attr-defined]  # a struct has fields
    for name, field in types.items():
        value = getattr(settings(), name)
        meaning = (getattr(field.type, "extra_json_schema", None) or {}).get("description", "")
        table.add_row(f"{PREFIX}{name.upper()}", "••••" if name in SECRET and value else str(value), meaning)
    console.print(table)


@app.command("permissions")
def show_permissions(
    *,
    as_json: Annotated[bool, typer.Option("--json", help='As JSON: {"permissions": {permission: {role: reach}}}.')] = False,
) -> None:
    """Who may do what, and how far: none, own, assigned, agency (with its units) or city. Needs no database."""
    table = permissions.exported()["permissions"]
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode({"permissions": table}), indent=2).decode())
        return
    shown = Table(Column("Permission", no_wrap=True), *(Column(role, overflow="fold") for role in Role), box=box.SIMPLE_HEAD, padding=0)
    for permission, reaches in table.items():
        shown.add_row(permission, *("–" if reaches[role] == Reach.NONE.name.lower() else reaches[role] for role in Role))
    console.print(shown)


@app.command("create-user")
def create_user(  # noqa: PLR0913  (an option each)
    name: Annotated[str, typer.Argument(help="The person's name.")],
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    role: Annotated[Role, typer.Argument(help="What the person is; a citizen needs no more than an account.")],
    *,
    agency: Annotated[str | None, typer.Option(help="Code of the OPD or unit, for officer and agency_admin.")] = None,
    head: Annotated[bool, typer.Option("--head", help="Head of the OPD (agency_admin only).")] = False,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of the role; without, until it is ended.")] = None,
    acts_for: Annotated[str, typer.Option(metavar="EMAIL", help="The secretary a delegate acts for (role secretary, with --until).")] = "",
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="At least 10 characters; asked for when not given.")
    ] = "",
) -> None:
    """Open an account with a role from today on, at once: here nobody has to confirm. What does not fit is a sentence and exit code 1."""
    last_day = until.date() if until else None
    _run(_with_database(opening.at_the_console(name, email, password, Asked(role, agency, head, last_day, acts_for))))
    console.print(f"{email} can sign in.")


@app.command("remove-second-factor")
def remove_second_factor(email: Annotated[str, typer.Argument(help="The address the person signs in with.")]) -> None:
    """Take a lost second factor away from somebody you have recognised. Before any work they set up a new one."""
    _run(_with_database(second_factor.clear_lost(email)))
    console.print(f"{email} sets up a new second factor at the next sign-in.")


def main() -> None:
    """The console script. A refusal is a sentence and exit code 1; a wrong setting is named."""
    try:
        app()
    except msgspec.ValidationError as error:
        sys.exit(f"sambat: a setting does not fit: {error}")
    except (DomainError, server.CannotServe) as error:
        sys.exit(f"sambat: {error}")


async def _prepare(*, with_demo: bool) -> tuple[Any, ...]:
    engine = database.engine_for(settings().database)
    await database.migrate(engine)
    await seeds.plant()
    return await demo.load(_counted) if with_demo else ()


async def _with_database(work: Coroutine[Any, Any, Any]) -> None:
    await _prepare(with_demo=False)
    await work


def _run(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  (what the work returns)
    return asyncio.run(work)


def _print_accounts(accounts_known: Iterable[DemoAccount]) -> None:
    title = f"Demo, never with real data. Password of all: {demo.PASSWORD}"
    table = Table(Column("Sign in as", no_wrap=True), "Role", "OPD or unit", title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for account in accounts_known:
        role = f"{account.role}, head" if account.head else f"{account.role}, delegate" if account.acts_for else account.role
        table.add_row(account.email, role, account.agency or "")
    console.print(table)


def _counted(missing: Iterable[T], total: int) -> Iterable[T]:
    """How far the demo's stories have been told; shown to a person, not to a file."""
    return track(missing, "Telling the demo's stories", total=total, console=console, transient=True, disable=not console.is_terminal)
