"""Whoever holds the card opens the case; a wrong key tells nothing."""

import pytest

from backend.accounts import limits, sessions
from backend.accounts.tables import Session, SessionClaim
from backend.actors.actor import NOBODY
from backend.complaints import actions
from tests.support import asked

OTHER = "0123456789ABCDEFGHJKMNPQRS"
WRONG = "Z" * 26


async def told(op):
    await actions.submit(NOBODY, op)
    return op.complaint


async def test_a_key_opens_its_case_however_it_is_typed(city, door):
    complaint = await told(asked.submit())
    browser = await door()
    answer = await browser.post("/claim", data={"key": "7f3k 9qwx oltt 2v4b 8yhj mnpr s5"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/complaints/{complaint}")
    assert {"__Host-guest", "Secure", "HttpOnly"} <= set(answer.headers["set-cookie"].replace("=", "; ").split("; "))
    assert (await browser.get(f"/complaints/{complaint}")).status_code == 200
    assert str(complaint) in (await browser.get("/complaints")).text


@pytest.mark.parametrize("between", ["\n", " ", "\r\n", "\n\n  "])
async def test_several_keys_open_several_cases(city, door, between):
    complaints = {await told(asked.submit(key=key)) for key in (asked.KEY, OTHER)}
    browser = await door()
    answer = await browser.post("/claim", data={"key": f"{asked.KEY}{between}{OTHER}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/complaints")
    page = (await browser.get("/complaints")).text
    assert all(str(complaint) in page for complaint in complaints)


async def test_one_key_in_groups_over_two_lines_is_still_one_key(city, door):
    complaint = await told(asked.submit())
    answer = await (await door()).post("/claim", data={"key": "7F3K 9QWX 01TT\n2V4B 8YHJ MNPR S5"})
    assert answer.headers["location"] == f"/complaints/{complaint}"


async def test_a_second_key_adds_to_the_first(city, door):
    complaints = [await told(asked.submit(key=key)) for key in (asked.KEY, OTHER)]
    browser = await door()
    for key in (asked.KEY, OTHER):
        await browser.post("/claim", data={"key": key})
    assert [(await browser.get(f"/complaints/{complaint}")).status_code for complaint in complaints] == [200, 200]


async def test_every_wrong_key_gets_the_same_answer(city, door):
    await told(asked.submit())
    browser = await door()
    pages = [await browser.post("/claim", data={"key": key}) for key in (WRONG, "satu", "", "💥" * 40, "\0", f"{WRONG}\n{WRONG}")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert "Kunci ini tidak membuka aduan apa pun" in pages[0].text
    assert all("set-cookie" not in page.headers for page in pages)
    assert WRONG not in pages[0].text


async def test_a_script_gets_numbers_or_the_same_refusal(city, door):
    complaint = await told(asked.submit())
    browser = await door(accept="application/json")
    right = await browser.post("/claim", data={"key": asked.KEY})
    [opened] = right.json()["complaints"]
    assert (right.status_code, opened["id"], opened["anonymous"], len(opened["number"])) == (200, str(complaint), False, 6)
    wrong = await browser.post("/claim", data={"key": WRONG})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "not_found")


async def test_an_anonymous_case_has_a_session_of_its_own(city, door):
    open_case, hidden_case = await told(asked.submit()), await told(asked.anonymous(key=OTHER))
    browser = await door()
    await browser.post("/claim", data={"key": asked.KEY})
    await browser.post("/claim", data={"key": OTHER})
    assert (await browser.get(f"/complaints/{hidden_case}")).status_code == 200
    assert (await browser.get(f"/complaints/{open_case}")).status_code == 404
    alone = await Session.objects().get(Session.alone.eq(True))
    assert [claim.complaint for claim in await SessionClaim.objects().where(SessionClaim.session == alone.token_hash)] == [hidden_case]


async def test_after_many_guesses_one_waits(city, door, monkeypatch):
    few = tuple(
        limit if limit.guess != limits.Guess.CLAIM else type(limit)(limit.guess, limit.per, 3, limit.window) for limit in limits.LIMITS
    )
    monkeypatch.setattr(limits, "LIMITS", few)
    browser = await door()
    answers = [await browser.post("/claim", data={"key": WRONG}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_the_key_is_in_no_address_and_no_page(city, door):
    complaint = await told(asked.submit())
    browser = await door()
    answer = await browser.post("/claim", data={"key": asked.KEY})
    page = await browser.get(f"/complaints/{complaint}")
    for text in (answer.text, str(answer.headers), page.text):
        assert asked.KEY not in text
    assert browser.cookies[sessions.GUEST_COOKIE] != asked.KEY
