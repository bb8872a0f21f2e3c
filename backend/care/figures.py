"""What all processes share, read from the database for whoever watches over the house."""

from backend import clock
from backend.accounts import sessions
from backend.events import queries as events
from backend.jobs import standing
from backend.metrics import Figures


async def figures() -> Figures:
    """How the house stands at this moment."""
    waiting = await standing.waiting()
    _, unnumbered = await events.newest()
    return Figures(
        due=waiting.due,
        oldest_seconds=(clock.now() - waiting.since).total_seconds() if waiting.since else 0.0,
        given_up=await standing.given_up_by_kind(),
        unnumbered=unnumbered,
        sessions=await sessions.count(),
    )
