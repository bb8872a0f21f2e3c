"""A city to look at: demo accounts, and sixty complaints of our own writing told through the same actions as real ones."""

from collections.abc import Callable, Iterable

from backend import clock, database
from backend.accounts import demo as accounts
from backend.accounts.demo import IN_OFFICE, PASSWORD, DemoAccount
from backend.complaints import queries
from backend.demo.course import tell
from backend.demo.people import people
from backend.demo.story import Story, stories
from backend.demo.telling import made_id

__all__ = ["PASSWORD", "load"]


Missing = Iterable[tuple[int, Story]]
Track = Callable[[Missing, int], Missing]
"""Shows how far something long has come: what it goes through, and how many there are, is handed on one by one."""


async def load(track: Track | None = None) -> tuple[DemoAccount, ...]:
    """Load what is missing, each story whole or not at all. Returns the demo accounts, to be printed."""
    known = await accounts.seed()
    told = list(enumerate(stories()))
    there = await queries.by_ids([made_id(number, "complaint") for number, _ in told])
    missing = [(number, story) for number, story in told if made_id(number, "complaint") not in there]
    if not missing:
        return known
    with clock.at(clock.now() - IN_OFFICE):
        cast = await people([story for _, story in told])
    for number, story in track(missing, len(missing)) if track else missing:
        async with database.transaction():
            await tell(number, story, cast)
    return known
