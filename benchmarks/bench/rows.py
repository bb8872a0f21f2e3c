"""A line of the table: ours, the limit, how far apart they are, and what was aimed at."""

from collections.abc import Awaitable, Callable, Sequence
from statistics import median
from typing import NamedTuple

import msgspec

Measure = Callable[[], Awaitable[float]]


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """How much is measured. `complaints`: told in a round; `small` and `large`: how many a list is read among."""

    rounds: int = 5
    complaints: int = 60
    requests: int = 3
    small: int = 10_000
    large: int = 200_000
    photos: int = 3
    starts: int = 3
    rest_seconds: float = 6


QUICK = Sizes(rounds=3, complaints=40, requests=6, small=500, large=2_000, photos=2, starts=2, rest_seconds=3)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """The median of several rounds, and the lowest and the highest of them."""

    median: float
    low: float
    high: float


class Pair(NamedTuple):
    """One round of both."""

    ours: float
    limit: float


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measurement. Less is better everywhere: `ratio` is limit : ours, so 1 is the limit itself and more is better than it."""

    what: str
    engine: str
    unit: str
    ours: Figure
    limit: Figure | None = None
    limit_is: str = ""
    ratio: Figure | None = None
    aim: float | None = None

    @property
    def reached(self) -> bool | None:
        """Is the aim reached? None: there is none."""
        return None if self.aim is None or self.ratio is None else self.ratio.median >= self.aim


def figure(values: Sequence[float]) -> Figure:
    """What several rounds come to."""
    return Figure(median=median(values), low=min(values), high=max(values))


async def in_turn(rounds: int, ours: Measure, limit: Measure) -> list[Pair]:
    """Ours, the limit, ours, the limit …; a first round of each warms up and is not counted."""
    await ours()
    await limit()
    return [Pair(await ours(), await limit()) for _ in range(rounds)]


def compared(what: str, engine: str, unit: str, pairs: Sequence[Pair], limit_is: str, aim: float | None = None) -> Row:
    """A row of rounds measured in turn; the ratio is that of each round, not of the medians."""
    return Row(
        what=what,
        engine=engine,
        unit=unit,
        ours=figure([pair.ours for pair in pairs]),
        limit=figure([pair.limit for pair in pairs]),
        limit_is=limit_is,
        ratio=figure([pair.limit / pair.ours for pair in pairs]),
        aim=aim,
    )


def fixed(what: str, engine: str, unit: str, values: Sequence[float], limit: float, limit_is: str, aim: float | None = None) -> Row:
    """A row beside a number that stands."""
    return compared(what, engine, unit, [Pair(value, limit) for value in values], limit_is, aim)
