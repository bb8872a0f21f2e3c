"""What everybody finds: published complaints, by place, kind and state, page by page; and nothing else, however it is asked."""

import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions, parts, public
from backend.complaints.operations import Place
from backend.complaints.public import STATES, Near, Sieve
from backend.complaints.states import Status
from backend.complaints.tables import Complaint
from tests.support import asked
from tests.support.published import hidden, published
from tests.support.walked import applied, told

AREA, OROORO = "35.73.02.1010", "35.73.02.1001"


async def numbers(after="", **sieve):
    return [row["number"] for row in await public.listed(NOBODY, Sieve(**sieve), after)]


async def test_only_what_a_moderator_has_published_is_there(city):
    shown = await published(city)
    waiting = await told(city.citizen)
    sealed = await published(city)
    await Complaint.update({Complaint.confidential: True}).where(Complaint.id == sealed.id)
    taken_back = await published(city)
    await hidden(city, taken_back.id)
    assert await numbers() == [shown.number]
    assert await public.count(NOBODY, Sieve()) == 1
    assert waiting


def test_every_state_is_one_that_can_be_asked_for():
    asked_for = [status for state in STATES.values() for status in state.statuses]
    assert sorted(asked_for) == sorted(Status)


async def test_lists_are_sifted_by_kelurahan_kind_and_state(city):
    pothole = await published(city, category="1", place=Place(area=AREA))
    lamp = await published(city, category="7", place=Place(area=OROORO))
    done = await published(city, category="7", place=Place(area=AREA))
    await applied(parts.finish(city.roads, asked.finish(city.roads, done.part)))
    assert await numbers(area=AREA) == [done.number, pothole.number]
    assert await numbers(categories=("7",)) == [done.number, lamp.number]
    assert await numbers(categories=("1", "7"), area=OROORO) == [lamp.number]
    assert await numbers(state="resolved") == [done.number]
    assert await numbers(state="open") == [lamp.number, pothole.number]
    await applied(actions.confirm(city.citizen, asked.confirm(city.citizen, done.id)))
    assert (await numbers(state="resolved"), await numbers(state="closed")) == ([], [done.number])
    assert await public.of_areas(NOBODY, Sieve(categories=("7",))) == {AREA: 1, OROORO: 1}


async def test_a_list_goes_on_where_it_stopped_whatever_is_published_meanwhile(city, at, monkeypatch):
    monkeypatch.setattr(public, "PAGE", 3)
    at("2026-03-02 10:00")  # some at the same moment
    earlier = [(await published(city)).number for _ in range(4)]
    at("2026-03-02 11:00")
    earlier += [(await published(city)).number for _ in range(3)]
    seen = await numbers()
    while page := await numbers(seen[-1]):
        seen += page
        at("2026-03-03 11:00")
        await published(city)
    assert sorted(seen) == sorted(earlier)
    assert set(seen[:3]) == set(earlier[4:])


async def test_a_list_whose_last_one_is_gone_begins_again(city):
    shown, gone = await published(city), await published(city)
    await hidden(city, gone.id)
    assert await numbers(gone.number) == [shown.number]
    assert await numbers("NOSUCH") == [shown.number]


async def test_near_is_told_no_finer_than_places_are_shown(city):
    """Two in the same hundred metres stand in the order of publication, wherever exactly they are: asking again and again tells nothing."""
    first = await published(city, place=Place(latitude=-7.97741, longitude=112.63389))
    second = await published(city, place=Place(latitude=-7.97659, longitude=112.63441))
    away = await published(city, place=Place(latitude=-7.9866, longitude=112.6341))
    far = await published(city, place=Place(latitude=-7.92, longitude=112.65))
    for near in (Near(-7.977, 112.634), Near(-7.979, 112.633), Near(-7.975, 112.636)):
        assert await numbers(near=near) == [second.number, first.number, away.number]
    assert far.number not in await numbers(near=Near(-7.9774, 112.6339))


@pytest.mark.parametrize("typed", ["{0}", "srk {1} {2}", " SRK-{1}-{2} ", "{1} {2}"])
async def test_a_number_is_known_however_it_is_typed(city, typed):
    number = (await published(city)).number
    typed = typed.format(number, number[:4].lower(), number[4:])
    assert await public.known(NOBODY, typed) == number


async def test_a_number_that_is_not_public_is_not_known(city):
    complaint = await told(city.citizen)
    number = (await Complaint.select(Complaint.number).where(Complaint.id == complaint).first())["number"]
    assert await public.known(city.citizen, number) == ""
