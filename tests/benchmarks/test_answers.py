"""A phone of the load trial drops nothing, whatever it hears."""

import random

import pytest

from benchmarks import answers
from benchmarks.answers import NO_ANSWER, Meaning


@pytest.mark.parametrize(
    ("status", "headers", "then"),
    [
        (NO_ANSWER, {}, Meaning.AGAIN),
        (200, {}, Meaning.ANSWERED),
        (302, {}, Meaning.AGAIN),
        (400, {}, Meaning.REFUSED),
        (401, {}, Meaning.SIGN_IN),
        (408, {}, Meaning.AGAIN),
        (413, {}, Meaning.TOO_LARGE),
        (415, {}, Meaning.REFUSED),
        (422, {}, Meaning.REFUSED),
        (425, {}, Meaning.AGAIN),
        (426, {}, Meaning.OUTDATED),
        (429, {"retry-after": "3"}, Meaning.PAUSE),
        (500, {}, Meaning.AGAIN),
        (502, {}, Meaning.AGAIN),
        (503, {}, Meaning.AGAIN),
        (503, {"retry-after": "3"}, Meaning.PAUSE),
        (504, {}, Meaning.AGAIN),
        (507, {}, Meaning.AGAIN),
    ],
)
def test_each_answer_has_one_meaning(status, headers, then):
    assert answers.meaning(status, headers) is then


def test_a_pause_grows_and_stays_within_its_bound():
    pauses = [answers.pause(attempt, random.Random(1)) for attempt in range(40)]
    assert pauses == sorted(pauses)
    assert max(pauses) <= answers.LONGEST_WAIT


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("", 1.0), ("Wed, 01 Jan 2031 00:00:00 GMT", 1.0)])
def test_the_queue_waits_as_long_as_it_is_asked_to(told, seconds):
    assert answers.asked_to_wait({"retry-after": told}) == seconds
