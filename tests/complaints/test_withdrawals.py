"""A reporter takes it back, or is talked into it; what concerns others goes on (`law.md` C14, G16)."""

import pytest

from backend.complaints import actions, endings, parts, questions
from backend.complaints.states import Ending
from backend.complaints.tables import Complaint
from backend.operations import Status
from backend.sla.policy import ClockKind
from tests.support import asked, spoken
from tests.support.walked import applied, due, forwarded, part_row, resolved, row, told


@pytest.mark.parametrize("state", ["received", "forwarded", "needs_info", "resolved", "disputed"])
async def test_a_reporter_withdraws_at_any_time_and_every_clock_ends(city, state):
    complaint, part = await (resolved if state in {"resolved", "disputed"} else forwarded)(city, reporter=city.citizen)
    match state:
        case "received":
            complaint = await told(city.citizen)
        case "needs_info":
            await applied(questions.ask_for_part(city.roads, spoken.ask_for_part(city.roads, part)))
        case "disputed":
            await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen=state)))
    assert await spoken.ended(complaint) == ("closed", Ending.WITHDRAWN)
    assert await due(complaint) == await due(complaint, part) == {}


async def test_after_the_end_an_officers_work_is_a_conflict_that_keeps_his_words(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="forwarded")))
    for outcome in (
        await parts.finish(city.roads, asked.finish(city.roads, part)),
        await parts.answer(city.roads, asked.answer(city.roads, part)),
        await questions.ask_for_part(city.roads, spoken.ask_for_part(city.roads, part)),
    ):
        assert (outcome.status, "kami simpan" in outcome.message) == (Status.CONFLICT, True)
    assert (await part_row(part)).status == "assigned"


async def test_what_endangers_others_goes_on_without_its_reporter(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await Complaint.update({Complaint.danger: True}).where(Complaint.id == complaint)
    running = await due(complaint, part)
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="forwarded")))
    found = await row(complaint)
    assert (found.status, found.ending, found.withdrawn_at is not None) == ("forwarded", "", True)
    assert await due(complaint, part) == running
    again = await endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="forwarded"))
    assert again.code == "withdrawn_already"


async def test_an_accusation_goes_on_without_its_reporter(city):
    complaint = await told(city.citizen)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint, "INSPEKTORAT", service_class="oversight")))
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="forwarded")))
    assert (await row(complaint)).status == "forwarded"


async def test_who_was_talked_into_it_withdraws_nothing_and_a_moderator_looks(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    running = await due(complaint, part)
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="forwarded", own_will=False)))
    found = await row(complaint)
    assert (found.status, found.withdrawn_at, found.review_due) == ("forwarded", None, True)
    assert await due(complaint, part) == running


async def test_whom_somebody_talked_out_of_it_silence_alone_does_not_close(city, at):
    complaint, part = await resolved(city, city.citizen)
    await spoken.proven(part)
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="resolved", own_will=False)))
    at("2026-03-17 00:00")
    await spoken.night()
    assert await spoken.ended(complaint) == ("resolved", "")
    assert set(await due(complaint)) == {ClockKind.MODERATION}


async def test_only_its_reporter_withdraws(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    for other in (city.moderator, city.roads, city.officer):
        assert (await endings.withdraw(other, spoken.withdraw(other, complaint, seen="forwarded"))).code == "not_found"
