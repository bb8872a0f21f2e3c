import re

import httpx
import pytest
from litestar import Litestar, Request, get

from backend import web
from backend.accounts import actions, pages, sessions
from backend.accounts.tables import Session
from backend.actors.permissions import Role
from backend.errors import DomainError
from backend.security import Security

PASSWORD = "kembang kol goreng"
SITI = {"email": "siti@contoh.test", "password": PASSWORD}


@get("/who")
async def who(request: Request) -> str:
    return web.actor(request).name or "nobody"


def with_actor(app):
    async def middleware(scope, receive, send):
        cookies = Request(scope).cookies
        scope["state"]["actor"] = await sessions.actor_of(cookies.get(sessions.ACCOUNT_COOKIE), cookies.get(sessions.GUEST_COOKIE))
        await app(scope, receive, send)

    return middleware


@pytest.fixture
async def browser_like(database):
    await actions.create("Siti", "siti@contoh.test", PASSWORD, Role.CITIZEN)
    app = Litestar([pages.router, who], middleware=[with_actor], exception_handlers={DomainError: web.refusal}, openapi_config=None)
    transport = httpx.ASGITransport(Security(app), client=("203.0.113.7", 1))
    headers = {"origin": "https://sambat.example", "accept": "text/html"}
    async with httpx.AsyncClient(transport=transport, base_url="https://sambat.example", headers=headers) as made:
        yield made


async def test_the_form_is_there_for_everybody(browser_like):
    answer = await browser_like.get("/sign-in?next=/complaints")
    assert answer.status_code == 200
    assert answer.headers["x-sambat-scope"] == "public"
    assert 'name="password"' in answer.text
    assert 'value="/complaints"' in answer.text


async def test_signing_in_leads_on_with_a_cookie_only_this_host_reads(browser_like):
    answer = await browser_like.post("/sign-in", data={**SITI, "next": "/complaints"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/complaints")
    cookie = answer.headers["set-cookie"]
    assert re.match(r"__Host-session=[\w-]{43};", cookie)
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert answer.headers["cache-control"] == "private, no-store"
    assert (await browser_like.get("/who")).text == "Siti"
    assert (await browser_like.get("/sign-in?next=/work")).headers["location"] == "/work"


async def test_signing_in_never_leads_to_another_site(browser_like):
    assert (await browser_like.post("/sign-in", data={**SITI, "next": "//evil.example"})).headers["location"] == "/"


async def test_a_token_from_before_signing_in_is_worth_nothing_after(browser_like):
    await browser_like.post("/sign-in", data=SITI)
    before = browser_like.cookies[sessions.ACCOUNT_COOKIE]
    await browser_like.post("/sign-in", data=SITI)
    assert browser_like.cookies[sessions.ACCOUNT_COOKIE] != before
    assert await Session.count() == 1
    browser_like.cookies.clear()
    assert (await browser_like.get("/who", headers={"cookie": f"{sessions.ACCOUNT_COOKIE}={before}"})).text == "nobody"


async def test_a_token_somebody_else_chose_is_never_taken_over(browser_like):
    chosen = {"cookie": f"{sessions.ACCOUNT_COOKIE}=chosen-by-the-attacker"}
    answer = await browser_like.post("/sign-in", data=SITI, headers=chosen)
    assert "chosen-by-the-attacker" not in answer.headers["set-cookie"]
    browser_like.cookies.clear()
    assert (await browser_like.get("/who", headers=chosen)).text == "nobody"


async def test_a_wrong_password_is_told_on_the_form_which_keeps_the_address(browser_like):
    answer = await browser_like.post("/sign-in", data={**SITI, "password": "bukan ini"})
    assert answer.status_code == 401
    assert "tidak cocok" in answer.text
    assert 'value="siti@contoh.test"' in answer.text
    assert "set-cookie" not in answer.headers


async def test_guessing_ends_with_a_429_whatever_hops_are_forged(browser_like):
    answers = [
        await browser_like.post("/sign-in", data={**SITI, "password": "salah"}, headers={"x-forwarded-for": f"192.0.2.{number}"})
        for number in range(6)
    ]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert "Terlalu banyak percobaan" in answers[-1].text


async def test_signing_out_ends_the_session_and_wipes_no_queue(browser_like):
    await browser_like.post("/sign-in", data=SITI)
    answer = await browser_like.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "clear-site-data" not in answer.headers
    assert sessions.ACCOUNT_COOKIE not in browser_like.cookies
    assert not await Session.exists()


async def test_another_site_signs_nobody_in_or_out(browser_like):
    for path in ("/sign-in", "/sign-out"):
        assert (await browser_like.post(path, data=SITI, headers={"origin": "https://evil.example"})).status_code == 403
