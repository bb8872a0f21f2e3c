"""What an answer means to a phone, by the table of the protocol; written anew here, so that the app's own client is not its own judge."""

import random
from collections.abc import Mapping
from enum import Enum, auto

NO_ANSWER = 0
FIRST_WAIT, LONGEST_WAIT = 0.1, 1.5
"""Seconds. A phone's are 2 s and 5 min; in a trial somebody keeps tapping "Kirim sekarang"."""


class Meaning(Enum):
    """What a phone does next."""

    ANSWERED = auto()
    """Look into it."""
    AGAIN = auto()
    """Keep it and try later, each time after a longer pause."""
    PAUSE = auto()
    """Keep it; the whole queue waits as long as the server asks for."""
    SIGN_IN = auto()
    TOO_LARGE = auto()
    REFUSED = auto()
    OUTDATED = auto()


_MEANINGS = {
    200: Meaning.ANSWERED,
    400: Meaning.REFUSED,
    401: Meaning.SIGN_IN,
    413: Meaning.TOO_LARGE,
    415: Meaning.REFUSED,
    422: Meaning.REFUSED,
    426: Meaning.OUTDATED,
    429: Meaning.PAUSE,
}


def meaning(status: int, headers: Mapping[str, str]) -> Meaning:
    """The row for this answer. A status nobody has thought of drops nothing."""
    if status == 503 and "retry-after" in headers:  # noqa: PLR2004  (HTTP)
        return Meaning.PAUSE
    return _MEANINGS.get(status, Meaning.AGAIN)


def pause(attempt: int, chance: random.Random) -> float:
    """Full jitter: anything up to a bound that doubles."""
    return chance.uniform(0, min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempt, 10)))


def asked_to_wait(headers: Mapping[str, str]) -> float:
    """Seconds of `Retry-After`; 1 where it says nothing that can be read."""
    told = headers.get("retry-after", "")
    return float(told) if told.isdecimal() else 1.0
