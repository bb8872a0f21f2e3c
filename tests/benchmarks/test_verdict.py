"""The verdict of the load trial sees what is wrong; whoever is never caught proves nothing."""

from uuid import UUID

from benchmarks import kills
from benchmarks.kills import Kill
from benchmarks.record import Entry, Record, SentPhoto
from benchmarks.verdict import by_record
from benchmarks.verdict.promise import more_than_once

ID, CASE = UUID(int=1), UUID(int=2)
TOLD = {"id": str(CASE), "number": "7F3K9Q", "status": "received", "owed": [{"what": "answer", "by": "2026-11-26"}]}


def entry(**changed):
    return Entry(id=ID, complaint=CASE, body={"text": "…"}, anonymous=False, key=None, photos=[], attempts=2, **changed)


def broken(record):
    return [promise.sentence for promise in by_record.judge(record) if promise.broken]


def test_a_phone_with_nothing_left_is_content():
    record = Record()
    record.wrote(entry())
    record.heard(record.entries[ID], {"status": "applied", "complaint": TOLD})
    record.heard(record.entries[ID], {"status": "duplicate", "complaint": TOLD})
    assert broken(record) == []
    assert (record.acknowledged, record.duplicates) == (1, 1)


def test_what_waits_on_a_phone_is_seen():
    record = Record()
    record.wrote(entry())
    assert broken(record) == ["Nothing is left on a phone after healing"]


def test_a_photo_that_waits_is_seen():
    record = Record()
    record.wrote(entry(answer=TOLD))
    record.entries[ID].photos = [SentPhoto(id=ID, motif=0, sha256="", size=1)]
    assert broken(record) == ["Nothing is left on a phone after healing"]


def test_a_replay_that_is_answered_otherwise_is_seen():
    record = Record()
    record.wrote(entry())
    record.heard(record.entries[ID], {"status": "applied", "complaint": TOLD})
    record.heard(record.entries[ID], {"status": "duplicate", "complaint": TOLD | {"number": "222222"}})
    assert len(record.surprises) == 1


def test_a_first_sending_that_is_called_a_duplicate_is_seen():
    record = Record()
    record.wrote(entry())
    record.entries[ID].attempts = 1
    record.heard(record.entries[ID], {"status": "duplicate", "complaint": TOLD})
    assert len(record.surprises) == 1


def test_a_kill_that_struck_nothing_does_not_count():
    assert [promise.broken for promise in kills.judge(1, [Kill(1, 1, 3.0)])] == [[], []]
    assert [bool(promise.broken) for promise in kills.judge(2, [Kill(1, 0, 3.0, fallen=("web-2",))])] == [True, True]


def test_what_occurs_again_is_found():
    assert more_than_once("abca") == {"a"}


def test_only_the_promise_of_an_answer_makes_a_receipt():
    record = Record()
    record.heard(entry(), {"status": "applied", "complaint": TOLD | {"owed": []}})
    assert len(record.surprises) == 1
