"""What the phones of the load trial write is what a phone may send."""

import random
from uuid import uuid4

import msgspec
import pytest

from backend.complaints import claims
from backend.complaints.checks import of_submit
from backend.complaints.operations import SubmitComplaint
from benchmarks import pictures, texts
from benchmarks.compose import Habits, Writer, claim_key


@pytest.mark.parametrize("account", [None, uuid4()])
def test_the_city_takes_what_they_write(account):
    writer = Writer(3, texts.OWN, Habits(anonymous=0.5, photos=(0.6, 0.2, 0.2)), random.Random(1))
    writer.account = account
    written = [writer.write() for _ in range(40)]
    for entry in written:
        assert of_submit(msgspec.convert(entry.body, SubmitComplaint), None) == {}
    assert {entry.anonymous for entry in written} == {True, False}
    assert len({entry.text for entry in written}) == len(written)


def test_a_key_is_hashed_as_the_server_hashes_it():
    key = claim_key()
    assert claims.normalise(key) == key
    assert claims.hash_of(key) == pictures.digest(key.encode())


def test_no_two_photos_are_the_same():
    first, second = uuid4(), uuid4()
    assert pictures.photo(0, first) == pictures.photo(0, first) != pictures.photo(0, second)


def test_our_own_words_serve_where_a_city_has_none(tmp_path):
    assert texts.load(tmp_path / "none.csv") == texts.OWN
    assert len({told.text for told in texts.OWN}) >= 30
