"""What the reporter answers: in time, too late, twice, not at all; and what is only added (`law.md` C5, C6, P6, T4)."""

from datetime import date
from uuid import uuid4

import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions, endings, parts, questions
from backend.complaints.tables import Complaint, Note, Photo, Question
from backend.events import queries as events
from backend.operations import Status
from backend.sla.policy import ClockKind
from tests.support import asked, spoken
from tests.support.walked import applied, due, forwarded, happened, row, told


async def test_not_knowing_is_an_answer_and_saying_nothing_is_none(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    question = await spoken.asked_part(city, complaint, part)
    nothing = await questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question, text="  "))
    assert set(nothing.fields) == {"text"}
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question, text="", unknown=True)))
    note = await Note.objects().get(Note.id == (await spoken.question_of(complaint)).reply)
    assert note.text == "Saya tidak tahu."
    assert (await row(complaint)).status == "forwarded"


async def test_an_answer_may_be_a_photo(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    question = await spoken.asked_part(city, complaint, part)
    photo = asked.photo()
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question, text="", photos=(photo,))))
    named = await Photo.objects().get(Photo.id == photo.id)
    assert (named.stage, named.note) == ("reply", (await spoken.question_of(complaint)).reply)


async def test_an_answer_after_the_window_is_kept_and_told_and_moves_nothing(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen)
    question = await spoken.asked_part(city, complaint, part)  # until Monday 9 March
    at("2026-03-10 00:01")
    await spoken.night()
    running = await due(complaint, part)
    at("2026-03-11 09:00")
    outcome = await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question)))
    assert (outcome.code, "Batas waktu" in outcome.notice) == ("late", True)
    assert await due(complaint, part) == running
    assert (await happened(complaint))[-1] == "complaint.replied"


async def test_an_answer_that_finds_the_window_over_before_the_sweep_starts_the_clocks_first(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen)
    question = await spoken.asked_part(city, complaint, part)
    at("2026-03-10 00:00")
    outcome = await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question)))
    assert outcome.code == "late"
    assert (await due(complaint, part))[ClockKind.WORK] == date(2026, 3, 12)
    await spoken.night()
    assert (await happened(complaint)).count("complaint.reply_over") == 1


async def test_an_answer_typed_in_time_counts_though_it_arrives_after_the_night(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen)
    question = await spoken.asked_part(city, complaint, part)
    typed = at("2026-03-09 23:00")
    at("2026-03-10 00:01")
    await spoken.night()
    at("2026-03-10 07:00")
    outcome = await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question, occurred_at=typed)))
    assert outcome.code == ""
    assert (await spoken.question_of(complaint)).reply is not None


async def test_two_answers_are_one_and_some_more_words(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    question = await spoken.asked_part(city, complaint, part)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question)))
    again = await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question, text="Oh, dan baunya.")))
    assert again.code == "already"
    assert (await happened(complaint))[-1] == "complaint.added"


async def test_after_the_end_an_answer_is_a_conflict_that_keeps_its_words(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    question = await spoken.asked_part(city, complaint, part)
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="needs_info")))
    outcome = await questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question))
    assert (outcome.status, "kami simpan" in outcome.message) == (Status.CONFLICT, True)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Berapa NIK Anda?", True),
        ("Minta nomor hp yang bisa dihubungi", True),
        ("Siapa nama Anda?", True),
        ("no WA berapa ya", True),
        ("Apa nama jalannya?", False),
        ("Nomor tiangnya berapa?", False),
        ("Sejak kapan padam?", False),
    ],
)
async def test_nobody_anonymous_is_asked_who_it_is(city, text, refused):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    outcome = await questions.ask(city.moderator, spoken.ask(city.moderator, op.complaint, text=text))
    assert bool(outcome.fields) == refused


async def test_somebody_with_a_name_may_be_asked_for_a_number(city):
    complaint = await told(city.citizen)
    await applied(questions.ask(city.moderator, spoken.ask(city.moderator, complaint, text="Berapa NIK Anda?")))


async def test_an_anonymous_answer_leaves_neither_who_nor_when(city, at):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    await applied(questions.ask(city.moderator, spoken.ask(city.moderator, op.complaint)))
    question = await spoken.question_of(op.complaint)
    at("2026-03-03 11:37")
    guest = asked.guest(op.complaint)
    timed = await questions.reply(guest, spoken.reply(NOBODY, op.complaint, question.id))
    assert set(timed.fields) == {"secrecy"}
    await applied(questions.reply(guest, spoken.reply(NOBODY, op.complaint, question.id, id=uuid4())))
    hour = at("2026-03-03 11:00")
    question = await spoken.question_of(op.complaint)
    note = await Note.objects().get(Note.id == question.reply)
    assert (note.id.version, note.author, note.device_at, note.created_at) == (4, None, None, hour)
    assert question.answered_at == hour
    clocks = await spoken.clocks(op.complaint)
    assert {clock.stopped_at for clock in clocks if clock.kind == ClockKind.REPLY} == {hour}
    assert {clock.started_at for clock in clocks if clock.stopped_at is None} == {hour}
    for event in await events.history(op.complaint):
        if event.kind in {"complaint.replied", "promise.moved"}:
            assert (event.id.version, event.at, event.actor, event.device_at) == (4, hour, None, None)


async def test_only_who_told_it_answers_and_only_who_works_on_it_asks(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    for other in (city.moderator, city.parks, city.citizen):
        assert (await questions.ask_for_part(other, spoken.ask_for_part(other, part))).code == "not_found"
    question = await spoken.asked_part(city, complaint, part)
    for other in (city.moderator, city.roads, NOBODY, asked.guest(uuid4())):
        assert (await questions.reply(other, spoken.reply(other, complaint, question))).code == "not_found"


async def test_the_officer_asks_from_the_field_once_the_part_is_his(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    assert (await questions.ask_for_part(city.officer, spoken.ask_for_part(city.officer, part))).code == "not_found"
    await applied(parts.name_officer(city.roads, asked.name_officer(city.roads, part, city.officer)))
    await applied(questions.ask_for_part(city.officer, spoken.ask_for_part(city.officer, part)))
    assert (await Question.objects().get(Question.complaint == complaint)).part == part


async def test_words_are_added_while_it_is_open_and_nothing_else_moves(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    before = (await row(complaint)).to_dict()
    await applied(questions.add(city.citizen, spoken.add(city.citizen, complaint)))
    assert (await row(complaint)).to_dict() == before
    assert (await Complaint.objects().get(Complaint.id == complaint)).text == asked.WORDS
    assert (await questions.add(city.moderator, spoken.add(city.moderator, complaint))).code == "not_found"
