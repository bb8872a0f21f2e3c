"""The walk of a part: answered, an officer named, visited, done; what each stops, and who closes last."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from backend import clock
from backend.actors.actor import NOBODY
from backend.complaints import actions, parts, queries
from backend.complaints.states import Mode, PartOutcome
from backend.complaints.tables import Note
from backend.events import queries as events
from backend.operations import Status
from backend.sla.policy import ClockKind
from tests.support import asked
from tests.support.walked import applied, assigned, due, forwarded, part_row, row


async def test_the_whole_walk_in_the_office_and_in_the_field(city, at):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(parts.answer(city.roads, asked.answer(city.roads, part)))
    await applied(
        parts.name_officer(city.roads, asked.name_officer(city.roads, part, city.officer, seen="in_progress", visit_on=date(2026, 3, 3)))
    )
    at("2026-03-03 10:00")
    await applied(parts.visit(city.officer, asked.visit(city.officer, part, seen="in_progress", finish_on=date(2026, 3, 6))))
    at("2026-03-05 15:00")
    done = await applied(parts.finish(city.officer, asked.finish(city.officer, part, seen="in_progress", photos=(asked.photo(),))))
    assert done.complaint.status == "resolved"
    await applied(actions.confirm(city.citizen, asked.confirm(city.citizen, complaint)))
    assert [event.kind for event in await events.history(complaint)] == [
        "complaint.received",
        "complaint.forwarded",
        "part.answered",
        "part.officer_named",
        "part.visited",
        "promise.moved",
        "part.done",
        "complaint.resolved",
        "complaint.confirmed",
    ]


async def test_an_answer_keeps_the_citizens_promise(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    assert ClockKind.PROMISE in await due(complaint)
    await applied(parts.answer(city.roads, asked.answer(city.roads, part)))
    assert await due(complaint) == {}
    assert set(await due(complaint, part)) == {ClockKind.WORK, ClockKind.FINISH}
    assert ((await row(complaint)).status, (await part_row(part)).status) == ("in_progress", "in_progress")
    [note] = await Note.objects().where(Note.part == part)
    assert (note.kind, note.text, note.author) == ("answer", "Regu kami datang besok.", city.roads.account)


async def test_side_by_side_the_promise_is_kept_by_the_last_answer(city):
    complaint, roads, parks = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.PARALLEL, reporter=city.citizen)
    await applied(parts.answer(city.roads, asked.answer(city.roads, roads)))
    assert set(await due(complaint)) == {ClockKind.PROMISE}
    await applied(parts.answer(city.parks, asked.answer(city.parks, parks)))
    assert await due(complaint) == {}


async def test_a_question_is_done_with_its_answer(city):
    complaint, part = await forwarded(city, service_class="information", reporter=city.citizen)
    outcome = await applied(parts.answer(city.roads, asked.answer(city.roads, part, text="Loket buka jam delapan.")))
    assert outcome.complaint.status == "resolved"
    kept = await part_row(part)
    assert (kept.status, kept.outcome, kept.work_done, kept.evidence) == ("done", "answered", "Loket buka jam delapan.", None)
    assert await due(complaint, part) == {}
    assert await due(complaint) == {ClockKind.SILENCE: date(2026, 3, 16)}


async def test_naming_an_officer_and_a_day_counts_as_an_answer(city):
    complaint, part = await assigned(city)
    kept = await part_row(part)
    assert (kept.officer, kept.visit_on, kept.status) == (city.officer.account, date(2026, 3, 2), "assigned")
    assert await due(complaint) == {}
    assert set(await due(complaint, part)) == {ClockKind.WORK, ClockKind.FINISH}


async def test_only_an_officer_of_the_opd_is_sent_and_not_into_the_past(city):
    _, part = await forwarded(city, reporter=city.citizen)
    stranger = await parts.name_officer(city.roads, asked.name_officer(city.roads, part, city.parks))
    assert (stranger.status, stranger.code) == (Status.REJECTED, "not_an_officer")
    yesterday = await parts.name_officer(city.roads, asked.name_officer(city.roads, part, city.officer, visit_on=date(2026, 3, 1)))
    assert set(yesterday.fields) == {"visit_on"}
    assert (await part_row(part)).officer is None


@pytest.mark.parametrize(
    ("service_class", "photos", "evidence"),
    [
        ("field_work", (), "weak"),
        ("field_work", (asked.photo(),), "awaited"),
        ("public_service", (), None),
        ("public_service", (asked.photo(),), "awaited"),
    ],
)
async def test_field_work_without_a_photo_is_weak_evidence_and_one_under_way_is_awaited(city, service_class, photos, evidence):
    _, part = await forwarded(city, service_class=service_class, reporter=city.citizen)
    await applied(parts.finish(city.roads, asked.finish(city.roads, part, photos=photos)))
    kept = await part_row(part)
    assert (kept.evidence, kept.outcome, kept.work_done, kept.work_done_by) == (evidence, PartOutcome.FIXED, "Lampu diganti.", "Regu tiga")


async def test_done_asks_the_reporter_for_ten_working_days(city):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(parts.finish(city.roads, asked.finish(city.roads, part)))
    assert (await row(complaint)).status == "resolved"
    assert await due(complaint, part) == {}
    assert await due(complaint) == {ClockKind.SILENCE: date(2026, 3, 16)}


async def test_work_is_not_done_tomorrow(city):
    _, part = await forwarded(city, reporter=city.citizen)
    outcome = await parts.finish(city.roads, asked.finish(city.roads, part, work_done_on=clock.day_of(clock.now()) + timedelta(days=1)))
    assert set(outcome.fields) == {"work_done_on"}


async def test_only_the_last_part_makes_it_resolved(city):
    complaint, roads, parks = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.PARALLEL, reporter=city.citizen)
    first = await applied(parts.finish(city.parks, asked.finish(city.parks, parks)))
    assert first.complaint.status == "in_progress"
    last = await applied(parts.finish(city.roads, asked.finish(city.roads, roads)))
    assert last.complaint.status == "resolved"
    assert [event.kind for event in await events.history(complaint)].count("complaint.resolved") == 1


async def test_the_lead_of_a_joint_one_closes_last(city):
    complaint, lead, helper = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.JOINT, reporter=city.citizen)
    early = await parts.finish(city.roads, asked.finish(city.roads, lead))
    assert (early.status, early.code) == (Status.REJECTED, "helpers_first")
    await applied(parts.finish(city.parks, asked.finish(city.parks, helper)))
    await applied(parts.finish(city.roads, asked.finish(city.roads, lead)))
    assert (await row(complaint)).status == "resolved"


async def test_the_leads_visit_coordinates_a_joint_one(city):
    complaint, lead, _ = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.JOINT, reporter=city.citizen)
    await applied(parts.answer(city.roads, asked.answer(city.roads, lead)))
    assert ClockKind.COORDINATE in await due(complaint, lead)
    await applied(parts.visit(city.roads, asked.visit(city.roads, lead, seen="in_progress")))
    assert set(await due(complaint, lead)) == {ClockKind.FINISH}


async def test_two_who_finish_their_parts_at_once_resolve_it_once(city):
    import asyncio

    complaint, roads, parks = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.PARALLEL, reporter=city.citizen)
    await asyncio.gather(
        applied(parts.finish(city.roads, asked.finish(city.roads, roads))),
        applied(parts.finish(city.parks, asked.finish(city.parks, parks))),
    )
    assert (await row(complaint)).status == "resolved"
    assert [event.kind for event in await events.history(complaint)].count("complaint.resolved") == 1


@pytest.mark.parametrize("step", ["answer", "name_officer", "visit", "finish"])
async def test_strangers_find_no_part(city, step):
    _, part = await forwarded(city, reporter=city.citizen)
    for stranger in (NOBODY, city.citizen, city.parks, city.moderator):
        more = (city.officer,) if step == "name_officer" else ()
        outcome = await getattr(parts, step)(stranger, getattr(asked, step)(stranger, part, *more))
        missing = await getattr(parts, step)(stranger, getattr(asked, step)(stranger, uuid4(), *more))
        assert (outcome.status, outcome.code, outcome.message) == (Status.REJECTED, "not_found", missing.message)


async def test_an_officer_acts_only_on_what_was_given_to_him_and_answers_never(city):
    _, part = await forwarded(city, reporter=city.citizen)
    assert (await parts.finish(city.officer, asked.finish(city.officer, part))).code == "not_found"
    await applied(parts.name_officer(city.roads, asked.name_officer(city.roads, part, city.officer)))
    assert (await parts.answer(city.officer, asked.answer(city.officer, part))).code == "not_found"
    await applied(parts.finish(city.officer, asked.finish(city.officer, part)))


async def test_an_admin_never_works_on_his_own_complaint(city):
    told = asked.submit(city.roads)
    await actions.submit(city.roads, told)
    await actions.forward(city.moderator, asked.forward(city.moderator, told.complaint))
    [part] = await queries.parts_of(told.complaint)
    assert (await parts.answer(city.roads, asked.answer(city.roads, part.id))).code == "not_found"
