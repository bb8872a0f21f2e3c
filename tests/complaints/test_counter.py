"""A clerk writes down what somebody tells: the slip is the reporter's, and the clerk sees it afterwards only as any party."""

import re
from uuid import uuid4

import pytest

from backend.actors.actor import NOBODY
from backend.agencies.tables import Agency
from backend.complaints import claims, counter, queries
from backend.complaints.operations import ContactGiven
from backend.complaints.tables import Complaint, Contact, Photo
from backend.errors import NotFound
from backend.events.tables import Event
from backend.operations import Status
from tests.support import asked, asked_desk, pictures
from tests.support import city as a_city
from tests.support.walked import applied, due, row

FORM = {
    "source": "counter",
    "secrecy": "name_hidden",
    "text": "KTP ibu saya belum jadi sejak Januari.",
    "address": "Kelurahan Kasin",
    "private": "NIK 3573014101900001",
    "contact_name": "Bu Sri",
    "contact_phone": "0812-3456-7890",
}


def form(**other):
    return {**FORM, "operation_id": str(uuid4()), **other}


@pytest.fixture
async def clerk(city):
    """Somebody at the counter of a kelurahan."""
    [office] = await Agency.select(Agency.code).where(Agency.kind == "kelurahan").order_by(Agency.code).limit(1)
    return await a_city.person("agency_admin", office["code"])


async def test_it_is_received_like_any_other_and_says_how_it_came(city, clerk):
    op = asked_desk.for_other(clerk, source="phone", contact=ContactGiven(name="Bu Sri", phone="081234567890"))
    outcome = await applied(counter.submit_for_other(clerk, op))
    kept = await row(op.complaint)
    assert (kept.source, kept.entered_by, kept.reporter) == ("phone", clerk.account, None)
    assert outcome.complaint.number == kept.number
    assert {str(kind) for kind in await due(op.complaint)} == {"moderation", "promise"}
    assert (await Contact.objects().get(Contact.complaint == op.complaint)).phone == "081234567890"
    assert await queries.proven([asked.KEY]) == {op.complaint: False}


async def test_the_clerk_sees_it_afterwards_only_as_a_party(city, clerk):
    op = asked_desk.for_other(clerk)
    await applied(counter.submit_for_other(clerk, op))
    with pytest.raises(NotFound):
        await queries.one(clerk, op.complaint)
    assert await queries.mine(clerk) == []
    assert (await queries.one(asked.guest(op.complaint), op.complaint)).id == op.complaint


async def test_whoever_sits_at_no_counter_writes_nothing_down(city):
    people = [
        city.roads,
        city.officer,
        city.parks,
        city.citizen,
        *[await a_city.person(role) for role in ("manager", "secretary", "mayor")],
    ]
    for actor in people:
        op = asked_desk.for_other(actor)
        assert (await counter.submit_for_other(actor, op)).code == "not_found"
        assert await row(op.complaint) is None


@pytest.mark.parametrize("kind", ["kelurahan", "kecamatan", "puskesmas", "counter"])
async def test_offices_people_walk_into_are_counters(city, kind):
    [office] = await Agency.select(Agency.code).where(Agency.kind == kind).order_by(Agency.code).limit(1)
    assert await counter.may(await a_city.person("agency_admin", office["code"]))
    assert not await counter.may(await a_city.person("officer", office["code"]))


async def test_a_moderator_takes_calls(city):
    assert await counter.may(city.moderator)
    assert not await counter.may(NOBODY)


async def test_of_somebody_anonymous_neither_contact_nor_clerk_nor_minute_is_kept(city, clerk, at):
    at("2026-03-02 09:41:27")
    refused = await counter.submit_for_other(
        clerk, asked_desk.for_other(clerk, secrecy="anonymous", contact=ContactGiven(phone="081234567890"))
    )
    assert set(refused.fields) == {"contact"}
    op = asked_desk.for_other(clerk, secrecy="anonymous")
    await applied(counter.submit_for_other(clerk, op))
    kept = await row(op.complaint)
    assert (kept.entered_by, kept.received_at.minute) == (None, 0)
    [event] = await Event.objects().where(Event.complaint == op.complaint)
    assert (event.actor, event.at.minute, event.id.version) == (None, 0, 4)


async def test_what_must_be_mended_has_a_sentence(city, clerk):
    for wrong, field in (
        ({"source": "app"}, "source"),
        ({"text": "Rusak"}, "text"),
        ({"contact": ContactGiven(may_call=True)}, "contact"),
        ({"category": "999"}, "category"),
    ):
        outcome = await counter.submit_for_other(clerk, asked_desk.for_other(clerk, **wrong))
        assert (outcome.status, set(outcome.fields)) == (Status.REJECTED, {field})


async def test_the_form_gives_a_slip_to_print_with_a_key_that_opens_the_case(city, clerk, door):
    browser = await door(clerk)
    assert (await browser.get("/complaints/for-other")).status_code == 200
    picture = ("photos", ("foto.jpg", pictures.jpeg(), "image/jpeg"))
    slip = await browser.post("/complaints/for-other", data=form(contact_may_call="true"), files=[picture])
    assert slip.status_code == 200, slip.text
    [complaint] = await Complaint.objects()
    key = "".join(re.search(r"data-key>([^<]*)<", slip.text)[1].split())
    assert claims.hash_of(key) == complaint.claim_hash
    assert claims.spoken(complaint.number) in slip.text
    assert "<svg" in slip.text
    assert slip.headers["x-sambat-scope"] == "none"
    assert await Photo.count().where(Photo.complaint == complaint.id, Photo.state == "uploaded") == 1
    assert (await browser.get(f"/complaints/{complaint.id}")).status_code == 404
    reporter = await door()
    assert (await reporter.post("/claim", data={"key": key})).status_code == 303
    assert (await reporter.get(f"/complaints/{complaint.id}")).status_code == 200


async def test_the_key_is_read_out_by_words_nobody_mishears(city, clerk, door):
    slip = await (await door(clerk)).post("/complaints/for-other", data=form(source="phone"))
    key = "".join(re.search(r"data-key>([^<]*)<", slip.text)[1].split())
    words = [claims.ALOUD[sign] for sign in key]
    assert " · ".join(words[:4]) in slip.text
    assert len(set(claims.ALOUD.values())) == len(claims.ALOUD) == 32


async def test_the_same_form_twice_is_one_complaint(city, clerk, door):
    browser, sent = await door(clerk), form()
    slips = [await browser.post("/complaints/for-other", data=sent) for _ in range(2)]
    assert await Complaint.count() == 1
    assert len({re.search(r"data-key>([^<]*)<", slip.text)[1] for slip in slips}) == 1


async def test_what_was_typed_comes_back(city, clerk, door):
    page = await (await door(clerk)).post("/complaints/for-other", data=form(text="Rusak", contact_phone="nol"))
    assert page.status_code == 422
    assert "Kelurahan Kasin" in page.text
    assert "Bu Sri" in page.text
    assert await Complaint.count() == 0


async def test_the_form_is_not_there_for_the_others(city, door):
    for actor in (city.roads, city.officer, city.citizen):
        browser = await door(actor)
        assert (await browser.get("/complaints/for-other")).status_code == 404
        assert (await browser.post("/complaints/for-other", data=form())).status_code == 404
    assert (await (await door()).get("/complaints/for-other")).status_code == 401
    assert await Complaint.count() == 0
