"""HOW OFTEN SOMEBODY MAY GUESS: one table of rows, counted in the database, so that a restart or a second process forgives nothing.

Only wrong guesses stay counted: a try is counted before it is looked at and given back when it was right. A refused try
counts nowhere, so that one address cannot use up what an account allows and thereby keep its owner out.
"""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

import msgspec

from backend import clock, database
from backend.accounts.tables import Attempt
from backend.database.sqlite import SQLiteEngine
from backend.errors import TooMany
from backend.settings import settings


class Guess(StrEnum):
    """What can be guessed."""

    SIGN_IN = "sign-in"
    CLAIM = "claim"
    CODE_ASKED = "code-asked"
    CODE = "code"
    SECOND = "second"
    RESET_ASKED = "reset-asked"
    LINK = "link"


class Per(StrEnum):
    """Whose wrong guesses are counted together."""

    ACCOUNT_AND_SOURCE = "account-and-source"
    ACCOUNT = "account"
    SOURCE = "source"


class Limit(msgspec.Struct, frozen=True):
    """`tries` wrong guesses within `window`, which begins with the first."""

    guess: Guess
    per: Per
    tries: int
    window: timedelta


LIMITS = (
    # A person who has forgotten his password; whoever attacks from there does not keep the owner out elsewhere.
    Limit(Guess.SIGN_IN, Per.ACCOUNT_AND_SOURCE, 5, timedelta(minutes=15)),
    # Many addresses against one account. Where its owner has been before, this row does not count (`remember`).
    Limit(Guess.SIGN_IN, Per.ACCOUNT, 30, timedelta(hours=1)),
    # A carrier's NAT is one address with thousands of honest phones behind it.
    Limit(Guess.SIGN_IN, Per.SOURCE, 300, timedelta(minutes=15)),
    # Keys have 130 random bits: this only keeps the noise down.
    Limit(Guess.CLAIM, Per.SOURCE, 300, timedelta(hours=1)),
    # Nobody fills a mailbox with codes. Asking is no guess: these are never given back.
    Limit(Guess.CODE_ASKED, Per.ACCOUNT_AND_SOURCE, 5, timedelta(hours=1)),
    Limit(Guess.CODE_ASKED, Per.ACCOUNT, 10, timedelta(hours=1)),
    Limit(Guess.CODE_ASKED, Per.SOURCE, 100, timedelta(hours=1)),
    Limit(Guess.RESET_ASKED, Per.ACCOUNT_AND_SOURCE, 3, timedelta(hours=1)),
    Limit(Guess.RESET_ASKED, Per.ACCOUNT, 6, timedelta(hours=1)),
    Limit(Guess.RESET_ASKED, Per.SOURCE, 60, timedelta(hours=1)),
    # Each code dies after five tries anyway; these count over all the codes that were asked for.
    Limit(Guess.CODE, Per.ACCOUNT_AND_SOURCE, 10, timedelta(hours=1)),
    Limit(Guess.CODE, Per.ACCOUNT, 20, timedelta(hours=1)),
    Limit(Guess.CODE, Per.SOURCE, 300, timedelta(hours=1)),
    # Whoever gets this far knows the password; three of a million codes are right at any moment.
    Limit(Guess.SECOND, Per.ACCOUNT_AND_SOURCE, 10, timedelta(hours=1)),
    Limit(Guess.SECOND, Per.ACCOUNT, 20, timedelta(hours=12)),
    Limit(Guess.SECOND, Per.SOURCE, 300, timedelta(hours=1)),
    # Links of mails hold 256 random bits: this only keeps the noise down.
    Limit(Guess.LINK, Per.SOURCE, 300, timedelta(hours=1)),
)

REMEMBERED = timedelta(days=30)
BROWSER_REMEMBERED = timedelta(days=90)

_COUNT = """
INSERT INTO attempt ("key", "tries", "window_ends_at") VALUES ({}, 1, {})
ON CONFLICT ("key") DO UPDATE SET
    "tries" = CASE WHEN attempt.window_ends_at <= {} THEN 1 ELSE attempt.tries + 1 END,
    "window_ends_at" = CASE WHEN attempt.window_ends_at <= {} THEN excluded.window_ends_at ELSE attempt.window_ends_at END
RETURNING "tries"
"""


async def take(guess: Guess, *, source: str, account: str = "") -> tuple[str, ...]:
    """Count a try, or refuse it (`TooMany`). Returns what `give_back` wants. At a door only: in a transaction the count could be undone."""
    if database.in_transaction():
        raise RuntimeError("a count of wrong guesses must outlive the refusal it leads to")
    await _forget_what_is_over()
    known = bool(account) and await Attempt.exists().where(Attempt.key == _known(source, account))
    taken = []
    async with database.transaction():
        for limit, key in _rows(guess, source, account):
            if limit.per == Per.ACCOUNT and known:
                continue
            await _count(limit, key)
            taken.append(key)
    return tuple(taken)


async def give_back(taken: tuple[str, ...]) -> None:
    """The guess was right: it counts nowhere, and a row that holds nothing else is gone."""
    async with database.transaction():
        for key in taken:
            await Attempt.update({Attempt.tries: Attempt.tries - 1}).where(Attempt.key == key)
            await Attempt.delete().where(Attempt.key == key, Attempt.tries <= 0)


async def remember(source: str, account: str) -> None:
    """The owner was here: for `REMEMBERED`, others who guess elsewhere do not keep the owner out here."""
    await _keep(_known(source, account), REMEMBERED)


async def is_new_browser(account: str, browser: str) -> bool:
    """Has nobody signed in to this account with such a browser for `BROWSER_REMEMBERED`? From now on somebody has."""
    key = _key("browser", f"{account}\0{browser}")
    known = await Attempt.exists().where(Attempt.key == key, Attempt.window_ends_at > clock.now())
    await _keep(key, BROWSER_REMEMBERED)
    return not known


async def _keep(key: str, how_long: timedelta) -> None:
    await Attempt.raw(
        'INSERT INTO attempt ("key", "tries", "window_ends_at") VALUES ({}, 0, {}) '
        'ON CONFLICT ("key") DO UPDATE SET "window_ends_at" = excluded.window_ends_at',
        key,
        clock.now() + how_long,
    )


async def _count(limit: Limit, key: str) -> None:
    now = clock.now()
    [row] = await Attempt.raw(_COUNT, key, now + limit.window, now, now)
    if row["tries"] <= limit.tries:
        return
    [ends] = await Attempt.select(Attempt.window_ends_at).where(Attempt.key == key).output(as_list=True)
    raise TooMany(retry_after=max(1, int((ends - now).total_seconds()) + 1))


async def _forget_what_is_over() -> None:
    """Who guessed is kept no longer than it counts. Rows in use are left to the next one: the two could wait in a circle."""
    over = Attempt.select(Attempt.key).where(Attempt.window_ends_at <= clock.now())
    if not isinstance(database.current(), SQLiteEngine):
        over = over.lock_rows("UPDATE", skip_locked=True)
    await Attempt.delete().where(Attempt.key.is_in(over))


def _rows(guess: Guess, source: str, account: str) -> Iterator[tuple[Limit, str]]:
    """The rows of a guess in the order of the table, which every transaction keeps: two never wait for each other in a circle."""
    for limit in LIMITS:
        if limit.guess == guess:
            subject = {Per.ACCOUNT_AND_SOURCE: f"{account}\0{source}", Per.ACCOUNT: account, Per.SOURCE: source}[limit.per]
            yield limit, _key(f"{guess}:{limit.per}", subject)


def _known(source: str, account: str) -> str:
    return _key("known", f"{account}\0{source}")


def _key(row: str, subject: str) -> str:
    """Neither address nor account can be read from a key, and keys of two rows cannot be laid beside each other."""
    told_apart = f"{row}\0{subject}".encode()
    return f"{row}:{hmac.new(settings().secret_key.encode(), told_apart, hashlib.sha256).hexdigest()}"
