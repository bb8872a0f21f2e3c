"""The reporter's own word: it is in order, or it is not, with what was left of the time (`law.md` T7)."""

from datetime import date
from uuid import uuid4

import pytest

from backend import clock
from backend.actors.actor import NOBODY
from backend.complaints import actions, parts, queries
from backend.complaints.operations import Place
from backend.complaints.states import Mode
from backend.complaints.tables import Assignment, Note, Photo
from backend.events import queries as events
from backend.operations import Owed, Status
from backend.sla import queries as sla
from backend.sla.policy import ClockKind
from tests.support import asked
from tests.support.walked import applied, due, forwarded, happened, part_row, resolved, row

JOGJA = Place(latitude=-7.7956, longitude=110.3695)


async def test_the_reporters_word_closes_it_and_ends_every_clock(city):
    complaint, _ = await resolved(city, city.citizen)
    outcome = await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    assert (outcome.status, outcome.complaint.status, outcome.complaint.owed) == (Status.APPLIED, "closed", ())
    assert await sla.running(complaint) == []
    assert (await happened(complaint))[-1] == "complaint.confirmed"


async def test_a_guest_confirms_with_his_key_alone(city):
    complaint, _ = await resolved(city)
    for other in (NOBODY, asked.guest(uuid4())):
        outcome = await actions.confirm(other, asked.confirm(other, complaint))
        assert outcome.code == "not_found"
    assert (await actions.confirm(asked.guest(complaint), asked.confirm(NOBODY, complaint))).status == Status.APPLIED


async def test_nobody_else_confirms_or_disputes(city):
    complaint, _ = await resolved(city, city.citizen)
    for other in (city.moderator, city.roads, city.officer, city.parks):
        assert (await actions.confirm(other, asked.confirm(other, complaint))).code == "not_found"
        assert (await actions.dispute(other, asked.dispute(other, complaint))).code == "not_found"
    assert (await row(complaint)).status == "resolved"


async def test_an_account_does_not_act_upon_what_belongs_to_a_key(city):
    """Else the account would stand beside the complaint of a guest."""
    complaint, _ = await resolved(city)
    both = city.citizen.holding(frozenset({complaint}))
    assert (await actions.confirm(both, asked.confirm(both, complaint))).code == "not_found"


async def test_confirming_twice_is_confirming_once(city):
    complaint, _ = await resolved(city, city.citizen)
    await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    again = await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    assert (again.status, again.code) == (Status.APPLIED, "already")
    assert (await happened(complaint)).count("complaint.confirmed") == 1


@pytest.mark.parametrize(
    ("done", "disputed", "work_on"),
    [
        ("2026-07-08 10:00", "2026-07-19 10:00", "2026-07-20"),  # 11a
        ("2026-07-09 10:00", "2026-07-19 10:00", "2026-07-20"),  # 11b
        ("2026-07-07 10:00", "2026-07-19 10:00", "2026-07-21"),  # 11c
        ("2026-07-08 10:00", "2026-07-23 07:00", "2026-07-24"),  # 11e: it counts from the server's day
        ("2026-07-08 10:00", "2026-07-08 15:00", "2026-07-09"),  # the same day: nothing moves
        ("2026-07-14 10:00", "2026-07-15 10:00", "2026-07-16"),  # late before: at least one working day
    ],
)
async def test_a_dispute_gives_back_what_was_left(city, at, done, disputed, work_on):
    at("2026-07-06 09:00")
    complaint, part = await forwarded(city, reporter=city.citizen)
    at(done)
    await parts.finish(city.roads, asked.finish(city.roads, part))
    at(disputed)
    outcome = await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    assert (outcome.status, outcome.complaint.status) == (Status.APPLIED, "disputed")
    assert outcome.complaint.owed == (Owed(what="finish", by=work_on),)
    assert await due(complaint, part) == {ClockKind.FINISH: date.fromisoformat(work_on)}
    assert (await row(complaint)).promise_finish_on == date.fromisoformat(work_on)
    assert (await part_row(part)).status == "in_progress"


async def test_a_dispute_keeps_its_words_and_names_its_photos(city):
    complaint, part = await resolved(city)
    photo = asked.photo()
    await actions.dispute(asked.guest(complaint), asked.dispute(NOBODY, complaint, photos=(photo,), part=part))
    [note] = [note for note in await Note.objects().where(Note.complaint == complaint) if note.kind == "dispute"]
    assert (note.text, note.author, note.part) == ("Masih mati.", None, part)
    named = await Photo.objects().get(Photo.id == photo.id)
    assert (named.stage, named.note, named.state) == ("dispute", note.id, "awaited")


async def test_only_the_part_that_is_not_in_order_goes_back(city):
    complaint, roads, parks = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.PARALLEL, reporter=city.citizen)
    for admin, part in ((city.roads, roads), (city.parks, parks)):
        await parts.finish(admin, asked.finish(admin, part))
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint, part=parks))
    states = {str(part.agency): part.status for part in await queries.parts_of(complaint)}
    assert states == {"DPUPRPKP": "done", "DLH": "in_progress"}
    await parts.finish(city.parks, asked.finish(city.parks, parks, seen="in_progress"))
    assert (await row(complaint)).status == "resolved"


async def test_a_part_of_another_complaint_is_refused_whatever_state_it_is_in(city):
    complaint, _ = await resolved(city, city.citizen)
    for seen in ("resolved", "received"):
        outcome = await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint, part=uuid4(), seen=seen))
        assert set(outcome.fields) == {"part"}


async def test_the_second_dispute_is_the_moderators_and_there_is_no_third(city, at):
    complaint, part = await resolved(city, city.citizen)
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    await parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress"))
    at("2026-03-12 10:00")
    second = await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    assert (second.status, second.complaint.status) == (Status.APPLIED, "disputed")
    assert await due(complaint) == {ClockKind.MODERATION: date(2026, 3, 16)}
    assert await due(complaint, part) == {}
    await parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress"))
    third = await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    assert (third.status, third.code) == (Status.REJECTED, "disputed_enough")
    assert "Ombudsman" in third.message
    assert (await row(complaint)).status == "resolved"
    assert (await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))).complaint.status == "closed"


@pytest.mark.parametrize("tells", [{"occurred_at": True}, {"id": True}, {"photos": True}], ids=["device time", "operation id", "photo id"])
async def test_whoever_stays_anonymous_tells_neither_who_nor_when_later_either(city, tells):
    op = asked.anonymous()
    await actions.submit(NOBODY, op)
    given = await _resolve(city, op.complaint)
    guest = asked.guest(op.complaint)
    timed = asked.submit().id
    told_too = {"occurred_at": clock.now(), "id": timed, "photos": (type(asked.photo())(id=timed, sha256="0" * 64, size=1),)}
    [name] = tells
    refused = await actions.dispute(guest, asked.dispute(NOBODY, op.complaint, **{"id": uuid4(), name: told_too[name]}))
    assert set(refused.fields) == {"secrecy"}
    assert (await actions.dispute(guest, asked.dispute(NOBODY, op.complaint, id=uuid4()))).status == Status.APPLIED
    assert (await Assignment.objects().get(Assignment.id == given)).status == "in_progress"


async def test_each_move_of_the_promise_tells_the_old_day_the_new_day_and_why(city, at):
    complaint, _ = await resolved(city, city.citizen)
    at("2026-03-10 09:00")
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    [moved] = [event.data for event in await events.history(complaint) if event.kind == "promise.moved"]
    assert '"what":"finish","old":"2026-03-05","new":"2026-03-13","reason":"dispute"' in moved


async def _resolve(city, complaint):
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await parts.finish(city.roads, asked.finish(city.roads, part.id))
    return part.id
