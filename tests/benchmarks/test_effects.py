"""The verdict sees an effect that did not come, or came too often, and a row that is gone from either database."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from benchmarks.record import Entry, Record
from benchmarks.verdict import by_effect, by_file, by_log
from benchmarks.verdict.by_effect import Followed
from benchmarks.verdict.postgres import PostgresStore, plain
from benchmarks.verdict.store import Ids

CASE, CITIZEN, MODERATOR = str(UUID(int=2)), str(UUID(int=3)), str(UUID(int=4))
NOBODY_BEFORE = Ids(frozenset(), frozenset(), frozenset())


def entry(owner=CITIZEN):
    body = {"text": "Aspal amblas", "owner": owner}
    told = {"id": CASE, "number": "7F3K9Q"}
    return Entry(id=UUID(int=1), complaint=UUID(CASE), body=body, anonymous=False, key="K" * 26, photos=[], answer=told)


def event(complaint=CASE, position=1):
    return {"id": str(UUID(int=5)), "complaint": complaint, "position": position}


def line(account, complaint=CASE):
    return {"complaint": complaint, "account": account}


def mail(subject="Aduan SRK 7F3K 9Q", sent_at="2026-11-24", account=CITIZEN):
    return {"subject": subject, "sent_at": sent_at, "account": account}


@pytest.mark.parametrize(
    ("events", "kept"),
    [
        ([event()], True),
        ([], False),
        ([event(position=None)], False),
        ([event(), event(position=2)], False),
        ([event(), event(complaint="another")], False),
    ],
)
def test_each_complaint_is_taken_up_once_at_a_place_of_its_own(events, kept):
    assert (by_effect.taken_up([entry()], events).broken == []) == kept


@pytest.mark.parametrize(
    ("owner", "readers", "kept"),
    [
        (CITIZEN, [CITIZEN, MODERATOR], True),
        (None, [None, MODERATOR], True),
        (None, [CITIZEN, MODERATOR], False),
        (CITIZEN, [CITIZEN], False),
        (CITIZEN, [CITIZEN, MODERATOR, MODERATOR], False),
    ],
)
def test_reporter_and_moderator_find_one_line_each(owner, readers, kept):
    found = Followed(events=[], lines=[line(reader) for reader in readers], mails=[], moderators=frozenset({MODERATOR}))
    assert (by_effect.noted([entry(owner)], found).broken == []) == kept


@pytest.mark.parametrize(
    ("owner", "mails", "kept"),
    [
        (CITIZEN, [mail()], True),
        (None, [], True),
        (CITIZEN, [], False),
        (CITIZEN, [mail(sent_at=None)], False),
        (CITIZEN, [mail(), mail()], False),
        (CITIZEN, [mail(account=MODERATOR)], False),
        (CITIZEN, [mail(subject="Aduan SRK 2222 22")], False),
    ],
)
def test_who_has_an_account_gets_one_mail(owner, mails, kept):
    assert (by_effect.mailed([entry(owner)], mails).broken == []) == kept


@pytest.mark.parametrize(("times", "kept"), [(0, False), (1, True), (2, True), (3, False)])
def test_a_push_comes_once_or_twice(times, kept):
    pushed = {MODERATOR: Counter({CASE: times})}
    assert (by_effect.rung([entry()], [MODERATOR], pushed).broken == []) == kept


def test_a_push_to_somebody_it_is_not_for_is_seen():
    pushed = {"a stranger": Counter({CASE: 1})}
    assert by_effect.rung([entry()], [MODERATOR], pushed).broken == [f"{CASE}: not for a stranger"]


@pytest.mark.parametrize(
    ("own", "everybody", "kept"),
    [
        ("level='warning' event='the database is away'", "PANIC: killed", True),
        ("level='error' event='request failed'", "", False),
        ("ERROR uvicorn.error Exception in ASGI application", "", False),
        ("", "INSERT … 'Aspal amblas'", False),
        ("", "K" * 26, False),
    ],
)
def test_a_fault_a_word_and_a_key_in_the_log_are_seen(own, everybody, kept):
    record = Record()
    record.wrote(entry())
    assert (by_log.judge(own, everybody, record).broken == []) == kept


def test_a_value_is_the_same_text_from_either_database():
    jakarta = datetime(2026, 11, 24, 17, tzinfo=timezone(timedelta(hours=7)))
    assert [plain(UUID(int=0)), plain(jakarta), plain(12.0), plain(None)] == [
        "00000000-0000-0000-0000-000000000000",
        "2026-11-24T10:00:00+00:00",
        12.0,
        None,
    ]
    assert by_file.FULL_HOUR.search(plain(datetime(2026, 11, 24, 17, tzinfo=UTC)))


@pytest.mark.postgresql
async def test_a_row_that_is_gone_from_a_whole_database_is_seen(databases, tmp_path):
    record = Record()
    record.wrote(entry())
    url = await databases.fresh("postgresql")
    promises = await by_file.judge(PostgresStore(url, tmp_path), NOBODY_BEFORE, record)
    assert [promise.sentence for promise in promises if promise.broken] == ["Acknowledged is stored"]
    await databases.drop(url)
