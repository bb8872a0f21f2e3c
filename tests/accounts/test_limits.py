import asyncio
from datetime import timedelta

import pytest

from backend import clock
from backend import database as db
from backend.accounts import limits
from backend.accounts.limits import LIMITS, Guess, Per
from backend.accounts.tables import Attempt
from backend.errors import TooMany

CAFE, HOME = "203.0.113.7", "198.51.100.9"


def tries(guess, per):
    return next(limit.tries for limit in LIMITS if (limit.guess, limit.per) == (guess, per))


PAIR = tries(Guess.SIGN_IN, Per.ACCOUNT_AND_SOURCE)


async def guess(times, source=CAFE, account="siti@contoh.test", what=Guess.SIGN_IN):
    """How many of so many wrong guesses were looked at."""
    answers = await asyncio.gather(*(limits.take(what, source=source, account=account) for _ in range(times)), return_exceptions=True)
    assert all(isinstance(answer, tuple | TooMany) for answer in answers), answers
    return sum(isinstance(answer, tuple) for answer in answers)


async def test_so_many_guesses_at_one_moment_are_no_more_than_allowed(database):
    assert await guess(PAIR + 15) == PAIR


async def test_who_is_refused_is_told_when_to_come_back(database):
    await guess(PAIR)
    with pytest.raises(TooMany) as refused:
        await limits.take(Guess.SIGN_IN, source=CAFE, account="siti@contoh.test")
    assert 14 * 60 < refused.value.retry_after <= 15 * 60 + 1


async def test_guessing_from_one_address_does_not_keep_the_owner_out_elsewhere(database):
    for _ in range(10):
        await guess(PAIR)
    assert await guess(1, source=HOME) == 1


async def test_guessing_from_many_addresses_ends_too(database):
    allowed = tries(Guess.SIGN_IN, Per.ACCOUNT)
    assert sum([await guess(1, source=f"203.0.113.{last}") for last in range(allowed + 5)]) == allowed


async def test_a_storm_of_guesses_does_not_keep_the_owner_out_where_she_has_been_before(database):
    await limits.remember(HOME, "siti@contoh.test")
    for last in range(tries(Guess.SIGN_IN, Per.ACCOUNT)):
        await guess(1, source=f"203.0.113.{last}")
    assert await guess(1, source="192.0.2.1") == 0
    assert await guess(1, source=HOME) == 1
    assert await guess(PAIR, source=HOME) == PAIR - 1


async def test_a_lock_opens_by_itself_and_refused_tries_do_not_prolong_it(database, monkeypatch):
    start = clock.now()
    await guess(PAIR)
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=14))
    assert await guess(3) == 0
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=16))
    assert await guess(PAIR + 1) == PAIR


async def test_limits_survive_a_restart(database):
    await guess(PAIR)
    await db.stop(database)
    await db.start(database)
    assert await guess(1) == 0


async def test_right_guesses_count_nowhere(database):
    for _ in range(PAIR * 3):
        await limits.give_back(await limits.take(Guess.SIGN_IN, source=CAFE, account="siti@contoh.test"))
    assert not await Attempt.exists()


async def test_a_whole_carrier_behind_one_address_can_sign_in(database):
    assert sum([await guess(1, account=f"warga{number}@contoh.test") for number in range(200)]) == 200


async def test_claim_keys_are_counted_by_address_alone(database):
    allowed = tries(Guess.CLAIM, Per.SOURCE)
    assert await guess(1, account="", what=Guess.CLAIM) == 1
    await Attempt.update({Attempt.tries: allowed}, force=True)
    assert await guess(1, account="", what=Guess.CLAIM) == 0
    assert await guess(1, account="", what=Guess.CLAIM, source=HOME) == 1


async def test_neither_address_nor_account_can_be_read_from_the_table(database):
    await guess(1)
    await guess(1, account="", what=Guess.CLAIM)
    keys = await Attempt.select(Attempt.key).output(as_list=True)
    assert len(keys) == 4
    assert not any(CAFE in key or "siti" in key for key in keys)
    assert len({key.rpartition(":")[2] for key in keys}) == 4


async def test_who_guessed_is_kept_no_longer_than_it_counts(database, monkeypatch):
    await guess(1)
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    await guess(1, account="", what=Guess.CLAIM, source=HOME)
    assert await Attempt.count() == 1


async def test_a_count_that_a_rollback_could_undo_is_refused(database):
    async with db.transaction():
        with pytest.raises(RuntimeError):
            await limits.take(Guess.CLAIM, source=CAFE)
