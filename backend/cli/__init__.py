"""`sambat`: run the app, prepare its database, look at its settings and permissions, open accounts."""

import sys

import msgspec
import typer

from backend import database, server
from backend.cli import care, people, serving, telling, trials
from backend.errors import DomainError

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Sambat Rene Ker: citizens complain, the city answers.")
for part in (serving, people, telling, care, trials):
    app.add_typer(part.commands)


def main() -> None:
    """The console script. A refusal is a sentence and exit code 1; a wrong setting is named."""
    try:
        app()
    except msgspec.ValidationError as error:
        sys.exit(f"sambat: a setting does not fit: {error}")
    except (DomainError, server.CannotServe) as error:
        sys.exit(f"sambat: {error}")
    except database.AWAY as error:
        sys.exit(f"sambat: the database of SAMBAT_DATABASE_URL does not let us in ({type(error).__name__})")
