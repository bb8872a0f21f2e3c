"""The page of a complaint that is talked about: questions, rejections, promises moved and broken."""

from backend.actors.permissions import Role
from backend.complaints import actions, case, disputes, parts, queries, questions, rejections
from backend.complaints.tables import Complaint
from tests.support import asked, spoken
from tests.support.city import person
from tests.support.walked import applied, numbered, told


async def page(actor, complaint):
    return await case.show(actor, await Complaint.objects().get(Complaint.id == complaint))


async def test_an_open_question_stands_on_the_page_with_its_answer_for_the_reporter_alone(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await applied(questions.ask_for_part(city.roads, spoken.ask_for_part(city.roads, part.id)))
    mine, desk = await page(city.citizen, complaint), await page(city.moderator, complaint)
    [question] = mine.questions
    assert (question.asker, question.kind_word, question.words) == ("Dinas PU", "Keterangan", "Lampunya berkedip atau mati?")
    assert question.step.action == f"/complaints/{complaint}/reply"
    assert desk.questions[0].step is None
    assert (mine.status_word, desk.status_word) == ("Menunggu Anda", "Menunggu pelapor")
    assert (mine.waiting_for, desk.waiting_for) == ("Sedang menunggu: jawaban Anda", "Sedang menunggu: jawaban pelapor")
    assert mine.state_sentence.startswith("Dinas PU bertanya: Lampunya berkedip atau mati?")
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    mine = await page(city.citizen, complaint)
    assert mine.questions == []
    assert mine.timeline[-1].text == "Depan toko roti."


async def test_a_rejection_says_whose_it_is_and_until_when_one_may_object(city, at):
    complaint = await told(city.citizen)
    await applied(rejections.reject(city.moderator, spoken.reject(city.moderator, complaint)))
    view = await page(city.citizen, complaint)
    assert (view.rejection.responsible, view.rejection.contact, view.rejection.final) == ("PLN", "123", False)
    assert view.rejection.object_until.isoformat() == "2026-03-16"
    assert [step.name for step in view.steps] == ["object"]
    assert view.status_word == "Bukan wewenang Pemkot"
    at("2026-03-17 00:01")
    await spoken.night()
    view = await page(city.citizen, complaint)
    assert (view.rejection.object_until, view.rejection.final, view.steps) == (None, True, [])
    assert view.state_sentence == view.timeline[-1].sentence == "Tidak ada keberatan sampai Senin 16 Maret; keputusan ini tetap."


async def test_whoever_decided_first_is_not_offered_the_objection(city):
    complaint = await told(city.citizen)
    await applied(rejections.reject(city.moderator, spoken.reject(city.moderator, complaint)))
    await applied(rejections.object_to(city.citizen, spoken.object_to(city.citizen, complaint)))
    other, manager = await person(Role.MODERATOR), await person(Role.MANAGER)
    offered = {name: [step.name for step in (await page(who, complaint)).steps] for name, who in
               (("first", city.moderator), ("other", other), ("manager", manager))}  # fmt: skip
    assert offered == {
        "first": ["edit", "ask"],
        "other": ["grant_objection", "refuse_objection", "edit", "ask"],
        "manager": ["grant_objection", "refuse_objection"],
    }


async def test_a_promise_that_moved_shows_the_day_before_and_why(city, at):
    complaint = await told(city.citizen)
    await applied(questions.ask(city.moderator, spoken.ask(city.moderator, complaint)))
    at("2026-03-05 09:00")
    question = await spoken.question_of(complaint)
    await applied(questions.reply(city.citizen, spoken.reply(city.citizen, complaint, question.id)))
    view = await page(city.citizen, complaint)
    promise = next(owed for owed in view.owed if owed.sentence == "Dijawab paling lambat Senin 9 Maret")
    assert promise.before.isoformat() == "2026-03-04"
    assert "Janji berubah dari Rabu 4 Maret ke Senin 9 Maret karena menunggu keterangan." in [entry.sentence for entry in view.timeline]


async def test_a_broken_promise_stays_to_be_seen_with_whose_time_it_was(city, at):
    complaint = await told(city.citizen)
    at("2026-03-06 09:00")
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await parts.answer(city.roads, asked.answer(city.roads, part.id))
    [broken] = (await page(city.citizen, complaint)).broken
    assert broken == ("Dijawab paling lambat Rabu 4 Maret", "Moderator terlambat meneruskan.")
    kept = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, kept))
    assert (await page(city.citizen, kept)).broken == []


async def test_after_another_opd_took_over_the_first_forwarding_still_reads_as_it_was(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    for seen in ("assigned", "in_progress"):
        await parts.finish(city.roads, asked.finish(city.roads, part.id, seen=seen))
        await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    await applied(disputes.redirect(city.moderator, spoken.redirect(city.moderator, complaint)))
    await numbered()
    view = await page(city.citizen, complaint)
    sentences = [entry.sentence for entry in view.timeline]
    assert sentences[1].startswith("Diteruskan ke Dinas PU; jawaban")
    moved = "Tugas Dinas PU kami alihkan karena Lampu taman diurus Dinas Lingkungan Hidup. Diteruskan ke Dinas Lingkungan Hidup;"
    assert any(said.startswith(moved) for said in sentences)
    assert {part.status_word for part in view.parts} == {"Dialihkan", "Menunggu dinas"}
