"""The doors of the conversation: questions, rejections, decisions and endings by forms, with what was typed kept."""

import re

from backend.actors.permissions import Role
from backend.complaints import actions, parts, queries, questions
from backend.complaints.tables import Note
from tests.support import asked, spoken
from tests.support.city import person
from tests.support.forms import fill
from tests.support.walked import applied, forwarded, happened, resolved, row, told


async def test_a_question_is_answered_by_its_form_or_by_not_knowing(city, door):
    for typed, said in (({"text": "Berkedip."}, "Berkedip."), ({"unknown": "true"}, "Saya tidak tahu.")):
        complaint, part = await forwarded(city, reporter=city.citizen)
        admin, citizen = await door(city.roads), await door(city.citizen)
        asking = await fill(admin, complaint, f"/parts/{part}/ask", question_kind="details", text="Berkedip atau mati?")
        assert asking.status_code == 303
        assert (await row(complaint)).status == "needs_info"
        page = (await citizen.get(f"/complaints/{complaint}")).text
        assert "Berkedip atau mati?" in page
        assert "Saya tidak tahu" in page
        answer = await fill(citizen, complaint, f"/complaints/{complaint}/reply", **typed)
        assert answer.status_code == 303
        assert (await Note.objects().get((Note.complaint == complaint) & (Note.kind == "reply"))).text == said


async def test_an_empty_answer_comes_back_with_its_sentence(city, door):
    complaint, part = await forwarded(city, reporter=city.citizen)
    await applied(questions.ask_for_part(city.roads, spoken.ask_for_part(city.roads, part)))
    answer = await fill(await door(city.citizen), complaint, f"/complaints/{complaint}/reply", text=" ")
    assert answer.status_code == 422
    assert "Tuliskan jawaban Anda" in answer.text


async def test_a_rejection_an_objection_and_another_persons_decision_by_forms(city, door):
    complaint = await told(city.citizen)
    other = await person(Role.MODERATOR)
    moderator, citizen, second = await door(city.moderator), await door(city.citizen), await door(other)
    typed = {"reason": "not_city", "text": "Meteran <diurus> PLN.", "elsewhere": "", "responsible": "PLN"}
    bare = await fill(moderator, complaint, f"/complaints/{complaint}/reject", **typed)
    assert bare.status_code == 422
    assert "Meteran &lt;diurus&gt; PLN." in bare.text
    assert "Tuliskan cara menghubungi instansi itu." in bare.text
    assert (await fill(moderator, complaint, f"/complaints/{complaint}/reject", **typed, contact="123")).status_code == 303
    page = (await citizen.get(f"/complaints/{complaint}")).text
    assert "Ini wewenang PLN, bukan Pemkot Malang; hubungi 123" in page
    assert "Ditolak" not in page
    assert (await fill(citizen, complaint, f"/complaints/{complaint}/object", text="Tiangnya milik kota.")).status_code == 303
    assert f"/complaints/{complaint}/grant-objection" not in (await moderator.get(f"/complaints/{complaint}")).text
    forwarding = {"mode": "single", "agency": "DLH", "class_DLH": "field_work", "reason": "", "text": "Benar, tiang kota."}
    assert (await fill(second, complaint, f"/complaints/{complaint}/grant-objection", **forwarding)).status_code == 303
    assert [str(part.agency) for part in await queries.parts_of(complaint)] == ["DLH"]


async def test_what_a_moderator_decides_after_the_second_dispute_by_forms(city, door):
    moderator = await door(city.moderator)
    decisions = {
        "redo": {"finish_on": "2026-03-03", "witness": spoken.KELURAHAN, "text": "Ganti kabelnya."},
        "redirect": {"mode": "single", "agency": "DLH", "class_DLH": "field_work", "reason": "", "text": "Lampu taman."},
        "decide": {"text": "Sudah diperiksa dua kali."},
    }
    reached = {"redo": "in_progress", "redirect": "forwarded", "decide": "closed"}
    for step, typed in decisions.items():
        complaint, part = await resolved(city, city.citizen)
        await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
        await applied(parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress")))
        await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
        answer = await fill(moderator, complaint, f"/complaints/{complaint}/{step}", **typed)
        assert (answer.status_code, (await row(complaint)).status) == (303, reached[step])


async def test_a_binding_date_too_far_comes_back_with_what_was_typed(city, door):
    complaint, part = await resolved(city, city.citizen)
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    await applied(parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress")))
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    typed = {"finish_on": "2026-03-30", "witness": "KEC-KLOJEN", "text": "Ganti kabelnya."}
    answer = await fill(await door(city.moderator), complaint, f"/complaints/{complaint}/redo", **typed)
    assert answer.status_code == 422
    for kept in ("Ganti kabelnya.", 'value="2026-03-30"', "paling lama tiga hari kerja"):
        assert kept in answer.text
    assert re.search(r'value="KEC-KLOJEN"\s+selected', answer.text)


async def test_a_reporter_adds_rates_and_takes_it_back_by_forms(city, door):
    citizen = await door(city.citizen)
    complaint, _ = await forwarded(city, reporter=city.citizen)
    assert (await fill(citizen, complaint, f"/complaints/{complaint}/add", text="Padam semua.")).status_code == 303
    assert (await fill(citizen, complaint, f"/complaints/{complaint}/withdraw", text="")).status_code == 303
    assert (await row(complaint)).ending == "withdrawn"
    complaint, _ = await resolved(city, city.citizen)
    await fill(citizen, complaint, f"/complaints/{complaint}/confirm")
    assert (await fill(citizen, complaint, f"/complaints/{complaint}/rate", stars="4", text="")).status_code == 303
    assert (await happened(complaint))[-1] == "complaint.rated"


async def test_a_moderators_look_at_what_silence_would_close(city, door, at):
    complaint, _ = await resolved(city, city.citizen)
    at("2026-03-17 00:01")
    await spoken.night()
    moderator = await door(city.moderator)
    unsaid = await fill(moderator, complaint, f"/complaints/{complaint}/review-silence", text="Saya lihat.")
    assert unsaid.status_code == 422
    assert "Saya lihat." in unsaid.text
    assert (await fill(moderator, complaint, f"/complaints/{complaint}/review-silence", text="Baik.", stands="true")).status_code == 303
    assert (await row(complaint)).ending == "silence"


async def test_an_accusation_goes_to_the_inspectorate_and_does_not_exist_for_the_accused(city, door):
    complaint = await told(city.citizen)
    typed = {"mode": "single", "agency": "INSPEKTORAT", "class_INSPEKTORAT": "oversight", "accused": ["DPUPRPKP"], "reason": ""}
    answer = await fill(await door(city.moderator), complaint, f"/complaints/{complaint}/forward", **typed)
    assert answer.status_code == 303, answer.text
    assert (await row(complaint)).confidential is True
    assert (await (await door(city.roads)).get(f"/complaints/{complaint}")).status_code == 404
    page = await (await door(city.citizen)).get(f"/complaints/{complaint}")
    assert page.headers["x-sambat-scope"] == "none"
