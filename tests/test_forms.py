"""Whatever comes in becomes a struct or one sentence for each field that does not fit."""

from uuid import uuid4

import msgspec
import pytest

from backend.complaints.operations import SubmitComplaint
from backend.complaints.staff_operations import AnswerPart, FinishPart, NameOfficer, VisitPart
from backend.errors import InvalidInput
from backend.forms import SENTENCES, decode, written

SUBMIT = {"kind": "complaint.submit", "id": str(uuid4()), "complaint": str(uuid4()), "secrecy": "name_hidden", "text": "Lampu mati"}
PHOTO = {"id": str(uuid4()), "sha256": "0" * 64, "size": 1}


def wrong(struct, **given):
    with pytest.raises(InvalidInput) as refused:
        decode(given, struct)
    return refused.value.fields


def test_a_form_that_fits_becomes_its_struct():
    op = decode({**SUBMIT, "place": {"latitude": "-7.98", "longitude": "112.63"}}, SubmitComplaint)
    assert (op.text, op.place.latitude, op.place.longitude) == ("Lampu mati", -7.98, 112.63)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"text": ""}, "text", SENTENCES["text"]),
        ({"text": "a" * 4001}, "text", "Terlalu panjang: paling banyak 4000 huruf."),
        ({"text": "a\0b"}, "text", SENTENCES["text"]),
        ({"secrecy": "rahasia"}, "secrecy", SENTENCES["secrecy"]),
        ({"place": {"latitude": "jauh"}}, "place", SENTENCES["place"]),
        ({"place": {"latitude": "91"}}, "place", SENTENCES["place"]),
        ({"place": {"address": "a" * 301}}, "place", "Terlalu panjang: paling banyak 300 huruf."),
        ({"category": "12345"}, "category", "Terlalu panjang: paling banyak 4 huruf."),
        ({"photos": [PHOTO] * 6}, "photos", SENTENCES["photos"]),
        ({"photos": [{**PHOTO, "size": 13 * 1024 * 1024}]}, "photos", SENTENCES["photos"]),
        ({"id": "satu"}, "id", "Isian “id” tidak dapat dibaca."),
        ({"wajah": "bulat"}, "wajah", "Isian “wajah” tidak dikenal."),
        ({"kind": "complaint.forward"}, "kind", "Isian “kind” tidak dapat dibaca."),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(given, field, sentence):
    assert wrong(SubmitComplaint, **{**SUBMIT, **given}) == {field: sentence}


def test_a_field_that_is_missing_is_told_as_one_that_is_empty():
    answer = {"kind": "part.answer", "id": str(uuid4()), "part": str(uuid4()), "seen": "assigned"}
    assert wrong(AnswerPart, **answer) == {"text": SENTENCES["text"]}


@pytest.mark.parametrize(
    ("struct", "field"),
    [(VisitPart, "finish_on"), (FinishPart, "work_done_on"), (FinishPart, "outcome"), (NameOfficer, "visit_on"), (NameOfficer, "officer")],
)
def test_choices_and_dates_have_a_sentence_of_their_own(struct, field):
    words = {"text": "a", "work_done": "a", "work_done_by": "a", "seen": "assigned"}
    given = {"outcome": "fixed", "work_done_on": "2026-03-02", "finish_on": "2026-03-02", "visit_on": "2026-03-02", "officer": str(uuid4())}
    mine = {name: value for name, value in {**words, **given}.items() if name in struct.__struct_fields__}
    fitting = {"kind": struct.__struct_config__.tag, "id": str(uuid4()), "part": str(uuid4()), **mine}
    if struct is VisitPart:
        fitting["photos"] = [PHOTO]
    assert isinstance(decode(fitting, struct), msgspec.Struct)
    assert wrong(struct, **{**fitting, field: "kapan saja"}) == {field: SENTENCES[field]}


def test_a_visit_without_a_photo_is_asked_for_one():
    visit = {"kind": "part.visit", "id": str(uuid4()), "part": str(uuid4()), "seen": "assigned", "text": "a", "finish_on": "2026-03-02"}
    assert wrong(VisitPart, **visit, photos=[]) == {"photos": "Sertakan sedikitnya satu foto."}


def test_the_word_null_is_not_nothing():
    assert wrong(SubmitComplaint, **SUBMIT, previous="null") == {"previous": "Isian “previous” tidak dapat dibaca."}
    assert wrong(SubmitComplaint, **SUBMIT, place={"latitude": "NULL"}) == {"place": SENTENCES["place"]}
    assert decode({**SUBMIT, "text": "null"}, SubmitComplaint).text == "null"


def test_what_is_left_empty_is_as_good_as_not_sent_unless_nobody_knows_it():
    assert written({"text": "", "wajah": "", "reason": "x"}, {"text", "reason"}) == {"wajah": "", "reason": "x"}
