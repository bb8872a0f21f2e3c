"""What the database must be, before anything in it is looked at."""

from datetime import timedelta

from backend import clock, database
from backend.accounts import seals
from backend.care.findings import Found, good, look, wrong
from backend.database import health
from backend.events import queries as events

MOST_AHEAD = timedelta(seconds=30)


async def answers() -> Found:
    """Is there one?"""
    if not health.exists():
        return wrong("there is none yet", "make it: sambat migrate")
    if not await database.answers():
        return wrong("does not answer within two seconds", "start it, and look at SAMBAT_DATABASE_URL")
    return good(database.current().engine_type)


async def schema() -> Found:
    """Of this release?"""
    if not health.exists() or not await database.answers():
        return look("not looked at: the database does not answer")
    missing = await database.missing_migrations()
    if missing:
        return wrong(f"{len(missing)} migrations have not run", "run sambat migrate, then start web and workers anew")
    return good(f"{len(database.known_migrations())} migrations")


async def durability() -> Found:
    """Is what was acknowledged on the disk?"""
    unsafe = await health.unsafe()
    if unsafe:
        return wrong(f"a power cut loses acknowledged complaints: {', '.join(unsafe)}", "set it back in the database's configuration")
    return good("every commit is on the disk before it is answered")


async def clocks() -> Found:
    """Every promise is counted by the clock."""
    ahead = await health.clock_ahead()
    if abs(ahead) > MOST_AHEAD:
        return wrong(
            f"the database's clock is {ahead.total_seconds():+.0f} s off ours", "let both machines keep time (chrony, systemd-timesyncd)"
        )
    last = await events.last_at()
    if last is not None and last > clock.now() + MOST_AHEAD:
        return wrong(f"the log reaches into the future, until {last:%Y-%m-%d %H:%M} UTC", "set this machine's clock: it runs behind")
    return good(f"{clock.now():%Y-%m-%d %H:%M:%S} UTC")


async def sealed() -> Found:
    """A copy that was put back elsewhere may lack its secret."""
    if not await seals.fits():
        return wrong(
            "this house has another secret than its second factors were sealed with",
            "give it the old one: SAMBAT_SECRET_KEY, or secret.key in the data folder",
        )
    return good("open with this house's secret")
