"""A story being told: how far its time has come, in whose names, and an action carried out or refused aloud."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.actors.actor import Actor
from backend.demo.people import People
from backend.demo.story import Story
from backend.operations import Operation, Outcome, Status

Action = Callable[[Actor, Any], Awaitable[Outcome]]


class Telling(msgspec.Struct, kw_only=True):
    """A story being told: `at` is how far its time has come."""

    number: int
    story: Story
    people: People
    complaint: UUID
    at: datetime
    steps: int = 0

    @property
    def reporter(self) -> Actor:
        """An account, or whoever holds the key."""
        known = self.people.citizens.get(self.story.who)
        return known or Actor(claimed=frozenset({self.complaint}))

    @property
    def anonymous(self) -> bool:
        """Is nothing known of who told it?"""
        return self.story.who == "anonymous"

    def id(self, what: str) -> UUID:
        """The same at each loading; of nobody's making, as ids that hold no time are."""
        return made_id(self.number, what)

    def carried(self, actor: Actor) -> dict[str, Any]:
        """What every operation carries."""
        self.steps += 1
        return {"id": self.id(f"step {self.steps}"), "owner": actor.account}


def made_id(number: int, what: str) -> UUID:
    """An id of the demo."""
    return UUID(bytes=hashlib.sha256(f"sambat:demo:{number}:{what}".encode()).digest()[:16], version=4)


async def do(action: Action, actor: Actor, op: Operation) -> Outcome:
    outcome = await action(actor, op)
    if outcome.status not in {Status.APPLIED, Status.DUPLICATE}:
        message = f"demo data: {type(op).__name__} {outcome.code} {outcome.message} {outcome.fields}"
        raise RuntimeError(message)
    return outcome
