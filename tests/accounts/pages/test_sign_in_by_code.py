"""Coming in with a code from the mailbox: bound to the browser, ten minutes, five tries, once, and the same answer for everybody."""

import pytest

from backend.accounts import codes, sessions
from backend.accounts.tables import Account, Code
from backend.actors.permissions import Role
from backend.mail.tables import Mail
from tests.support import entered
from tests.support.entered import ask_code, who
from tests.support.mailbox import text_of

SITI = "siti@contoh.test"


@pytest.fixture
async def siti(database):
    return await entered.account(SITI)


async def test_a_citizen_comes_in_with_the_code_of_the_mail(door, siti, mailbox):
    browser = await door()
    asked = await ask_code(browser, "Siti@Contoh.test ", then="/complaints")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in/code")
    cookie = asked.headers["set-cookie"]
    assert cookie.startswith("__Host-code=")
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    page = await browser.get("/sign-in/code")
    assert SITI in page.text
    assert page.headers["x-sambat-scope"] == "none"
    digits = await mailbox.latest_code()
    assert digits not in page.text + asked.text
    answer = await browser.post("/sign-in/code", data={"code": f" {digits[:3]} {digits[3:]} ", "name": "Bukan Siti"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/complaints")
    assert await who(browser) == str(siti.id)
    assert "__Host-code" not in browser.cookies
    assert (await Account.objects().get(Account.id == siti.id)).name == "Siti"


@pytest.mark.parametrize(("name", "called"), [("Budi  Santoso\n", "Budi Santoso"), ("", "Warga")])
async def test_an_address_nobody_had_becomes_a_citizens_account(door, mailbox, name, called):
    browser = await door()
    await ask_code(browser, "budi@contoh.test")
    await browser.post("/sign-in/code", data={"code": await mailbox.latest_code(), "name": name})
    [account] = await Account.select()
    assert (account["email"], account["name"], account["password_hash"]) == ("budi@contoh.test", called, "")
    actor = await sessions.actor_of(browser.cookies[sessions.ACCOUNT_COOKIE], None)
    assert (actor.account, actor.roles) == (account["id"], {Role.CITIZEN})


async def test_known_unknown_closed_and_the_citys_own_are_answered_alike(door, mailbox):
    await entered.account("siti@contoh.test")
    await entered.account("wati@contoh.test", Role.MODERATOR)
    closed = await entered.account("joko@contoh.test")
    await Account.update({Account.disabled_at: closed.created_at}).where(Account.id == closed.id)
    seen = set()
    for name in ("siti", "wati", "joko", "budi"):
        browser = await door()
        email = f"{name}@contoh.test"
        asked = await ask_code(browser, email)
        page = await browser.get("/sign-in/code")
        wrong = await browser.post("/sign-in/code", data={"code": "000000"})
        texts = [text.replace(email, "?") for text in (asked.text, page.text, wrong.text)]
        seen.add((asked.status_code, asked.headers["location"], page.status_code, wrong.status_code, *texts))
    assert len(seen) == 1
    assert len(await mailbox.arrived()) == 4
    assert await Account.count() == 3


@pytest.mark.parametrize("demo", [False, True])
async def test_somebody_of_the_city_gets_no_code_and_is_told_to_use_the_password(door, mailbox, monkeypatch, demo):
    await entered.account("wati@contoh.test", Role.MODERATOR, demo=demo)
    monkeypatch.setattr(codes, "new_digits", lambda: "424242")
    browser = await door()
    await ask_code(browser, "wati@contoh.test")
    message = text_of(await mailbox.latest())
    assert "424242" not in message
    assert "https://sambat.example/sign-in" in message
    assert (await browser.post("/sign-in/code", data={"code": "424242"})).status_code == 401
    assert await who(browser) == ""


async def test_who_became_one_of_the_city_while_the_code_was_on_its_way_stays_out(door, mailbox, siti):
    browser = await door()
    await ask_code(browser, SITI)
    await entered.RoleGrant.insert(
        entered.RoleGrant(
            id=entered.db.new_id(), account=siti.id, role=Role.MODERATOR, valid_from=entered.clock.day_of(entered.clock.now())
        )
    )
    assert (await browser.post("/sign-in/code", data={"code": await mailbox.latest_code()})).status_code == 401


async def test_a_code_works_once(door, siti, mailbox):
    browser = await door()
    await ask_code(browser, SITI)
    token, digits = browser.cookies["__Host-code"], await mailbox.latest_code()
    await browser.post("/sign-in/code", data={"code": digits})
    again = await door()
    again.cookies.set("__Host-code", token, domain="sambat.example")
    assert (await again.post("/sign-in/code", data={"code": digits})).status_code == 401


async def test_a_code_works_only_in_the_browser_that_asked_for_it(door, siti, mailbox):
    mine, thief = await door(), await door()
    await ask_code(thief, SITI)
    await ask_code(mine, SITI)
    digits = await mailbox.latest_code()
    assert (await thief.post("/sign-in/code", data={"code": digits})).status_code == 401
    assert (await (await door()).post("/sign-in/code", data={"code": digits})).status_code == 401
    assert (await mine.post("/sign-in/code", data={"code": digits})).status_code == 303


async def test_a_code_is_over_after_ten_minutes(door, at, mailbox):
    at("2026-03-02 09:00")
    browser = await door()
    await ask_code(browser, SITI)
    digits = await mailbox.latest_code()
    at.later(minutes=10)
    answer = await browser.post("/sign-in/code", data={"code": digits})
    assert answer.status_code == 401
    assert "tidak berlaku" in answer.text
    assert not await Account.exists()


async def test_the_sixth_try_is_too_late_even_with_the_right_code(door, mailbox):
    browser = await door()
    await ask_code(browser, SITI)
    digits = await mailbox.latest_code()
    wrong = "000000" if digits != "000000" else "111111"
    answers = [await browser.post("/sign-in/code", data={"code": wrong}) for _ in range(codes.MOST_TRIES)]
    assert {answer.status_code for answer in answers} == {401}
    assert (await browser.post("/sign-in/code", data={"code": digits})).status_code == 401
    assert not await Account.exists()


async def test_nothing_that_could_be_laid_beside_the_code_is_kept(door, mailbox):
    browser = await door()
    await ask_code(browser, SITI)
    digits = await mailbox.latest_code()
    rows = str(await Code.select()) + str(await Mail.select())
    assert digits not in rows
    assert browser.cookies["__Host-code"] not in rows


async def test_codes_that_are_over_are_swept_when_another_is_made(door, at, mailbox):
    at("2026-03-02 09:00")
    await ask_code(await door(), SITI)
    at.later(minutes=11)
    await ask_code(await door(), "budi@contoh.test")
    assert await Code.select(Code.email).output(as_list=True) == ["budi@contoh.test"]


@pytest.mark.parametrize("email", ["siti", "siti@contoh.test\r\nBcc: x@contoh.test", "siti@contoh.test,x@contoh.test", ""])
async def test_what_is_no_address_is_told_so(door, email):
    answer = await ask_code(await door(), email)
    assert answer.status_code == 422
    assert "tidak dapat kami baca" in answer.text
    assert not await Mail.exists()


async def test_a_header_in_a_name_reaches_no_mail(door, mailbox):
    browser = await door()
    await ask_code(browser, SITI)
    await browser.post("/sign-in/code", data={"code": await mailbox.latest_code(), "name": "Siti\r\nBcc: x@contoh.test"})
    assert (await Account.select(Account.name))[0]["name"] == "Siti Bcc: x@contoh.test"


async def test_two_browsers_that_open_the_same_new_account_open_one(door, mailbox):
    one, other = await door(), await door()
    await ask_code(one, SITI)
    first = await mailbox.latest_code()
    await ask_code(other, SITI)
    second = await mailbox.latest_code()
    await one.post("/sign-in/code", data={"code": first})
    await other.post("/sign-in/code", data={"code": second})
    assert await who(one) == await who(other) != ""
    assert await Account.count() == 1


async def test_without_a_code_asked_for_there_is_nothing_to_type(door):
    assert (await (await door()).get("/sign-in/code")).headers["location"] == "/sign-in"
