"""`sambat`: run the app, prepare its database, look at its settings, open accounts."""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

import workers
from backend import database, demo, logs, seeds, server
from backend.accounts import actions as accounts
from backend.actors.permissions import Role
from backend.errors import DomainError
from backend.settings import PREFIX, Settings, settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Sambat Rene Ker: citizens complain, the city answers.")
console = Console()

SECRET = frozenset({"secret_key", "database_url", "redis_url"})


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


@app.command("create-user")
def create_user(
    name: Annotated[str, typer.Argument(help="The person's name.")],
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    role: Annotated[Role, typer.Argument(help="citizen, officer, agency_admin or moderator.")],
    agency: Annotated[str | None, typer.Option(help="Code of the OPD, for officer and agency_admin.")] = None,
    head: Annotated[bool, typer.Option("--head", help="Head of the OPD (agency_admin only).")] = False,  # noqa: FBT002  (as above)
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="At least 10 characters; asked for when not given.")
    ] = "",
) -> None:
    """Open an account with a role from today on."""
    _run(_with_database(accounts.create(name, email, password, role, agency, head=head)))
    console.print(f"{email} can sign in.")


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
    return await demo.load() if with_demo else ()


async def _with_database(work: Coroutine[Any, Any, Any]) -> None:
    await _prepare(with_demo=False)
    await work


def _run(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  (what the work returns)
    return asyncio.run(work)


def _print_accounts(accounts_known: tuple[Any, ...]) -> None:
    table = Table("Demo account", "Role", "Password", title="Demo: never with real data")
    for account in accounts_known:
        table.add_row(account.email, f"{account.role} {account.agency or ''}".strip(), demo.PASSWORD)
    console.print(table)
