"""A promise, and whatever broke it."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

Thing = TypeVar("Thing")


class Promise(NamedTuple):
    """A sentence that must be true; `broken` says by ids, never by a person's words, where it is not."""

    sentence: str
    broken: list[str]


def all_of(sentence: str, what: str, missing: Iterable[object]) -> Promise:
    """A promise about each of many things: `what` happened to the `missing`."""
    return Promise(sentence, [f"{what}: {one}" for one in sorted(map(str, missing))])


def more_than_once(things: Iterable[Thing]) -> set[Thing]:
    """Those that occur again."""
    return {thing for thing, count in Counter(things).items() if count > 1}
