"""How a complaint ends: by the reporter's word, by his taking it back, by silence, as a note; and how it does not (`law.md` C14 to C17, G1, G16)."""

import asyncio
from datetime import date

import pytest

import workers
from backend.complaints import actions, disputes, endings, parts
from backend.complaints.lifecycle import OPEN
from backend.complaints.states import Ending, PartOutcome
from backend.complaints.tables import Assignment, Complaint
from backend.operations import Status
from backend.sla import actions as sla
from backend.sla.policy import ClockKind
from tests.support import asked, spoken
from tests.support.walked import applied, due, forwarded, happened, part_row, resolved, row, told

GROUND = "Tanah itu milik perorangan menurut sertipikat, jadi tidak dapat dikerjakan pemkot."


async def test_nothing_is_heard_and_it_is_closed_at_the_end_of_the_window(city, at):
    """11d."""
    at("2026-07-06 09:00")
    complaint, part = await forwarded(city, reporter=city.citizen)
    at("2026-07-08 10:00")
    await applied(parts.finish(city.roads, asked.finish(city.roads, part)))
    await spoken.proven(part)
    at("2026-07-22 23:59")
    assert await spoken.night() == []
    at("2026-07-23 00:00")
    await spoken.night()
    assert await spoken.ended(complaint) == ("closed", Ending.SILENCE)
    assert (await row(complaint)).closed_at is not None
    assert await due(complaint) == {}


async def test_a_dispute_typed_in_time_reopens_what_silence_closed(city, at):
    """11e: Wednesday 22 July 23:00 in the field, Thursday 07:00 here; it restarts on Thursday."""
    at("2026-07-06 09:00")
    complaint, part = await forwarded(city, reporter=city.citizen)
    at("2026-07-08 10:00")
    await applied(parts.finish(city.roads, asked.finish(city.roads, part)))
    await spoken.proven(part)
    typed = at("2026-07-22 23:00")
    at("2026-07-23 00:01")
    await spoken.night()
    at("2026-07-23 07:00")
    outcome = await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint, occurred_at=typed)))
    assert outcome.complaint.status == "disputed"
    assert await spoken.ended(complaint) == ("disputed", "")
    assert await due(complaint, part) == {ClockKind.FINISH: date(2026, 7, 24)}


@pytest.mark.parametrize("typed_at", ["2026-07-23 00:01", None])
async def test_a_dispute_after_the_window_is_a_conflict_that_keeps_its_words(city, at, typed_at):
    at("2026-07-06 09:00")
    complaint, part = await forwarded(city, reporter=city.citizen)
    at("2026-07-08 10:00")
    await applied(parts.finish(city.roads, asked.finish(city.roads, part)))
    await spoken.proven(part)
    typed = at(typed_at) if typed_at else None
    at("2026-07-23 00:02")
    await spoken.night()
    at("2026-07-23 07:00")
    outcome = await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint, occurred_at=typed))
    assert (outcome.status, "kami simpan" in outcome.message) == (Status.CONFLICT, True)
    assert await spoken.ended(complaint) == ("closed", Ending.SILENCE)


async def test_a_confirmation_typed_in_time_counts_as_one(city, at):
    complaint, part = await resolved(city, city.citizen)
    await spoken.proven(part)
    typed = at("2026-03-16 23:00")
    at("2026-03-17 00:01")
    await spoken.night()
    at("2026-03-17 07:00")
    await applied(actions.confirm(city.citizen, asked.confirm(city.citizen, complaint, occurred_at=typed)))
    assert await spoken.ended(complaint) == ("closed", Ending.CONFIRMED)


@pytest.mark.parametrize("outcome", [PartOutcome.FIXED, PartOutcome.NOT_FOUND, PartOutcome.NOT_POSSIBLE])
@pytest.mark.parametrize("evidence", ["photo", "awaited", "weak"])
async def test_what_nothing_proves_is_looked_at_before_silence_closes_it(city, at, outcome, evidence):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(parts.finish(city.roads, asked.finish(city.roads, part, outcome=outcome, work_done=GROUND)))
    await Assignment.update({Assignment.evidence: evidence}).where(Assignment.id == part)
    at("2026-03-17 00:00")
    await spoken.night()
    silently = outcome == PartOutcome.FIXED and evidence == "photo"
    assert await spoken.ended(complaint) == (("closed", Ending.SILENCE) if silently else ("resolved", ""))
    assert (await row(complaint)).review_due is not silently
    assert await due(complaint) == ({} if silently else {ClockKind.MODERATION: date(2026, 3, 26)})
    assert ("complaint.review_due" in await happened(complaint)) is not silently


@pytest.fixture
async def to_review(city, at):
    """A result without a photo that nobody has confirmed."""
    complaint, part = await resolved(city, city.citizen)
    at("2026-03-17 00:01")
    await spoken.night()
    return complaint, part


async def test_looked_at_and_found_right_it_is_closed_by_silence(city, at, to_review):
    complaint, _ = to_review
    await applied(disputes.review_silence(city.moderator, spoken.review(city.moderator, complaint, stands=True)))
    assert await spoken.ended(complaint) == ("closed", Ending.SILENCE)
    assert await due(complaint) == {}


async def test_looked_at_and_not_found_it_goes_back_to_work_and_counts_as_no_dispute(city, at, to_review):
    complaint, part = to_review
    at("2026-03-17 09:00")
    await applied(disputes.review_silence(city.moderator, spoken.review(city.moderator, complaint, stands=False)))
    found = await row(complaint)
    assert (found.status, found.disputes, found.review_due) == ("in_progress", 0, False)
    # Done on Monday 2 March, due on Thursday 5 March: three working days are left, after the long closure.
    assert await due(complaint, part) == {ClockKind.FINISH: date(2026, 3, 27)}
    assert found.promise_finish_on == date(2026, 3, 27)
    assert (await part_row(part)).status == "in_progress"


async def test_while_it_is_looked_at_the_reporter_may_still_speak(city, to_review):
    complaint, _ = to_review
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    assert ((await row(complaint)).status, (await row(complaint)).review_due) == ("disputed", False)
    assert await due(complaint) == {}
    late = await disputes.review_silence(city.moderator, spoken.review(city.moderator, complaint, stands=True))
    assert late.status == Status.CONFLICT


async def test_what_does_not_wait_for_a_look_is_not_looked_at(city):
    complaint, _ = await resolved(city, city.citizen)
    outcome = await disputes.review_silence(city.moderator, spoken.review(city.moderator, complaint, stands=True))
    assert outcome.code == "not_to_review"


async def test_the_end_of_a_window_acts_once_however_often_it_is_told(city, at):
    complaint, part = await resolved(city, city.citizen)
    await spoken.proven(part)
    at("2026-03-17 00:00")
    [clock] = await spoken.night()
    for _ in range(2):
        await endings.clock_over(clock)
        assert await spoken.night() == [clock]
    history = await happened(complaint)
    assert history.count("clock.over") == history.count("complaint.closed_silently") == 1


async def test_the_end_of_a_window_does_nothing_where_the_reporter_acted_meanwhile(city, at):
    complaint, part = await resolved(city, city.citizen)
    await spoken.proven(part)
    at("2026-03-17 00:00")
    await sla.sweep(at.now)
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    await spoken.night()
    assert await spoken.ended(complaint) == ("disputed", "")
    await endings.clock_over((await spoken.night())[0])
    assert await spoken.ended(complaint) == ("disputed", "")


async def test_a_note_is_passed_on_and_closed_at_once(city):
    complaint = await told(city.citizen)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint, service_class="note")))
    assert await spoken.ended(complaint) == ("closed", Ending.NOTE)
    assert await due(complaint) == {}
    assert (await happened(complaint))[-1] == "complaint.noted"


async def test_what_cannot_be_done_says_on_what_ground(city):
    _, part = await forwarded(city, reporter=city.citizen)
    bare = asked.finish(city.roads, part, outcome=PartOutcome.NOT_POSSIBLE, work_done="Tidak bisa.")
    assert set((await parts.finish(city.roads, bare)).fields) == {"work_done"}
    await applied(parts.finish(city.roads, asked.finish(city.roads, part, outcome=PartOutcome.NOT_POSSIBLE, work_done=GROUND)))


async def test_what_has_ended_tells_how_and_when(city):
    complaint, _ = await resolved(city, city.citizen)
    await applied(actions.confirm(city.citizen, asked.confirm(city.citizen, complaint)))
    assert await spoken.ended(complaint) == ("closed", Ending.CONFIRMED)
    rows = await Complaint.objects().where(Complaint.status.not_in([str(status) for status in OPEN]))
    assert all(found.ending and found.closed_at for found in rows)


async def test_the_house_itself_closes_what_nobody_spoke_of(city, at):
    complaint, part = await resolved(city, city.citizen)
    await spoken.proven(part)
    at("2026-03-17 00:00")
    async with asyncio.timeout(20), workers.embedded():
        while (await row(complaint)).status != "closed":
            await asyncio.sleep(0.05)
    assert await spoken.ended(complaint) == ("closed", Ending.SILENCE)
