"""Commands for strangers who try the house: accounts and complaints to try it with, and the contract it keeps."""

import sys

import msgspec
import typer

from backend import trials
from backend.cli.ground import at_once, prepared
from backend.trials import Exam

commands = typer.Typer()


@commands.command("seed-exam")
def seed_exam() -> None:
    """Print one JSON document: accounts of every role, and complaints of each kind. Repeatable; refused in production.

    {"accounts": [{"id", "name", "email", "password", "totp", "role", "agency", "head", "acts_for"}], "complaints": [{"id",
    "number", "spoken", "status", "secrecy", "confidential", "published", "reporter", "claim_key", "agencies", "parts",
    "officer"}]}. `totp`: seed in base32 (RFC 6238, 30 s, 6 digits, SHA-1), null for citizens; a code works once. `acts_for`:
    of a delegate, the secretary's email. `reporter`: an account's email, null for guests, who have a `claim_key` instead.
    """
    found = at_once(_seeded())
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n")


async def _seeded() -> Exam:
    trials.refuse_in_production()
    await prepared()
    return await trials.load()


@commands.command("openapi")
def openapi() -> None:
    """Print the contract for machines (OpenAPI 3.1), as /schema/openapi.json shows it under SAMBAT_OPENAPI. Needs no database."""
    from backend import contract  # noqa: PLC0415  (no other command here needs the pages: 20 MB, half a second)
    from backend.app import ROUTERS  # noqa: PLC0415  (as above)

    sys.stdout.write(contract.printed(ROUTERS).decode())
