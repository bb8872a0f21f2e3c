"""Telling the city something: what is only for officers, how one can be reached, and what never goes together."""

from uuid import uuid4

import msgspec
import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions
from backend.complaints.operations import ContactGiven
from backend.complaints.tables import Complaint, Contact
from backend.operations import Status
from tests.support import asked
from tests.support.walked import row, told

CONTACT = ContactGiven(name="Bu Sri", phone="0812-3456-7890", may_call=True)
FORM = {
    "secrecy": "name_hidden",
    "text": "KTP saya belum jadi sejak Januari.",
    "address": "Kelurahan Kasin",
    "private": "NIK 3573014101900001",
    "contact_name": "Bu Sri",
    "contact_phone": "0812-3456-7890",
    "contact_may_call": "true",
}


async def test_what_is_only_for_officers_and_the_contact_are_kept_apart_from_the_text(city):
    complaint = await told(city.citizen, private=" NIK 3573014101900001 ", contact=CONTACT)
    kept = await row(complaint)
    assert (kept.text, kept.private) == (asked.WORDS, "NIK 3573014101900001")
    contact = await Contact.objects().get(Contact.complaint == complaint)
    assert (contact.name, contact.phone, contact.may_call) == ("Bu Sri", "0812-3456-7890", True)


async def test_a_contact_nobody_filled_in_is_none(city):
    complaint = await told(contact=ContactGiven(name=" ", phone=""))
    assert not await Contact.exists().where(Contact.complaint == complaint)


async def test_without_a_name_there_is_no_contact_either(city):
    op = asked.anonymous(contact=CONTACT)
    outcome = await actions.submit(NOBODY, op)
    assert (outcome.status, set(outcome.fields)) == (Status.REJECTED, {"contact"})
    assert await row(op.complaint) is None
    assert (await actions.submit(NOBODY, asked.anonymous(contact=ContactGiven()))).status == Status.APPLIED


@pytest.mark.parametrize("phone", ["081234567890", "+62 812-3456-7890", "0341 715103", ""])
def test_numbers_are_taken_as_people_write_them(phone):
    assert msgspec.convert({"phone": phone}, ContactGiven).phone == phone


@pytest.mark.parametrize("phone", ["nol delapan", "08", "0812345678901234567890", "0812'--"])
def test_what_is_no_number_is_not(phone):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"phone": phone}, ContactGiven)


async def test_a_form_without_scripts_brings_the_same(city, door):
    answer = await (await door()).post("/complaints", data={**FORM, "operation_id": str(uuid4())})
    assert answer.status_code == 200, answer.text
    [complaint] = await Complaint.objects()
    [contact] = await Contact.objects()
    assert complaint.private == FORM["private"]
    assert (contact.name, contact.phone, contact.may_call) == ("Bu Sri", "0812-3456-7890", True)
    assert FORM["private"] not in answer.text


async def test_an_unticked_box_lets_nobody_call(city, door):
    await (await door()).post("/complaints", data={name: value for name, value in FORM.items() if name != "contact_may_call"})
    [contact] = await Contact.objects()
    assert not contact.may_call


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"contact_phone": "nol delapan"}, "Nomor telepon tidak dapat dibaca"),
        ({"private": "a" * 501}, "paling banyak 500 huruf"),
        ({"secrecy": "anonymous"}, "Tanpa nama berarti tanpa nomor telepon"),
        ({"previous": str(uuid4())}, "Aduan lama itu belum ditutup"),
    ],
    ids=["phone", "private", "anonymous", "previous"],
)
async def test_what_does_not_fit_is_said_and_what_was_typed_stays(city, door, wrong, sentence):
    answer = await (await door()).post("/complaints", data={**FORM, "operation_id": str(uuid4()), **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert FORM["text"] in answer.text
    assert await Complaint.count() == 0
    assert await Contact.count() == 0


async def test_a_complaint_that_is_refused_leaves_no_contact(city):
    first = await told()
    outcome = await actions.submit(NOBODY, asked.submit(complaint=first, contact=CONTACT))
    assert outcome.code == "complaint_exists"
    assert await Contact.count() == 0
