"""The page of the inbox, as a browser asks for it."""

import re

from backend.accounts import sessions
from backend.notifications import queries
from tests.support import city as walk
from tests.support import news

KEY = "0123456789ABCDEFGHJKMNPQRS"


async def test_the_page_shows_what_was_told_and_marks_what_is_new(city, door):
    complaint = await walk.tell(city.citizen)
    await walk.forward(city, complaint)
    await news.spread()
    browser = await door(city.citizen)
    page = (await browser.get("/inbox")).text
    assert page.count("inbox__line--unread") == 2
    assert page.count(">baru<") == 2
    assert f'href="/complaints/{complaint}"' in page
    assert "Diteruskan ke Dinas PU" in page
    assert "Lampu" not in page


async def test_reading_the_page_changes_nothing_and_its_button_does(city, door):
    await walk.tell(city.citizen)
    await news.spread()
    browser = await door(city.citizen)
    for _ in range(2):
        page = (await browser.get("/inbox")).text
    assert await queries.unread(city.citizen) == 1
    until = re.search(r'name="until" value="([^"]+)"', page)[1].replace("&#43;", "+")
    later = await walk.tell(city.citizen)
    await news.spread()
    answer = await browser.post("/inbox/read", data={"until": until})
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    assert await queries.unread(city.citizen) == 1
    assert f"/complaints/{later}" in (await browser.get("/inbox")).text


async def test_the_page_itself_says_a_moment_later_that_it_was_shown(city, door):
    complaint = await walk.tell(city.citizen)
    await news.spread()
    browser = await door(city.citizen)
    answer = await browser.post("/inbox/read", data={"complaint": str(complaint)}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")
    page = (await browser.get("/inbox")).text
    assert "inbox__line--unread" not in page
    assert "/inbox/read" not in page


async def test_nobody_marks_anothers_lines(city, door):
    complaint = await walk.tell(city.citizen)
    await news.spread()
    [line] = await news.lines(city.citizen)
    for browser in (await door(city.parks), await door()):
        for form in ({"line": str(line.id)}, {"complaint": str(complaint)}, {}):
            assert (await browser.post("/inbox/read", data=form)).status_code == 303
    assert await queries.unread(city.citizen) == 1


async def test_a_form_that_makes_no_sense_is_refused_and_marks_nothing(city, door):
    await walk.tell(city.citizen)
    await news.spread()
    browser = await door(city.citizen)
    for form in ({"line": "x"}, {"until": "x" * 200}, {"more": "1"}):
        assert (await browser.post("/inbox/read", data=form)).status_code == 422
    assert await queries.unread(city.citizen) == 1


async def test_a_place_to_go_on_from_that_makes_no_sense_begins_at_the_beginning(city, door):
    await walk.tell(city.citizen)
    await news.spread()
    browser = await door(city.citizen)
    for after in ("", "x", "2026-11-24_x", "9999-12-31T23:59:59+00:00_1", "0001-01-01T00:00:00+14:00_00000000-0000-0000-0000-000000000000"):
        answer = await browser.get("/inbox", params={"after": after})
        assert answer.status_code == 200
        assert "Aduan SRK" in answer.text


async def test_whoever_holds_a_key_has_an_inbox_and_a_stranger_an_empty_one(city, door):
    complaint = await walk.tell(key=KEY)
    await news.spread()
    stranger = await door()
    empty = await stranger.get("/inbox")
    assert empty.status_code == 200
    assert "Punya nomor dan kartu aduan?" in empty.text
    assert "Aduan SRK" not in empty.text
    stranger.cookies.set(sessions.GUEST_COOKIE, (await sessions.open_guest([complaint])).token)
    found = await stranger.get("/inbox")
    assert "Aduan SRK" in found.text
    assert found.headers["x-sambat-scope"] not in {"public", "none"}  # kept on the phone, for reading without signal


async def test_the_inbox_of_a_confidential_complaint_says_no_more_than_that_there_is_news(city, door):
    complaint = await walk.tell(city.citizen)
    await walk.forward(city, complaint)
    await news.spread()
    await news.seal(complaint)
    page = (await (await door(city.citizen)).get("/inbox")).text
    assert page.count("Ada kabar untuk aduan Anda") == 2
    assert "SRK" not in page.partition("<main")[2].partition("</main")[0]
    assert "Dinas PU" not in page
