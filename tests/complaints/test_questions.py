"""A question to the reporter and its answer: what is asked stands still, and goes on with what was left (`law.md` C4 to C6, P5, P6, T7 to T9)."""

from datetime import date

import pytest

from backend.complaints import parts, questions
from backend.complaints.states import Mode
from backend.events import queries as events
from backend.operations import Status
from backend.sla.policy import ClockKind
from tests.support import asked, spoken
from tests.support.walked import applied, due, forwarded, happened, part_row, row, told

W = ClockKind.WORK


@pytest.mark.parametrize(
    ("asked_at", "replied_at", "work_on"),
    [
        ("2026-02-03 10:00", "2026-02-06 21:00", "2026-02-10"),  # 6a
        ("2026-02-03 10:00", "2026-02-07 10:00", "2026-02-10"),  # 6b
        ("2026-02-03 10:00", "2026-02-03 15:00", "2026-02-05"),  # 6c
        ("2026-02-05 10:00", "2026-02-07 10:00", "2026-02-09"),  # 6d
        ("2026-02-05 10:00", "2026-02-05 15:00", "2026-02-06"),  # 6e
    ],
)
async def test_what_was_asked_goes_on_with_what_was_left(city, at, asked_at, replied_at, work_on):
    at("2026-02-02 09:00")
    complaint, part = await forwarded(city, reporter=city.citizen)
    at(asked_at)
    question = await spoken.asked_part(city, complaint, part)
    assert (await row(complaint)).status == (await part_row(part)).status == "needs_info"
    assert set(await due(complaint, part)) <= {ClockKind.REPLY, ClockKind.ANSWER}
    at(replied_at)
    outcome = await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question)))
    assert outcome.complaint.status == "forwarded"
    assert (await due(complaint, part))[W] == date.fromisoformat(work_on)
    assert (await part_row(part)).status == "assigned"
    assert (await row(complaint)).promise_finish_on == date.fromisoformat(work_on)


async def test_nobody_answers_and_it_goes_on_as_from_the_last_day_of_the_window(city, at):
    """7: asked on Wednesday before the long closure."""
    at("2026-02-10 09:00")
    complaint, part = await forwarded(city, reporter=city.citizen)
    at("2026-02-11 10:00")
    await spoken.asked_part(city, complaint, part)
    assert (await spoken.question_of(complaint)).reply_until == date(2026, 2, 20)
    at("2026-02-20 23:59")
    assert await spoken.night() == []
    at("2026-02-21 00:00")
    assert len(await spoken.night()) == 1
    assert (await due(complaint, part))[W] == date(2026, 2, 24)
    assert (await row(complaint)).status == "forwarded"
    at("2026-02-23 08:00")
    await spoken.night()
    history = await happened(complaint)
    assert history.count("complaint.reply_over") == history.count("clock.over") == 1


async def test_the_moderators_question_stops_his_clock_and_the_promise_which_moves(city, at):
    complaint = await told(city.citizen)  # Monday 2 March
    await applied(questions.ask(city.moderator, spoken.ask(city.moderator, complaint)))
    assert set(await due(complaint)) == {ClockKind.REPLY}
    at("2026-03-05 09:00")
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    assert await due(complaint) == {ClockKind.MODERATION: date(2026, 3, 6), ClockKind.PROMISE: date(2026, 3, 9)}
    assert ((await row(complaint)).status, (await row(complaint)).promise_answer_on) == ("received", date(2026, 3, 9))
    moved = [event for event in await events.history(complaint) if event.kind == "promise.moved"]
    assert '"old":"2026-03-04","new":"2026-03-09","reason":"question"' in moved[0].data


async def test_a_question_after_the_due_day_may_be_asked_and_stops_nothing(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen)
    at("2026-03-10 09:00")
    before = await due(complaint, part)
    await spoken.asked_part(city, complaint, part)
    assert (await part_row(part)).status == "assigned"
    after = await due(complaint, part)
    assert after.pop(ClockKind.REPLY)
    assert after == before
    question = await spoken.question_of(complaint)
    assert question.paused is False
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id, seen="forwarded")))
    assert await due(complaint, part) == before


async def test_two_questions_are_all_an_opd_has_and_one_at_a_time(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen, service_class="proposal")
    question = await spoken.asked_part(city, complaint, part)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question)))
    at("2026-03-02 10:00")
    await spoken.asked_part(city, complaint, part)
    again = await questions.ask_for_part(city.roads, spoken.ask_for_part(city.roads, part, seen="needs_info"))
    assert (again.status, "kami simpan" in again.message) == (Status.CONFLICT, True)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, (await spoken.question_of(complaint)).id)))
    third = await questions.ask_for_part(city.roads, spoken.ask_for_part(city.roads, part))
    assert third.code == "asked_enough"


async def test_twice_asked_and_never_answered_it_goes_on_each_time(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen, service_class="proposal")
    await spoken.asked_part(city, complaint, part)
    at("2026-03-10 00:05")
    await spoken.night()
    assert (await due(complaint, part))[W] == date(2026, 3, 16)
    at("2026-03-10 09:00")
    await spoken.asked_part(city, complaint, part)
    at("2026-03-18 00:05")
    await spoken.night()
    assert (await due(complaint, part))[W] == date(2026, 3, 30)
    assert not any(clock.paused for clock in await spoken.clocks(complaint))


async def test_a_part_stands_still_no_longer_than_ten_working_days_in_all(city, at):
    """Typed offline a day before it arrives, each question pauses a day more than its window."""
    complaint, part = await forwarded(city, reporter=city.citizen, service_class="proposal")
    for asked_at, sent, over in (
        ("2026-03-03 09:00", "2026-03-04 08:00", "2026-03-12 00:05"),
        ("2026-03-12 09:00", "2026-03-13 08:00", "2026-03-28 00:05"),
    ):
        typed = at(asked_at)
        at(sent)
        await spoken.asked_part(city, complaint, part, occurred_at=typed)
        at(over)
        await spoken.night()
    pauses = [(clock.stopped_at, clock.due_on) for clock in await spoken.clocks(complaint) if clock.kind == W and clock.stopped_at]
    assert len(pauses) == 2
    # 4 to 11 March are six days, so that four are left after the 12th: to 25 March, and not to the end of the window on the 27th.
    assert (await due(complaint, part))[W] == date(2026, 3, 30)


async def test_supporting_parts_run_on_and_the_promise_with_them(city, at):
    complaint, roads, parks = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.JOINT, reporter=city.citizen)
    promised = (await row(complaint)).promise_finish_on
    running = await due(complaint, roads)
    await applied(questions.ask_for_part(city.parks, spoken.ask_for_part(city.parks, parks)))
    assert (await row(complaint)).status == "in_progress"
    assert await due(complaint, roads) == running
    at("2026-03-05 09:00")
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id, seen="in_progress")))
    assert (await row(complaint)).promise_finish_on == promised


async def test_the_leads_question_stops_the_promised_answer_and_moves_the_finish_date(city, at):
    complaint, roads, _ = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.JOINT, reporter=city.citizen)
    await spoken.asked_part(city, complaint, roads)
    assert ClockKind.PROMISE not in await due(complaint)
    assert (await row(complaint)).status == "needs_info"
    at("2026-03-05 09:00")
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    assert (await due(complaint))[ClockKind.PROMISE] == date(2026, 3, 9)
    reasons = [event.data for event in await events.history(complaint) if event.kind == "promise.moved"]
    assert ['"what":"answer"' in data for data in reasons] == [True, False]


async def test_what_was_answered_before_is_not_owed_again_after_a_question(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(parts.answer(city.roads, asked.answer(city.roads, part)))
    await spoken.asked_part(city, complaint, part, seen="in_progress")
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    assert ClockKind.ANSWER not in await due(complaint, part)
    assert (await part_row(part)).status == "in_progress"
