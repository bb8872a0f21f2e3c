"""What a complaint and a forwarding must hold, field by field."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest
from uuid_utils.compat import uuid7

from backend.complaints import checks
from backend.complaints.operations import PhotoClaim, Place, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import ForwardComplaint, ForwardPart
from backend.complaints.states import Mode
from backend.sla.policy import ServiceClass

HASH = "0" * 64
PLACE = Place(address="depan pasar")


def photo(photo_id=None):
    return PhotoClaim(id=photo_id or uuid4(), sha256=HASH, size=1)


def told(**other):
    given = {
        "id": uuid4(),
        "complaint": uuid4(),
        "secrecy": Secrecy.NAME_HIDDEN,
        "text": "Lampu jalan mati.",
        "place": PLACE,
        "claim_hash": HASH,
    }
    return SubmitComplaint(**{**given, **other})


def fields(op, service_class=None):
    return set(checks.of_submit(op, service_class))


def test_text_and_place_are_enough():
    assert fields(told()) == set()


@pytest.mark.parametrize("text", [" ", "\n\t "])
def test_blanks_are_no_text(text):
    assert fields(told(text=text, photos=(photo(),))) == {"text"}


def test_one_word_is_enough_with_a_photo():
    assert fields(told(text="Lubang")) == {"text"}
    assert fields(told(text="Lubang", photos=(photo(),))) == set()


@pytest.mark.parametrize(
    "place",
    [Place(latitude=-7.98, longitude=112.63), Place(area="35.73.05.1002"), Place(address="depan pasar")],
    ids=["point", "area", "words"],
)
def test_a_point_a_kelurahan_or_words_are_a_place(place):
    assert fields(told(place=place)) == set()


@pytest.mark.parametrize("place", [Place(), Place(address="  "), Place(accuracy_m=5)])
def test_a_place_is_needed_unless_it_is_a_question(place):
    assert fields(told(place=place)) == {"place"}
    assert fields(told(place=place), ServiceClass.FIELD_WORK) == {"place"}
    assert fields(told(place=place), ServiceClass.INFORMATION) == set()
    assert fields(told(place=place), ServiceClass.NOTE) == set()


def test_half_a_point_is_none():
    assert fields(told(place=Place(latitude=-7.9, address="depan pasar"))) == {"place"}


def test_a_photo_comes_once():
    same = photo()
    assert fields(told(photos=(same, same))) == {"photos"}


def test_a_guest_brings_a_key_and_an_account_none():
    assert fields(told(claim_hash=None)) == {"secrecy"}
    assert fields(told(owner=uuid4())) == {"secrecy"}
    assert fields(told(owner=uuid4(), claim_hash=None)) == set()


@pytest.mark.parametrize(
    "told_too",
    [
        {"owner": uuid4(), "claim_hash": None},
        {"occurred_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"id": uuid7()},
        {"complaint": uuid7()},
        {"photos": (photo(uuid7()),)},
    ],
    ids=["account", "device time", "operation id", "complaint id", "photo id"],
)
def test_nothing_of_an_anonymous_complaint_tells_who_or_when(told_too):
    assert fields(told(secrecy=Secrecy.ANONYMOUS)) == set()
    assert fields(told(secrecy=Secrecy.ANONYMOUS, **told_too)) == {"secrecy"}


FIELD = ServiceClass.FIELD_WORK
PU, DLH = ForwardPart(agency="DPUPRPKP", service_class=FIELD), ForwardPart(agency="DLH", service_class=FIELD)
LEAD = msgspec.structs.replace(PU, lead=True)


@pytest.mark.parametrize(
    ("mode", "parts", "reason", "wrong"),
    [
        (Mode.SINGLE, (PU,), "", set()),
        (Mode.SINGLE, (PU, DLH), "", {"mode"}),
        (Mode.PARALLEL, (PU, DLH), "", set()),
        (Mode.PARALLEL, (PU,), "", {"mode"}),
        (Mode.PARALLEL, (PU, PU), "", {"parts"}),
        (Mode.JOINT, (LEAD, DLH), "Satu galian.", set()),
        (Mode.JOINT, (LEAD, DLH), "  ", {"reason"}),
        (Mode.JOINT, (PU, DLH), "Satu galian.", {"lead"}),
        (Mode.JOINT, (LEAD, msgspec.structs.replace(DLH, lead=True)), "Satu galian.", {"lead"}),
        (Mode.JOINT, (LEAD,), "Satu galian.", {"mode"}),
        (Mode.SINGLE, (msgspec.structs.replace(PU, service_class=ServiceClass.JOINT),), "", {"parts"}),
    ],
)
def test_how_a_complaint_is_forwarded(mode, parts, reason, wrong):
    op = ForwardComplaint(id=uuid4(), complaint=uuid4(), seen="received", mode=mode, parts=parts, reason=reason)
    assert set(checks.of_forward(op)) == wrong
