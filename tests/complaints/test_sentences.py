"""Each thing that happens has its sentence, whole for every reader."""

from datetime import date

import msgspec
import pytest

from backend.complaints.sentences import DESK, MOVES, SENTENCES, Facts, listed, sentence, who
from backend.events.kinds import EventKind

WHOLE = Facts(
    number="SRK 7F3K 9Q",
    agency="Dinas PU",
    agencies=("Dinas PU", "Dinas Perhubungan"),
    answer_on=date(2026, 3, 4),
    work_on=date(2026, 3, 5),
    finish_on=date(2026, 3, 6),
    visit_on=date(2026, 3, 3),
    reply_until=date(2026, 3, 16),
    words="Lampu diganti",
)
SILENT = {EventKind.PHOTO_UPLOADED, EventKind.PHOTO_READY}


def test_everything_that_can_happen_has_its_line():
    assert set(SENTENCES) == set(EventKind)


@pytest.mark.parametrize("kind", sorted(set(EventKind) - SILENT))
@pytest.mark.parametrize("desk", [False, True])
def test_every_sentence_is_whole(kind, desk):
    said = sentence(kind, WHOLE, desk=desk)
    assert said
    assert "{" not in said
    assert said[-1] in ".?"
    assert "  " not in said


@pytest.mark.parametrize("kind", sorted(EventKind))
def test_only_the_reporter_is_spoken_to_as_anda(kind):
    assert "Anda" not in sentence(kind, WHOLE, desk=True)


def test_the_desk_has_words_of_its_own_where_the_reporter_is_spoken_to():
    spoken_to = {kind for kind in EventKind if "Anda" in sentence(kind, WHOLE)}
    assert spoken_to <= set(DESK)


def test_jointly_the_lead_is_named():
    joint = msgspec.structs.replace(WHOLE, lead="Dinas PU", agencies=("Dinas Perhubungan",))
    assert sentence(EventKind.FORWARDED, joint).startswith("Ditangani bersama: Dinas PU memimpin, Dinas Perhubungan membantu;")


def test_a_question_promises_an_answer_and_no_work():
    said = sentence(EventKind.FORWARDED, msgspec.structs.replace(WHOLE, work_on=None))
    assert said.startswith("Diteruskan ke Dinas PU dan Dinas Perhubungan; jawaban paling lambat Rabu 4 Maret")
    assert "dikerjakan" not in said


def test_names_are_listed_as_people_say_them():
    assert (listed(()), listed(("A",)), listed(("A", "B")), listed(("A", "B", "C"))) == ("", "A", "A dan B", "A, B dan C")


def test_who_did_it_is_never_a_persons_name():
    assert who(EventKind.CONFIRMED, "Dinas PU") == "Pelapor"
    assert who(EventKind.FORWARDED, "Dinas PU") == "Moderator"
    assert who(EventKind.ANSWERED, "Dinas PU") == "Dinas PU"
    assert who(EventKind.ANSWERED, "") == "Sambat"


def test_photos_and_late_words_move_nothing():
    assert set(EventKind) - MOVES == {EventKind.CONFLICTED, EventKind.PHOTO_UPLOADED, EventKind.PHOTO_READY, EventKind.PHOTO_REFUSED}
