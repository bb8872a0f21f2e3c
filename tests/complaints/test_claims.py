"""Keys and numbers: read aloud, typed badly, made again from the same form."""

from uuid import uuid4

import pytest

from backend.complaints import claims


@pytest.mark.parametrize(
    "typed",
    ["7F3K9QWX01TT2V4B8YHJMNPRS5", "7f3k 9qwx 01tt 2v4b 8yhj mnpr s5", "7F3K-9QWX-OiTT-2V4B-8YHJ-MNPR-S5", " 7f3k9qwxoltt2v4b8yhjmnprs5\n"],
)
def test_a_key_opens_however_it_is_typed(typed):
    assert claims.normalise(typed) == "7F3K9QWX01TT2V4B8YHJMNPRS5"
    assert claims.hash_of(typed) == claims.hash_of("7F3K9QWX01TT2V4B8YHJMNPRS5")


def test_the_same_form_gets_the_same_key_and_ids_and_another_form_others():
    form, other = uuid4(), uuid4()
    assert claims.key_for(form) == claims.key_for(form) != claims.key_for(other)
    assert claims.id_for(form, "complaint") == claims.id_for(form, "complaint") != claims.id_for(form, "photo 0")
    assert claims.id_for(form, "complaint").version == 4


def test_a_key_has_130_bits_of_crockfords_alphabet():
    key = claims.key_for(uuid4())
    assert len(key) == claims.KEY_LENGTH == 26
    assert set(key) <= set(claims.KEY_ALPHABET)
    assert claims.normalise(key) == key


def test_a_number_survives_the_telephone():
    numbers = {claims.new_number() for _ in range(500)}
    assert len(numbers) > 490
    assert not set("".join(numbers)) & set("01OILU") - {"U"}
    assert claims.spoken("7F3K9Q") == "SRK 7F3K 9Q"
