"""What may never show of a published complaint: who, the exact place, the hour, the reporter's later words, photos nobody has released."""

import re

from backend.complaints import actions, edits, parts, questions
from backend.complaints.operations import AddToComplaint, Place, ReplyComplaint
from backend.complaints.staff_operations import AskForPart
from backend.complaints.states import QuestionKind
from backend.complaints.tables import Question
from backend.database import new_id
from tests.support import asked, asked_desk
from tests.support.published import arrived, picture, published, shown
from tests.support.walked import applied

NIK, PHONE = "3573041203900001", "081234567890"
EXACT = Place(latitude=-7.977412, longitude=112.633987, address="Jl. Kawi 12, rumah pagar hijau", area="35.73.02.1001")


async def text_of(door, number, actor=None):
    answer = await (await door(actor)).get(f"/public/{number}")
    assert answer.status_code == 200
    return answer.text


async def test_numbers_in_the_text_and_in_answers_are_masked_on_list_map_and_page(city, door):
    one = await published(city, text=f"Lampu mati. Hubungi {PHONE}, NIK {NIK}.", place=EXACT, private=f"NIK {NIK}")
    await applied(parts.answer(city.roads, asked.answer(city.roads, one.part, text=f"Petugas menelepon {PHONE}.")))
    await applied(parts.finish(city.roads, asked.finish(city.roads, one.part, seen="in_progress", work_done=f"Diganti, lapor {PHONE}.")))
    browser = await door()
    for address in ("/public", "/public/map", f"/public/{one.number}"):
        page = (await browser.get(address)).text
        assert "[nomor disembunyikan]" in page
        assert (NIK in page, PHONE in page) == (False, False)


async def test_the_place_is_rounded_and_the_address_is_not_there(city, door):
    one = await published(city, place=EXACT)
    browser = await door()
    for address in ("/public", "/public/map", f"/public/{one.number}"):
        page = (await browser.get(address)).text
        assert "Kawi" not in page
        assert re.findall(
            r"-?7\.97\d{2,}|112\.63\d{2,}", re.sub(r"data-lat=\"[^\"]*\"\s+data-lon=\"[^\"]*\"\s+data-district", "", page)
        ) in (
            [],
            ["7.977", "112.634"],
            ["-7.977", "112.634"],
        )


async def test_nobody_is_named(city, door):
    one = await published(city)
    await applied(parts.name_officer(city.roads, asked.name_officer(city.roads, one.part, city.officer)))
    await applied(parts.visit(city.officer, asked.visit(city.officer, one.part, seen="assigned", text="Kabel putus dekat rumah Bu Siti.")))
    await applied(parts.finish(city.officer, asked.finish(city.officer, one.part, seen="in_progress", work_done_by="Pak Budi")))
    page = await text_of(door, one.number)
    assert [word for word in ("Siti", "Pak Budi", "Kabel putus") if word in page] == []
    assert "Lampu diganti." in page


async def test_ids_that_hold_a_moment_are_not_there(city, door):
    one = await published(city)
    assert str(one.id) not in await text_of(door, one.number)
    assert str(one.id) not in (await (await door()).get("/public")).text


async def test_of_somebody_anonymous_and_of_everybody_else_only_the_day_is_told(city, door, at):
    at("2026-03-02 13:47")
    op = asked.anonymous()
    await applied(actions.submit(asked.guest(), op))
    one = await shown(city, op.complaint)
    at("2026-03-03 10:31")
    await applied(parts.answer(city.roads, asked.answer(city.roads, one.part)))
    page = await text_of(door, one.number)
    assert re.findall(r"\b\d{1,2}[.:]\d{2}\b", page[page.index("<main") : page.index("</main")]) == []
    assert set(re.findall(r'datetime="([^"]*)"', page)) == {"2026-03-02", "2026-03-03"}


async def test_what_the_reporter_is_asked_and_says_later_is_not_public(city, door):
    one = await published(city)
    mine = {"owner": city.citizen.account, "complaint": one.id}
    ask = AskForPart(
        id=new_id(), owner=city.roads.account, part=one.part, seen="assigned", question_kind=QuestionKind.PLACE, text="Di rumah Pak Joko?"
    )
    await applied(questions.ask_for_part(city.roads, ask))
    asked_now = await Question.objects().where(Question.complaint == one.id).first()
    reply = ReplyComplaint(id=new_id(), **mine, question=asked_now.id, seen="needs_info", text="Ya, sebelah warung Bu Tin.")
    await applied(questions.reply(city.citizen, reply))
    await applied(questions.add(city.citizen, AddToComplaint(id=new_id(), **mine, text="Rumah saya bercat biru.")))
    await applied(parts.finish(city.roads, asked.finish(city.roads, one.part)))
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, one.id, text="Masih mati, tanya istri saya.")))
    page = await text_of(door, one.number)
    assert [words for words in ("Pak Joko", "Bu Tin", "bercat biru", "istri saya") if words in page] == []
    assert [
        words for words in ("diminta memberi keterangan", "sudah memberi keterangan", "menyatakan belum beres") if words not in page
    ] == []


async def test_only_released_photos_are_public_and_only_while_they_are(city, door):
    (first, seen), (second, unseen) = picture(), picture()
    op = asked.submit(city.citizen, photos=(first, second))
    await applied(actions.submit(city.citizen, op))
    await arrived(first, seen)
    await arrived(second, unseen)
    one = await shown(city, op.complaint, released=(first.id,))
    browser = await door()
    page = (await browser.get(f"/public/{one.number}")).text
    assert (str(first.id) in page, str(second.id) in page) == (True, False)
    for size in ("", "/small"):
        answer = await browser.get(f"/public/photos/{first.id}{size}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert (await browser.get(f"/public/photos/{second.id}{size}")).status_code == 404
    tag = (await browser.get(f"/public/photos/{first.id}")).headers["etag"]
    assert (await browser.get(f"/public/photos/{first.id}", headers={"if-none-match": tag})).status_code == 304
    await applied(edits.set_secrecy(city.moderator, asked_desk.secrecy(city.moderator, one.id)))
    assert (await browser.get(f"/public/photos/{first.id}", headers={"if-none-match": tag})).status_code == 404


async def test_what_becomes_confidential_is_gone_at_once(city, door):
    one = await published(city)
    browser = await door()
    assert (await browser.get(f"/public/{one.number}")).status_code == 200
    await applied(edits.set_secrecy(city.moderator, asked_desk.secrecy(city.moderator, one.id)))
    gone, never = await browser.get(f"/public/{one.number}"), await browser.get("/public/NOSUCH")
    assert (gone.status_code, gone.text.replace(one.number, "")) == (404, never.text.replace("NOSUCH", ""))
    assert one.number not in (await browser.get("/sitemap.xml")).text
