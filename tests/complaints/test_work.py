"""What waits for whom: each sees what only they can decide, and nothing that has ended."""

from uuid import uuid4

import pytest

from backend import clock
from backend.actors.permissions import Role
from backend.complaints import actions, disputes, endings, parts, questions, rejections, work
from backend.complaints.queries import Cursor
from tests.support import asked, spoken
from tests.support.city import person
from tests.support.walked import applied, forwarded, resolved, told


async def waiting(actor):
    """Title -> the complaints under it."""
    return {section.title: [card.id for card in section.cards] for section in await work.waiting_for(actor)}


async def test_a_moderator_sees_what_is_new_and_no_empty_lists_beside_it(city):
    complaint = await told(city.citizen)
    assert await waiting(city.moderator) == {"Menunggu diteruskan": [complaint]}


async def test_what_was_asked_waits_for_its_reporter_and_comes_back_answered(city):
    complaint = await told(city.citizen)
    await applied(questions.ask(city.moderator, spoken.ask(city.moderator, complaint)))
    assert await waiting(city.moderator) == {"Menunggu diteruskan": []}
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    assert await waiting(city.moderator) == {"Dijawab pelapor": [complaint], "Menunggu diteruskan": []}


async def test_an_objection_waits_for_another_person(city):
    complaint = await told(city.citizen)
    await applied(rejections.reject(city.moderator, spoken.reject(city.moderator, complaint)))
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    other, manager = await person(Role.MODERATOR), await person(Role.MANAGER)
    assert await waiting(city.moderator) == {"Menunggu diteruskan": []}
    assert await waiting(other) == {"Keberatan": [complaint], "Menunggu diteruskan": []}
    assert await waiting(manager) == {"Keberatan": [complaint]}


async def test_a_later_page_of_what_is_new_tells_nothing_again(city):
    complaint = await told(city.citizen)
    await applied(rejections.reject(city.moderator, spoken.reject(city.moderator, complaint)))
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    other = await person(Role.MODERATOR)
    later = await work.waiting_for(other, Cursor(clock.now(), uuid4()))
    assert [section.title for section in later] == ["Menunggu diteruskan"]


async def test_what_was_disputed_twice_and_what_nothing_proves_wait_for_the_moderator(city, at):
    twice, part = await resolved(city, city.citizen)
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, twice)))
    await applied(parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress")))
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, twice)))
    unproven, _ = await resolved(city, city.citizen)
    at("2026-03-17 00:01")
    await spoken.night()
    assert await waiting(city.moderator) == {
        "Belum beres kedua kali": [twice],
        "Perlu dilihat sebelum ditutup": [unproven],
        "Menunggu diteruskan": [],
    }
    await applied(disputes.decide(city.moderator, spoken.decide(city.moderator, twice)))
    await applied(disputes.review_silence(city.moderator, spoken.review(city.moderator, unproven, stands=True)))
    assert await waiting(city.moderator) == {"Menunggu diteruskan": []}


async def test_an_opd_sees_which_of_its_questions_were_answered_until_it_does_something(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(questions.ask_for_part(city.roads, spoken.ask_for_part(city.roads, part)))

    async def flag():
        [section] = await work.waiting_for(city.roads)
        return [(card.id, card.flag) for card in section.cards]

    assert await flag() == [(complaint, "")]
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    assert await flag() == [(complaint, "Dijawab pelapor")]
    at.later(minutes=1)
    await applied(parts.answer(city.roads, asked.answer(city.roads, part)))
    assert await flag() == [(complaint, "")]


@pytest.mark.parametrize("step", ["withdrawn", "redirected"])
async def test_what_has_ended_or_was_taken_away_waits_for_nobody(city, step):
    complaint, part = await resolved(city, city.citizen)
    for _ in range(2):
        await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
        assert (await waiting(city.roads))["Tugas dinas"] == [complaint]
        if step == "withdrawn":
            await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint, seen="disputed")))
            break
        if _ == 0:
            await applied(parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress")))
    if step == "redirected":
        await applied(disputes.redirect(city.moderator, spoken.redirect(city.moderator, complaint)))
    assert (await waiting(city.roads))["Tugas dinas"] == []


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MAYOR])
async def test_who_only_reads_has_no_list_of_work(city, role):
    await told(city.citizen)
    assert await waiting(await person(role)) == {}


@pytest.mark.parametrize(("total", "told_as"), [(0, "0"), (1000, "1000"), (1001, "1000+")])
def test_what_nobody_counts_to_its_end_says_so(total, told_as):
    assert work.Section(title="", empty="", cards=[], total=total).count == told_as
