"""Opening an account with a role at the console, all at once: how the first manager and secretary come to be."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from backend import clock, database
from backend.accounts import actions, giving, grants, queries
from backend.accounts.giving import Wish
from backend.actors.permissions import Role
from backend.errors import InvalidInput, NotFound
from backend.words import N_


class Asked(NamedTuple):
    """A role from today on, as it is asked for at a console. `acts_for`: the address of the secretary a delegate acts for."""

    role: Role
    agency: str | None = None
    head: bool = False
    until: date | None = None
    acts_for: str = ""


async def at_the_console(name: str, email: str, password: str, asked: Asked, *, demo: bool = False) -> UUID:
    """An account, with its role unless it is a citizen's. Raises `InvalidInput` where something does not fit; then nothing is opened."""
    wish = None if asked == Asked(Role.CITIZEN) else await _wish(asked)
    if wish is not None:
        giving.fits(wish)
    async with database.transaction():
        account = await actions.create(name, email, password, demo=demo)
        if wish is not None:
            await grants.give(None, account.id, wish)
    return account.id


async def _wish(asked: Asked) -> Wish:
    try:
        acts_for = (await queries.by_email(actions.normal(asked.acts_for))).id if asked.acts_for else None
    except NotFound:
        raise InvalidInput({"acts_for": N_("Tidak ada akun dengan alamat itu.")}) from None
    return Wish(
        role=asked.role,
        agency=asked.agency,
        head=asked.head,
        valid_from=clock.day_of(clock.now()),
        valid_until=asked.until,
        acts_for=acts_for,
    )
