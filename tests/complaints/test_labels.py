"""Words, icons, tones and dates as a person reads them."""

from datetime import UTC, date, datetime

import pytest

from backend import clock
from backend.complaints import labels, labels_reasons
from backend.complaints.labels_steps import STEP_ICONS, STEP_WORDS
from backend.complaints.lifecycle import STEPS
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import (
    Ending,
    Evidence,
    Mode,
    PartOutcome,
    PartStatus,
    PromiseReason,
    QuestionKind,
    Rejection,
    Source,
    Status,
)
from backend.sla.policy import ServiceClass

TONES = {"kunyit", "biru", "daun", "bata", "abu"}


@pytest.fixture
def in_2026(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 2, 12, 3, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (Status, labels.STATUS_WORDS),
        (PartStatus, labels.STATUS_WORDS),
        (PartOutcome, labels.OUTCOME_WORDS),
        (PartOutcome, labels.OUTCOME_HINTS),
        (Evidence, labels.EVIDENCE_WORDS),
        (ServiceClass, labels.CLASS_WORDS),
        (Mode, labels.MODE_WORDS),
        (Mode, labels.MODE_HINTS),
        (Secrecy, labels.SECRECY_WORDS),
        (Ending, labels_reasons.ENDING_WORDS),
        (Rejection, labels_reasons.REJECTION_WORDS),
        (Rejection, labels_reasons.REJECTION_HINTS),
        (QuestionKind, labels_reasons.QUESTION_WORDS),
        (QuestionKind, labels_reasons.QUESTION_HINTS),
        (PromiseReason, labels_reasons.PROMISE_REASONS),
        (Source, labels_reasons.SOURCE_WORDS),
    ],
)
def test_everything_a_person_may_meet_has_a_word(members, words):
    assert set(members) <= set(words)
    assert all(words.values())


def test_every_step_has_a_word_and_an_icon():
    names = {step.name for step in STEPS}
    assert names == set(STEP_WORDS) == set(STEP_ICONS)


def test_no_state_is_told_by_its_tone_alone():
    assert all(label.icon and label.word and label.tone in TONES for label in labels.STATUS_LABELS.values())


def test_what_a_dinas_calls_done_carries_its_name():
    assert labels.status_word("resolved", "Dinas PU – jalan, saluran, lampu jalan") == "Selesai menurut Dinas PU"
    assert labels.status_word("resolved") == "Selesai menurut dinas"
    assert labels.status_word("forwarded", "Dinas PU – jalan") == "Diteruskan"


def test_who_told_it_is_asked_and_the_others_read_that_he_is():
    assert labels.status_word("needs_info") == "Menunggu Anda"
    assert labels.status_word("needs_info", desk=True) == "Menunggu pelapor"
    assert labels.status_word("rejected") == labels.status_word("rejected", desk=True) == "Bukan wewenang Pemkot"


def test_a_day_is_said_with_its_name_and_with_its_year_only_when_it_is_another(in_2026):
    assert labels.day(date(2026, 2, 19)) == "Kamis 19 Februari"
    assert labels.day(date(2027, 1, 4)) == "Senin 4 Januari 2027"


def test_a_day_of_the_wire_is_said_like_any_other(in_2026):
    assert labels.iso_day("2026-02-19") == "Kamis 19 Februari"


def test_moments_are_told_in_malang():
    evening = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    assert labels.moment(evening) == "24 Nov 2026, 00.30"
    assert labels.clock_time(evening) == "00.30"


@pytest.mark.parametrize(("count", "words"), [(3, "3 hari kerja lagi"), (0, "hari ini"), (-2, "terlambat 2 hari kerja"), (None, "")])
def test_days_left_as_people_say_them(count, words):
    assert labels.days_left(count) == words


def test_a_key_is_read_in_groups_of_four():
    assert labels.groups("7F3K9QXW2M4N8PTR6VHJ5DGBYC") == "7F3K 9QXW 2M4N 8PTR 6VHJ 5DGB YC"
    assert labels.groups("7F3K 9QXW") == "7F3K 9QXW"


@pytest.mark.parametrize(
    ("progress", "left", "boxes"),
    [
        (0, 2, "now left left"),
        (50, 1, "past now left"),
        (100, 0, "past past now"),
        (100, -1, "past past late"),
        (0, None, ""),
    ],
)
def test_a_promise_is_a_row_of_days(progress, left, boxes):
    assert labels.day_boxes(progress, left) == boxes.split()


@pytest.mark.parametrize(("progress", "left"), [(0, 60), (50, 30), (99, 1), (0, 0), (100, -90)])
def test_the_row_of_days_never_outgrows_a_phone(progress, left):
    assert 1 <= len(labels.day_boxes(progress, left)) <= labels.MOST_BOXES


def test_99_percent_gone_still_leaves_the_last_day_to_see():
    assert labels.day_boxes(99, 1)[-2:] == ["now", "left"]


def test_templates_find_every_choice_with_its_words():
    for choices in labels.GLOBALS.values():
        assert all(all(choice) for choice in choices)
    assert "joint" not in dict(labels.GLOBALS["CLASS_CHOICES"])
