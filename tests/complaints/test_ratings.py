"""What a reporter thinks of how it went: one to five, once, when it has ended as handled."""

from uuid import uuid4

import msgspec
import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions, parts, queries, ratings
from backend.complaints.operations import RateComplaint
from backend.complaints.tables import Complaint, Note, Rating
from backend.operations import Status
from tests.support import asked, asked_desk
from tests.support import city as a_city
from tests.support.walked import applied, happened, resolved, told


async def confirmed(city):
    complaint, _ = await resolved(city, city.citizen)
    await a_city.confirm(city.citizen, complaint)
    return complaint


async def test_a_closed_one_is_rated_once(city):
    complaint = await confirmed(city)
    await applied(ratings.rate(city.citizen, asked_desk.rate(city.citizen, complaint, 4, text=" Cepat, terima kasih. ")))
    rating = await Rating.objects().get(Rating.complaint == complaint)
    assert rating.stars == 4
    assert (await Note.objects().get(Note.id == rating.note)).text == "Cepat, terima kasih."
    again = await ratings.rate(city.citizen, asked_desk.rate(city.citizen, complaint, 1))
    assert (again.status, again.code) == (Status.REJECTED, "rated_already")
    assert (await happened(complaint)).count("complaint.rated") == 1


async def test_stars_alone_are_enough(city):
    complaint = await confirmed(city)
    await applied(ratings.rate(city.citizen, asked_desk.rate(city.citizen, complaint, 1)))
    assert (await Rating.objects().get(Rating.complaint == complaint)).note is None


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_one_to_five(stars):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"kind": "complaint.rate", "id": str(uuid4()), "complaint": str(uuid4()), "stars": stars}, RateComplaint)


@pytest.mark.parametrize("ending", ["silence", "decided"])
async def test_also_what_closed_by_silence_or_a_decision(city, ending):
    complaint = await told(city.citizen)
    await Complaint.update({Complaint.status: "closed", Complaint.ending: ending}).where(Complaint.id == complaint)
    await applied(ratings.rate(city.citizen, asked_desk.rate(city.citizen, complaint)))


@pytest.mark.parametrize(
    ("status", "ending"), [("resolved", ""), ("received", ""), ("rejected", "rejected"), ("closed", "withdrawn"), ("closed", "note")]
)
async def test_nothing_else_is_rated(city, status, ending):
    complaint = await told(city.citizen)
    await Complaint.update({Complaint.status: status, Complaint.ending: ending}).where(Complaint.id == complaint)
    outcome = await ratings.rate(city.citizen, asked_desk.rate(city.citizen, complaint))
    assert (outcome.status, outcome.code) == (Status.REJECTED, "not_yet_closed")


async def test_only_the_reporter_rates(city):
    complaint = await confirmed(city)
    for actor in (city.moderator, city.roads, city.officer, await a_city.person("citizen"), NOBODY):
        assert (await ratings.rate(actor, asked_desk.rate(actor, complaint))).code == "not_found"


async def test_of_somebody_anonymous_a_rating_tells_nothing(city, at):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, op.complaint)))
    [part] = await queries.parts_of(op.complaint)
    await applied(parts.finish(city.roads, asked.finish(city.roads, part.id)))
    holder = asked.guest(op.complaint)
    await applied(actions.confirm(holder, asked.confirm(holder, op.complaint, id=uuid4())))
    at("2026-03-03 14:23:45")
    await applied(ratings.rate(holder, asked_desk.rate(holder, op.complaint, text="Baik.", id=uuid4())))
    rating = await Rating.objects().get(Rating.complaint == op.complaint)
    assert (rating.at.minute, rating.at.second) == (0, 0)
    assert (await Note.objects().get(Note.id == rating.note)).author is None
