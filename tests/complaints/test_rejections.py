"""What is not the city's: whose it is instead, one objection, and another person who decides (`law.md` C7 to C9, T9, G19)."""

from datetime import date
from uuid import uuid4

import pytest

from backend.actors.actor import NOBODY
from backend.actors.permissions import Role
from backend.agencies.tables import Elsewhere
from backend.complaints import actions, endings, questions, rejections
from backend.complaints.states import Ending, Rejection
from backend.complaints.tables import Note
from backend.operations import Status
from backend.sla.policy import ClockKind
from tests.support import asked, spoken
from tests.support.city import person
from tests.support.walked import applied, due, happened, row, told


@pytest.fixture
async def other(city):
    """Another moderator."""
    return await person(Role.MODERATOR)


async def rejected(city, reporter=None, **other):
    complaint = await told(reporter)
    await applied(rejections.reject(city.moderator, spoken.reject(city.moderator, complaint, **other)))
    return complaint


async def test_a_rejection_ends_the_moderators_clock_and_opens_ten_working_days(city):
    complaint = await rejected(city, city.citizen)
    found = await row(complaint)
    assert (found.status, found.rejection, found.responsible, found.responsible_contact) == ("rejected", "not_city", "PLN", "123")
    assert await due(complaint) == {ClockKind.OBJECTION: date(2026, 3, 16)}
    assert (found.decided_by, found.closed_at) == (city.moderator.account, None)


async def test_there_is_no_unclear(city):
    assert "unclear" not in {str(reason) for reason in Rejection}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"responsible": ""}, {"responsible"}),
        ({"contact": " "}, {"contact"}),
        ({"responsible": "", "contact": "", "reason": Rejection.OTHER_REGION}, {"responsible", "contact"}),
        ({"responsible": "", "contact": "", "reason": Rejection.NOT_A_COMPLAINT}, set()),
        ({"responsible": "Pengadilan Negeri", "contact": "", "reason": Rejection.IN_COURT}, {"contact"}),
        ({"elsewhere": "nobody"}, {"elsewhere"}),
    ],
)
async def test_it_is_said_whose_it_is_and_how_to_reach_them(city, given, missing):
    outcome = await rejections.reject(city.moderator, spoken.reject(city.moderator, await told(), **given))
    assert set(outcome.fields or ()) == missing


async def test_a_row_of_the_citys_table_names_both_and_only_once_it_is_confirmed(city):
    for code, confirmed in (("known", True), ("guessed", False)):
        await Elsewhere.insert(Elsewhere(code=code, matter="Listrik", owner="PLN", contact="123", confirmed=confirmed))
    words = {"responsible": "", "contact": ""}
    guessed = await rejections.reject(city.moderator, spoken.reject(city.moderator, await told(), elsewhere="guessed", **words))
    assert set(guessed.fields) == {"elsewhere"}
    complaint = await rejected(city, elsewhere="known", **words)
    assert ((await row(complaint)).responsible, (await row(complaint)).elsewhere) == ("PLN", "known")


async def test_an_objection_brings_it_back_for_two_working_days(city, at):
    complaint = await rejected(city, city.citizen)
    at("2026-03-04 09:00")
    outcome = await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    assert outcome.complaint.status == "received"
    assert await due(complaint) == {ClockKind.MODERATION: date(2026, 3, 6)}


async def test_the_last_day_of_the_window_counts_whole(city, at):
    complaint = await rejected(city, city.citizen)
    at("2026-03-16 23:59")
    assert await spoken.night() == []
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))


async def test_nobody_objects_and_it_is_final(city, at):
    complaint = await rejected(city, city.citizen)
    at("2026-03-17 00:00")
    await spoken.night()
    found = await row(complaint)
    assert (found.status, found.ending, found.closed_at is not None) == ("rejected", Ending.REJECTED, True)
    assert await due(complaint) == {}
    late = await rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint))
    assert (late.status, late.code) == (Status.REJECTED, "objection_too_late")


async def test_an_objection_typed_in_time_counts_though_it_arrives_after_the_night(city, at):
    complaint = await rejected(city, city.citizen)
    typed = at("2026-03-16 22:00")
    at("2026-03-17 00:01")
    await spoken.night()
    at("2026-03-17 08:00")
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint, occurred_at=typed)))
    found = await row(complaint)
    assert (found.status, found.ending, found.closed_at) == ("received", "", None)
    assert await due(complaint) == {ClockKind.MODERATION: date(2026, 3, 26)}  # the long closure lies between


async def test_another_person_decides_never_the_same(city, other):
    complaint = await rejected(city, city.citizen)
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    assert (await rejections.refuse_objection(city.moderator, spoken.refuse(city.moderator, complaint))).code == "another_person"
    assert (await rejections.grant_objection(city.moderator, spoken.grant(city.moderator, complaint))).code == "another_person"
    await applied(rejections.refuse_objection(other, spoken.refuse(other, complaint)))
    found = await row(complaint)
    assert (found.status, found.ending, found.closed_at is not None) == ("rejected", Ending.REJECTED, True)
    again = await rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint, text="Sekali lagi."))
    assert again.code == "objected_already"


async def test_the_manager_may_decide_too_and_a_granted_one_is_forwarded_as_any_other(city):
    manager = await person(Role.MANAGER)
    complaint = await rejected(city, city.citizen)
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    await applied(rejections.grant_objection(manager, spoken.grant(manager, complaint)))
    found = await row(complaint)
    assert (found.status, found.promise_finish_on, found.mode) == ("forwarded", date(2026, 3, 5), "single")
    assert await due(complaint) == {}
    assert (await happened(complaint))[-2:] == ["objection.granted", "complaint.forwarded"]


async def test_without_an_objection_there_is_nothing_to_decide(city, other):
    complaint = await told(city.citizen)
    assert (await rejections.refuse_objection(other, spoken.refuse(other, complaint))).code == "nothing_objected"


async def test_while_it_waits_for_a_decision_it_is_neither_forwarded_nor_rejected_as_a_new_one(city, other):
    complaint = await rejected(city, city.citizen)
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    assert (await actions.forward(other, asked.forward(other, complaint))).code == "objection_first"
    assert (await rejections.reject(other, spoken.reject(other, complaint))).code == "objection_first"


async def test_who_decides_may_ask_first(city, other):
    complaint = await rejected(city, city.citizen)
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    await applied(questions.ask(other, spoken.ask(other, complaint)))
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    await applied(rejections.grant_objection(other, spoken.grant(other, complaint)))


async def test_an_anonymous_objection_leaves_neither_who_nor_when(city, at):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    await applied(rejections.reject(city.moderator, spoken.reject(city.moderator, op.complaint)))
    at("2026-03-03 11:37")
    guest = asked.guest(op.complaint)
    assert set((await rejections.object_to(guest, spoken.object_to(NOBODY, op.complaint))).fields) == {"secrecy"}
    await applied(rejections.object_to(guest, spoken.object_to(NOBODY, op.complaint, id=uuid4())))
    hour = at("2026-03-03 11:00")
    assert (await row(op.complaint)).objected_at == hour
    note = await Note.objects().get((Note.complaint == op.complaint) & (Note.kind == "objection"))
    assert (note.id.version, note.author, note.created_at) == (4, None, hour)


async def test_a_withdrawn_one_waits_for_no_decision(city, other):
    complaint = await rejected(city, city.citizen)
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    await applied(endings.withdraw(city.citizen, spoken.withdraw(city.citizen, complaint)))
    assert (await rejections.refuse_objection(other, spoken.refuse(other, complaint))).status == Status.CONFLICT
