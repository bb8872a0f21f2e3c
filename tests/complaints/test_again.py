""" "Lapor lagi": a new complaint goes on from one that has ended, and is the same fault come back if it is soon and near."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from backend import clock
from backend.actors.actor import NOBODY
from backend.complaints import actions, again
from backend.complaints.operations import Place
from backend.complaints.tables import Complaint
from backend.events.tables import Event
from backend.operations import Status
from tests.support import asked
from tests.support import city as a_city
from tests.support.walked import applied, happened, row, told

HERE = Place(latitude=-7.9666204, longitude=112.6326321)
NEAR = Place(latitude=-7.9669, longitude=112.6326321)  # 31 m
FAR = Place(latitude=-7.9672, longitude=112.6326321)  # 64 m


async def ended(reporter, *, place=HERE, ending="confirmed", status="closed", **other):
    """A complaint of this account or guest that has ended now."""
    complaint = await told(reporter, place=place, **other)
    ends = {Complaint.status: status, Complaint.ending: ending, Complaint.closed_at: clock.now()}
    await Complaint.update(ends).where(Complaint.id == complaint)
    return complaint


async def test_both_histories_name_the_other(city):
    old = await ended(city.citizen)
    new = asked.submit(city.citizen, previous=old, place=HERE)
    await applied(actions.submit(city.citizen, new))
    kept = await row(new.complaint)
    assert (kept.previous, kept.recurrence) == (old, True)
    assert (await happened(old))[-1] == "complaint.continued"
    event = (await Event.objects().where(Event.complaint == old, Event.kind == "complaint.continued"))[0]
    assert event.subject == new.complaint
    assert f"SRK {kept.number[:4]} {kept.number[4:]}" in event.data
    assert (await row(old)).status == "closed"


@pytest.mark.parametrize(
    ("days", "place", "ending", "status", "recurs"),
    [
        (0, NEAR, "confirmed", "closed", True),
        (30, HERE, "silence", "closed", True),
        (30, HERE, "decided", "closed", True),
        (31, HERE, "confirmed", "closed", False),
        (1, FAR, "confirmed", "closed", False),
        (1, Place(address="depan pasar"), "confirmed", "closed", False),
        (1, HERE, "withdrawn", "closed", False),
        (1, HERE, "note", "closed", False),
        (1, HERE, "rejected", "rejected", False),
    ],
)
async def test_it_is_a_recurrence_within_thirty_days_and_fifty_metres_of_what_was_handled(city, at, days, place, ending, status, recurs):
    ended_at = at("2026-03-02 09:00")
    old = await ended(city.citizen, ending=ending, status=status)
    at(f"{(ended_at + timedelta(days=days, hours=7)):%Y-%m-%d %H:%M}")
    new = await told(city.citizen, previous=old, place=place)
    assert (await row(new)).recurrence == recurs


async def test_a_place_without_a_point_is_near_to_nothing(city):
    old = await row(await ended(city.citizen, place=Place(address="depan pasar")))
    assert not again.is_recurrence(old, HERE, clock.now())


async def test_one_goes_on_only_from_what_is_ones_own_and_has_ended(city):
    other = await a_city.person("citizen")
    for previous in (await told(city.citizen), await ended(other), await ended(None), uuid4()):
        outcome = await actions.submit(city.citizen, asked.submit(city.citizen, previous=previous))
        assert (outcome.status, set(outcome.fields)) == (Status.REJECTED, {"previous"})
    staff = await actions.submit(city.moderator, asked.submit(city.moderator, previous=await ended(city.citizen)))
    assert staff.status == Status.REJECTED


async def test_a_guest_goes_on_with_the_key_of_the_old_one(city):
    old = await ended(None, key="0" * 26)
    without = await actions.submit(NOBODY, asked.submit(previous=old))
    assert (without.status, set(without.fields)) == (Status.REJECTED, {"previous"})
    new = asked.submit(previous=old)
    await applied(actions.submit(asked.guest(old), new))
    assert (await row(new.complaint)).previous == old


async def test_no_link_ever_tells_who_is_anonymous(city):
    named, nameless = await ended(None, key="0" * 26), asked.anonymous(key="1" * 26)
    await applied(actions.submit(NOBODY, nameless))
    await Complaint.update({Complaint.status: "closed"}).where(Complaint.id == nameless.complaint)
    holder = asked.guest(named, nameless.complaint)
    for op in (asked.anonymous(previous=named), asked.submit(previous=nameless.complaint)):
        assert (await actions.submit(holder, op)).status == Status.REJECTED
    with_account = asked.submit(city.citizen, previous=nameless.complaint)
    assert (await actions.submit(city.citizen.holding(holder.claimed), with_account)).status == Status.REJECTED
    await applied(actions.submit(holder, asked.anonymous(previous=nameless.complaint)))


async def test_the_form_of_a_browser_without_scripts_knows_where_it_was(city, door):
    old = await ended(city.citizen, place=Place(address="depan Pasar Oro-Oro Dowo", area="35.73.02.1008"), category="9")
    browser = await door(city.citizen)
    page = await browser.get("/complaints/new", params={"again": str(old)})
    assert page.status_code == 200
    assert f'value="{old}"' in page.text
    assert "depan Pasar Oro-Oro Dowo" in page.text
    assert page.headers["x-sambat-scope"] == "none"
    assert "no-store" in page.headers["cache-control"]


@pytest.mark.parametrize("asked_for", ["satu", "", str(UUID(int=7))])
async def test_the_form_of_whoever_asks_for_anything_else_is_the_ordinary_one(city, door, asked_for):
    page = await (await door()).get("/complaints/new", params={"again": asked_for})
    assert page.status_code == 200
    assert page.headers["x-sambat-scope"] == "public"


async def test_anothers_complaint_is_no_start(city, door):
    old = await ended(city.citizen, place=Place(address="depan Pasar Oro-Oro Dowo"))
    page = await (await door(city.moderator)).get("/complaints/new", params={"again": str(old)})
    assert str(old) not in page.text
    assert "depan Pasar Oro-Oro Dowo" not in page.text
