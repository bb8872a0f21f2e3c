"""A step taken on an old screen: nothing of it is lost, and the person is told who was quicker."""

import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions, parts, queries
from backend.complaints.tables import Complaint, Note, Photo
from backend.events import queries as events
from backend.operations import Status
from tests.support import asked


@pytest.fixture
async def case(city):
    """A complaint of the citizen with a part that is given to the officer."""
    told = asked.submit(city.citizen)
    await actions.submit(city.citizen, told)
    await actions.forward(city.moderator, asked.forward(city.moderator, told.complaint))
    [part] = await queries.parts_of(told.complaint)
    await parts.name_officer(city.roads, asked.name_officer(city.roads, part.id, city.officer))
    return told.complaint, part.id


async def late_notes(complaint):
    return await Note.objects().where(Note.complaint == complaint, Note.kind == "late")


async def test_a_change_made_on_an_old_screen_is_a_conflict_and_keeps_its_note_and_photo(city, case):
    complaint, part = case
    await parts.answer(city.roads, asked.answer(city.roads, part))
    photo = asked.photo()
    op = asked.finish(city.officer, part, seen="assigned", work_done="Lampu sudah saya ganti.", photos=(photo,))
    outcome = await parts.finish(city.officer, op)
    assert (outcome.status, outcome.code, outcome.complaint.status) == (Status.CONFLICT, "moved", "in_progress")
    assert "Dinas PU" in outcome.message
    assert "Dikerjakan" in outcome.message
    assert "kami simpan" in outcome.message
    [note] = await late_notes(complaint)
    assert (note.text, note.part, note.author) == ("Lampu sudah saya ganti.", part, city.officer.account)
    named = await Photo.objects().get(Photo.id == photo.id)
    assert (named.stage, named.note, named.state) == ("late", note.id, "awaited")
    last = (await events.history(complaint))[-1]
    assert (last.kind, last.subject, last.operation) == ("step.conflicted", note.id, op.id)
    assert await parts.finish(city.officer, op) == outcome
    assert len(await late_notes(complaint)) == 1


async def test_whoever_finds_it_done_already_is_confirmed_and_his_note_kept(city, case):
    complaint, part = case
    await parts.finish(city.roads, asked.finish(city.roads, part))
    op = asked.finish(city.officer, part, work_done="Saya juga ke sana.", photos=(asked.photo(),))
    outcome = await parts.finish(city.officer, op)
    assert (outcome.status, outcome.code, outcome.complaint.status) == (Status.APPLIED, "already", "resolved")
    [note] = await late_notes(complaint)
    assert note.text == "Saya juga ke sana."
    history = await events.history(complaint)
    assert (history[-1].kind, history[-1].subject) == ("step.conflicted", note.id)
    assert [event.kind for event in history].count("part.done") == 1


async def test_a_visit_after_an_answer_on_an_old_screen_is_told_and_not_swallowed(city, case):
    _, part = case
    await parts.answer(city.roads, asked.answer(city.roads, part))
    outcome = await parts.visit(city.officer, asked.visit(city.officer, part, seen="assigned"))
    assert outcome.status == Status.CONFLICT


async def test_after_the_reporters_last_word_a_dispute_of_another_phone_is_a_conflict_with_its_words_kept(city, case):
    complaint, part = case
    await parts.finish(city.roads, asked.finish(city.roads, part))
    await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    outcome = await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint, text="Mati lagi tadi malam."))
    assert outcome.status == Status.CONFLICT
    assert "Pelapor" in outcome.message
    assert "Ditutup" in outcome.message
    [note] = await late_notes(complaint)
    assert note.text == "Mati lagi tadi malam."


async def test_a_conflict_without_words_promises_to_have_kept_nothing(city, case):
    complaint, _ = case
    outcome = await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    assert outcome.status == Status.CONFLICT
    assert "kami simpan" not in outcome.message
    assert await late_notes(complaint) == []


async def test_late_words_of_somebody_anonymous_hold_no_time(city, at):
    op = asked.anonymous()
    await actions.submit(NOBODY, op)
    at("2026-03-02 11:37")
    from uuid import uuid4

    outcome = await actions.dispute(asked.guest(op.complaint), asked.dispute(NOBODY, op.complaint, id=uuid4(), photos=(asked.photo(),)))
    assert outcome.status == Status.CONFLICT
    [note] = await late_notes(op.complaint)
    assert (note.id.version, note.created_at, note.device_at, note.author) == (4, at("2026-03-02 11:00"), None, None)
    last = (await events.history(op.complaint))[-1]
    assert (last.id.version, last.at, last.device_at, last.actor) == (4, at("2026-03-02 11:00"), None, None)


async def test_the_complaint_itself_is_not_touched_by_a_conflict(city, case):
    complaint, part = case
    before = (await Complaint.objects().get(Complaint.id == complaint)).to_dict()
    await parts.finish(city.officer, asked.finish(city.officer, part, seen="in_progress"))
    assert (await Complaint.objects().get(Complaint.id == complaint)).to_dict() == before
