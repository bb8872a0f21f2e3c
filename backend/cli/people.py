"""Commands that open an account and help somebody back into theirs, where no page can."""

from datetime import datetime
from typing import Annotated

import typer

from backend.accounts import opening, second_factor
from backend.accounts.opening import Asked
from backend.actors.permissions import Role
from backend.cli.ground import at_once, console, with_database

commands = typer.Typer()


@commands.command("create-user")
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
    at_once(with_database(opening.at_the_console(name, email, password, Asked(role, agency, head, last_day, acts_for))))
    console.print(f"{email} can sign in.")


@commands.command("remove-second-factor")
def remove_second_factor(email: Annotated[str, typer.Argument(help="The address the person signs in with.")]) -> None:
    """Take a lost second factor away from somebody you have recognised. Before any work they set up a new one."""
    at_once(with_database(second_factor.clear_lost(email)))
    console.print(f"{email} sets up a new second factor at the next sign-in.")
