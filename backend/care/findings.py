"""What a look at the house finds, and how bad that is."""

from enum import StrEnum
from typing import NamedTuple

import msgspec


class State(StrEnum):
    """Look: it works, but somebody should know."""

    GOOD = "good"
    LOOK = "look"
    WRONG = "wrong"


class Found(NamedTuple):
    """How something is, and what to do about it."""

    state: State
    how: str
    todo: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The same with what it is about, as `sambat doctor --json` prints it."""

    what: str
    state: State
    how: str
    todo: str


def good(how: str) -> Found:
    """Nothing to do."""
    return Found(State.GOOD, how)


def look(how: str, todo: str = "") -> Found:
    """It works, but somebody should know."""
    return Found(State.LOOK, how, todo)


def wrong(how: str, todo: str) -> Found:
    """Somebody has to do something."""
    return Found(State.WRONG, how, todo)
