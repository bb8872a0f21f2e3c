"""Each step's door: forward again after it, and back with what was typed where it could not be taken."""

import re
from uuid import uuid4

import pytest

from backend.complaints import parts, queries
from backend.complaints.tables import Note, Photo
from tests.support import asked, pictures
from tests.support.forms import fill, hidden
from tests.support.walked import forwarded, happened, resolved, row, told

JPEG = ("photos", ("foto.jpg", pictures.jpeg(), "image/jpeg"))


async def test_the_whole_walk_by_forms_alone(city, door):
    complaint = await told(city.citizen)
    moderator, admin, officer, citizen = [await door(who) for who in (city.moderator, city.roads, city.officer, city.citizen)]
    steps = [
        (
            moderator,
            "/complaints/{0}/forward",
            {"mode": "single", "agency": "DPUPRPKP", "class_DPUPRPKP": "field_work", "class_DLH": "field_work", "reason": ""},
            "forwarded",
        ),
        (admin, "/parts/{1}/answer", {"text": "Regu kami datang besok."}, "in_progress"),
        (admin, "/parts/{1}/officer", {"officer": str(city.officer.account), "visit_on": "2026-03-03"}, "in_progress"),
        (officer, "/parts/{1}/visit", {"text": "Kabel putus.", "finish_on": "2026-03-06", "files": [JPEG]}, "in_progress"),
        (
            officer,
            "/parts/{1}/done",
            {"outcome": "fixed", "work_done": "Diganti.", "work_done_on": "2026-03-02", "work_done_by": "Regu"},
            "resolved",
        ),
        (citizen, "/complaints/{0}/dispute", {"text": "Masih mati.", "files": [JPEG]}, "disputed"),
        (
            officer,
            "/parts/{1}/done",
            {"outcome": "fixed", "work_done": "Kabel baru.", "work_done_on": "2026-03-02", "work_done_by": "Regu", "files": [JPEG]},
            "resolved",
        ),
        (citizen, "/complaints/{0}/confirm", {}, "closed"),
    ]
    for browser, action, typed, reached in steps:
        given = await queries.parts_of(complaint)
        answer = await fill(browser, complaint, action.format(complaint, given[0].id if given else ""), **typed)
        assert (answer.status_code, answer.headers.get("location")) == (303, f"/complaints/{complaint}"), (action, answer.text[:2000])
        assert (await row(complaint)).status == reached
    assert {photo.state for photo in await Photo.objects()} == {"uploaded"}


async def test_jointly_with_a_lead_and_a_reason(city, door):
    complaint = await told()
    joint = {
        "mode": "joint",
        "agency": ["DPUPRPKP", "DLH"],
        "class_DPUPRPKP": "field_work",
        "class_DLH": "field_work",
        "lead": "DLH",
        "reason": "Akar pohon.",
    }
    answer = await fill(await door(city.moderator), complaint, f"/complaints/{complaint}/forward", **joint)
    assert answer.status_code == 303
    assert {(str(part.agency), part.lead, part.service_class) for part in await queries.parts_of(complaint)} == {
        ("DPUPRPKP", False, "joint"),
        ("DLH", True, "joint"),
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"mode": "single", "agency": ["DPUPRPKP", "DLH"], "class_DLH": "field_work", "class_DPUPRPKP": "field_work"},
            "pilih tepat satu dinas",
        ),
        ({"mode": "single"}, "Pilih dinas dan jenis pekerjaannya"),
        ({"mode": "single", "agency": "DLH", "class_DLH": "sulap"}, "Pilih dinas dan jenis pekerjaannya"),
        (
            {"mode": "joint", "agency": ["DPUPRPKP", "DLH"], "class_DLH": "field_work", "class_DPUPRPKP": "field_work", "lead": "DLH"},
            "Tuliskan mengapa",
        ),
    ],
    ids=["two for one", "none", "no such class", "no reason"],
)
async def test_a_forwarding_that_lacks_something_comes_back_as_it_was(city, door, typed, sentence):
    complaint = await told()
    answer = await fill(await door(city.moderator), complaint, f"/complaints/{complaint}/forward", **{"reason": "", **typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    chosen = typed.get("agency", [])
    assert all(re.search(rf'value="{code}"\s+checked', answer.text) for code in ([chosen] if isinstance(chosen, str) else chosen))
    assert (await row(complaint)).status == "received"


async def test_what_was_typed_into_a_step_comes_back_with_its_sentence(city, door):
    complaint, part = await forwarded(city)
    typed = {"text": "Akan kami perbaiki <segera>.", "finish_on": "2026-03-07", "files": [JPEG]}
    answer = await fill(await door(city.roads), complaint, f"/parts/{part}/visit", **typed)
    assert answer.status_code == 422
    assert "Pilih hari kerja" in answer.text
    assert "Akan kami perbaiki &lt;segera&gt;." in answer.text
    assert 'value="2026-03-07"' in answer.text
    assert await Note.count() == 0


async def test_a_visit_without_a_photo_asks_for_one(city, door):
    complaint, part = await forwarded(city)
    answer = await fill(await door(city.roads), complaint, f"/parts/{part}/visit", text="Kabel putus.", finish_on="2026-03-04")
    assert answer.status_code == 422
    assert "Sertakan sedikitnya satu foto." in answer.text


async def test_on_an_old_screen_the_page_of_now_tells_who_was_quicker(city, door):
    complaint, part = await forwarded(city)
    admin = await door(city.roads)
    page = await admin.get(f"/complaints/{complaint}")
    await parts.answer(city.roads, asked.answer(city.roads, part))
    typed = {"outcome": "fixed", "work_done": "Sudah kami ganti.", "work_done_on": "2026-03-02", "work_done_by": "Regu"}
    answer = await admin.post(f"/parts/{part}/done", data={**hidden(page.text, f"/parts/{part}/done"), **typed})
    assert answer.status_code == 409
    assert "Dinas PU lebih dulu" in answer.text
    assert answer.text.count("Sudah kami ganti.") == 2  # in the form, and kept in the timeline
    assert [note.kind for note in await Note.objects().where(Note.part == part).order_by(Note.created_at, Note.id)] == ["answer", "late"]


async def test_the_same_form_twice_is_one_step(city, door):
    complaint, part = await forwarded(city)
    admin = await door(city.roads)
    action = f"/parts/{part}/officer"
    page = await admin.get(f"/complaints/{complaint}")
    sent = {**hidden(page.text, action), "officer": str(city.officer.account), "visit_on": "2026-03-03"}
    assert [(await admin.post(action, data=sent)).status_code for _ in range(2)] == [303, 303]
    assert (await happened(complaint)).count("part.officer_named") == 1


async def test_who_may_not_finds_no_such_door(city, door):
    complaint, part = await resolved(city, city.citizen)
    for browser in (await door(), await door(city.parks)):
        for action in (
            f"/complaints/{complaint}/confirm",
            f"/complaints/{uuid4()}/confirm",
            f"/parts/{part}/answer",
            f"/parts/{uuid4()}/answer",
        ):
            answer = await browser.post(action, data={"seen": "resolved", "text": "a"})
            assert answer.status_code == 404
    assert (await (await door(city.citizen)).post(f"/complaints/{complaint}/explode")).status_code == 404
    assert (await row(complaint)).status == "resolved"


async def test_who_may_read_but_not_act_finds_no_such_door_either(city, door):
    complaint, _ = await resolved(city, city.citizen)
    answer = await (await door(city.roads)).post(f"/complaints/{complaint}/confirm", data={"seen": "resolved"})
    assert answer.status_code == 404
    assert (await row(complaint)).status == "resolved"


async def test_a_guest_with_the_key_confirms_by_the_form(city, door):
    complaint, _ = await resolved(city)
    browser = await door()
    assert (await browser.get(f"/complaints/{complaint}")).status_code == 404
    await browser.post("/claim", data={"key": asked.KEY})
    answer = await fill(browser, complaint, f"/complaints/{complaint}/confirm")
    assert answer.status_code == 303
    assert (await row(complaint)).status == "closed"


async def test_another_site_cannot_take_a_step(city, door):
    complaint, _ = await resolved(city, city.citizen)
    browser = await door(city.citizen)
    answer = await browser.post(f"/complaints/{complaint}/confirm", data={"seen": "resolved"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (await row(complaint)).status == "resolved"
