"""THE TABLE of what `sambat doctor` looks at, in the order in which one thing stands on another. Looking changes nothing."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from backend import database
from backend.care import checks_database, checks_inside, checks_machine, checks_outside
from backend.care.findings import Finding, Found, State, look, wrong
from backend.settings import settings

log = structlog.get_logger(__name__)


class Check(NamedTuple):
    """One thing to look at. `in_database`: only where one answers that has our tables."""

    what: str
    look: Callable[[], Awaitable[Found]]
    in_database: bool = False


CHECKS = (
    Check("Python", checks_machine.python),
    Check("libraries", checks_machine.libraries),
    Check("installation", checks_machine.installation),
    Check("built pages", checks_machine.pages),
    Check("disk space", checks_machine.disk),
    Check("secret", checks_machine.secret),
    Check("push key", checks_machine.push_key),
    Check("database", checks_database.answers),
    Check("schema", checks_database.schema),
    Check("durability", checks_database.durability, in_database=True),
    Check("clock", checks_database.clocks, in_database=True),
    Check("sealed things", checks_database.sealed, in_database=True),
    Check("photo storage", checks_outside.photo_storage),
    Check("photos", checks_inside.photos_and_files, in_database=True),
    Check("Redis", checks_outside.redis),
    Check("mail", checks_outside.mail),
    Check("pushes", checks_outside.pushes, in_database=True),
    Check("workers", checks_inside.workers, in_database=True),
    Check("relay", checks_inside.relay, in_database=True),
    Check("jobs given up", checks_inside.given_up, in_database=True),
    Check("backups", checks_inside.backups),
)


async def examine() -> list[Finding]:
    """Look at everything, also where something before it is wrong."""
    database.bind(database.engine_for(settings().database))
    found: list[Finding] = []
    for check in CHECKS:
        stands = all(one.state != State.WRONG for one in found if one.what in {"database", "schema"})
        one = await _looked(check) if stands or not check.in_database else look("not looked at: the database is not ready")
        found.append(Finding(what=check.what, state=one.state, how=one.how, todo=one.todo))
    return found


async def _looked(check: Check) -> Found:
    try:
        return await check.look()
    except Exception as error:  # that one cannot be looked at is a finding, and the others are looked at
        log.exception("could not be looked at", what=check.what)
        return wrong(f"could not be looked at ({type(error).__name__})", "see the log above; mend what the other lines say first")
