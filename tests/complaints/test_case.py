"""The page of one complaint: what happened in the reader's own words, what was promised, what may be done now."""

from uuid import uuid4

import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions, case, parts, queries
from backend.complaints.states import Mode
from backend.complaints.tables import Complaint
from tests.support import asked
from tests.support.walked import numbered, told


async def page(actor, complaint):
    return await case.show(actor, await Complaint.objects().get(Complaint.id == complaint))


async def walked(city):
    """Told, forwarded, answered, done, disputed, done again, confirmed."""
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await parts.answer(city.roads, asked.answer(city.roads, part.id))
    await parts.finish(city.roads, asked.finish(city.roads, part.id, seen="in_progress"))
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    await parts.finish(city.roads, asked.finish(city.roads, part.id, seen="in_progress", work_done="Kabel baru"))
    await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    return complaint


def oldest_first(view):
    entries = list(view.timeline)
    return entries if entries[0].kind == "complaint.received" else entries[::-1]


async def test_the_reporter_reads_it_as_said_to_him(city):
    view = await page(city.citizen, await walked(city))
    told_to_him = [(entry.who, entry.sentence) for entry in oldest_first(view)]
    number = view.number
    assert told_to_him == [
        ("Anda", f"Aduan Anda sudah kami terima dengan nomor {number}; jawaban paling lambat Rabu 4 Maret."),
        ("Moderator", "Diteruskan ke Dinas PU; jawaban paling lambat Rabu 4 Maret, mulai dikerjakan paling lambat Kamis 5 Maret."),
        ("Dinas PU", "Dinas PU menjawab: Regu kami datang besok."),
        ("Dinas PU", "Dinas PU menyatakan selesai: Lampu diganti. Sudah beres? Jawab sampai Senin 16 Maret."),
        ("Anda", "Anda menyatakan belum beres; Dinas PU wajib mengerjakan lagi paling lambat Kamis 5 Maret."),
        ("Dinas PU", "Dinas PU menyatakan selesai: Kabel baru. Sudah beres? Jawab sampai Senin 16 Maret."),
        ("Anda", "Anda menyatakan sudah beres. Terima kasih."),
    ]
    assert view.state_sentence == "Anda menyatakan sudah beres. Terima kasih."
    assert view.mine


async def test_the_city_reads_what_the_reporter_did_as_his(city):
    view = await page(city.roads, await walked(city))
    sentences = [(entry.who, entry.sentence) for entry in oldest_first(view)]
    assert not [sentence for who, sentence in sentences if "Anda" in who or "Anda" in sentence]
    assert sentences[-1] == ("Pelapor", "Pelapor menyatakan sudah beres.")
    assert sentences[4] == ("Pelapor", "Pelapor menyatakan belum beres; Dinas PU wajib mengerjakan lagi paling lambat Kamis 5 Maret.")
    assert not view.mine


async def test_what_was_said_in_a_dispute_and_on_a_visit_stands_under_its_line(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await parts.visit(city.roads, asked.visit(city.roads, part.id))
    lines = {entry.kind: entry for entry in (await page(city.citizen, complaint)).timeline}
    assert lines["part.visited"].text == "Kabel putus."
    assert [photo.state for photo in lines["part.visited"].photos] == ["awaited"]


async def test_late_words_of_the_reporter_are_his_and_late_words_of_an_opd_are_its(city):
    complaint = await told(city.citizen)
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint, text="Terlalu dini."))
    late = next(entry for entry in (await page(city.roads, complaint)).timeline if entry.kind == "step.conflicted")
    assert (late.who, late.text) == ("Pelapor", "Terlalu dini.")
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await parts.finish(city.roads, asked.finish(city.roads, part.id, seen="in_progress", work_done="Salah layar."))
    late = [
        entry
        for entry in (await page(city.citizen, complaint)).timeline
        if entry.kind == "step.conflicted" and entry.text == "Salah layar."
    ]
    assert [entry.who for entry in late] == ["Dinas PU"]


async def test_both_times_are_shown_where_the_phone_was_offline(city, at):
    typed, arrived = at("2026-04-06 20:00"), at("2026-04-07 09:00")
    view = await page(city.citizen, await told(city.citizen, occurred_at=typed))
    [line] = view.timeline
    assert (line.device_at, line.at, view.sent_at, view.received_at) == (typed, arrived, typed, arrived)
    [line] = (await page(city.citizen, await told(city.citizen, occurred_at=arrived))).timeline
    assert line.device_at is None


async def test_the_timeline_of_somebody_anonymous_is_in_order_though_only_hours_are_kept(city, at):
    at("2026-03-02 09:50")
    op = asked.anonymous()
    await actions.submit(NOBODY, op)
    await numbered()
    at("2026-03-02 09:52")
    await actions.forward(city.moderator, asked.forward(city.moderator, op.complaint))
    await numbered()
    at("2026-03-02 09:54")
    [part] = await queries.parts_of(op.complaint)
    await parts.finish(city.roads, asked.finish(city.roads, part.id))
    await numbered()
    at("2026-03-02 09:56")
    await actions.confirm(asked.guest(op.complaint), asked.confirm(NOBODY, op.complaint, id=uuid4()))
    view = await page(asked.guest(op.complaint), op.complaint)
    assert [entry.kind for entry in oldest_first(view)][-1] == "complaint.confirmed"
    assert view.state_sentence.startswith("Anda menyatakan sudah beres")


async def test_it_begins_with_its_receipt_though_the_relay_came_late_and_found_it_behind_the_forwarding(city):
    op = asked.anonymous()
    await actions.submit(NOBODY, op)
    await actions.forward(city.moderator, asked.forward(city.moderator, op.complaint))
    await numbered()  # by ids, of which only the second tells a time
    view = await page(city.moderator, op.complaint)
    assert [entry.kind for entry in view.timeline] == ["complaint.received", "complaint.forwarded"]
    assert view.state_sentence.startswith("Diteruskan ke")


async def test_a_disputed_part_shows_no_result_until_there_is_a_new_one(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await parts.finish(city.roads, asked.finish(city.roads, part.id))
    [shown] = (await page(city.citizen, complaint)).parts
    assert (shown.outcome_word, shown.work_done, shown.evidence_word) == (
        "Sudah diperbaiki",
        "Lampu diganti.",
        "Tanpa foto sesudah pengerjaan",
    )
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    [shown] = (await page(city.citizen, complaint)).parts
    assert (shown.outcome_word, shown.work_done, shown.evidence_word, shown.work_done_on) == ("", "", "", None)


WORK = ["name_officer", "visit", "ask", "done"]
STEPS = {
    # state: what each may do
    "received": {"citizen": ["edit", "add", "withdraw"], "moderator": ["forward", "reject", "edit", "ask"], "roads": [], "officer": []},
    "forwarded": {"citizen": ["add", "withdraw"], "moderator": ["edit"], "roads": ["answer", *WORK], "officer": []},
    "named": {"citizen": ["add", "withdraw"], "moderator": ["edit"], "roads": ["answer", *WORK], "officer": WORK[1:]},
    "answered": {"citizen": ["add", "withdraw"], "moderator": ["edit"], "roads": WORK, "officer": WORK[1:]},
    "resolved": {"citizen": ["add", "withdraw", "confirm", "dispute"], "moderator": ["edit"], "roads": [], "officer": []},
    "closed": {"citizen": ["rate"], "moderator": [], "roads": [], "officer": []},
}


async def test_everybody_is_offered_what_he_may_do_and_nothing_else(city):
    complaint = await told(city.citizen)

    async def offered():
        found = {}
        for name in ("citizen", "moderator", "roads", "officer"):
            view = await page(getattr(city, name), complaint)
            found[name] = [step.name for step in view.steps] + [step.name for part in view.parts for step in part.steps]
        return found

    assert await offered() == STEPS["received"]
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    assert await offered() == STEPS["forwarded"]
    await parts.name_officer(city.roads, asked.name_officer(city.roads, part.id, city.officer))
    assert await offered() == STEPS["named"]
    await parts.answer(city.roads, asked.answer(city.roads, part.id))
    assert await offered() == STEPS["answered"]
    await parts.finish(city.roads, asked.finish(city.roads, part.id, seen="in_progress"))
    assert await offered() == STEPS["resolved"]
    await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    assert await offered() == STEPS["closed"]


async def test_a_question_is_offered_its_answer_alone(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint, service_class="information"))
    [part] = (await page(city.roads, complaint)).parts
    assert [step.name for step in part.steps] == ["answer_information", "ask", "done"]


@pytest.mark.parametrize("mode", [Mode.PARALLEL, Mode.JOINT])
async def test_each_opd_is_offered_its_own_part(city, mode):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint, "DPUPRPKP", "DLH", mode=mode))
    view = await page(city.parks, complaint)
    assert {part.agency_name.split(" – ")[0]: bool(part.steps) for part in view.parts} == {
        "Dinas PU": False,
        "Dinas Lingkungan Hidup": True,
    }
    if mode == Mode.JOINT:
        assert (
            view.state_sentence
            == "Ditangani bersama: Dinas PU memimpin, Dinas Lingkungan Hidup membantu; jawaban bersama paling lambat Kamis 5 Maret."
        )


async def test_the_promise_of_the_whole_is_its_slowest_parts(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    view = await page(city.citizen, complaint)
    assert [owed.sentence for owed in view.owed] == [
        "Dijawab paling lambat Rabu 4 Maret",
        "Mulai dikerjakan paling lambat Kamis 5 Maret",
        "Selesai paling lambat Kamis 5 Maret",
    ]
