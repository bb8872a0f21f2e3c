import httpx
import msgspec
import pytest
from litestar import Litestar, Request

from backend import web
from backend.accounts import limits, sessions
from backend.errors import DomainError
from backend.notifications import pages, webpush
from backend.notifications.tables import Follow, Subscription
from backend.security import Security
from tests.support import city as walk

KEY = "0123456789ABCDEFGHJKMNPQRS"
WRONG_KEY = "Z123456789ABCDEFGHJKMNPQRS"


@pytest.fixture
async def browser_like(city):
    app = Litestar([pages.router], middleware=[_with_actor], exception_handlers={DomainError: web.refusal}, openapi_config=None)
    transport = httpx.ASGITransport(Security(app), client=("203.0.113.7", 1))
    headers = {"origin": "https://sambat.example", "accept": "application/json"}
    async with httpx.AsyncClient(transport=transport, base_url="https://sambat.example", headers=headers) as made:
        yield made


def _with_actor(app):
    async def middleware(scope, receive, send):
        cookies = Request(scope).cookies
        scope["state"]["actor"] = await sessions.actor_of(cookies.get(sessions.ACCOUNT_COOKIE), cookies.get(sessions.GUEST_COOKIE))
        await app(scope, receive, send)

    return middleware


async def sign_in(browser_like, person):
    browser_like.cookies[sessions.ACCOUNT_COOKIE] = (await sessions.open_for(person.account, proved=True)).token


def body(wish):
    return msgspec.to_builtins(wish)


async def test_the_key_to_subscribe_with_is_there_for_everybody(browser_like):
    answer = await browser_like.get("/api/push/key")
    assert answer.json() == {"key": webpush.public_key()}


async def test_somebody_signed_in_subscribes_once_and_again(browser_like, city, push_service):
    await sign_in(browser_like, city.citizen)
    wish = body(push_service.wish())
    assert (await browser_like.post("/api/push", json=wish)).status_code == 201
    assert (await browser_like.post("/api/push", json=wish)).status_code == 200
    assert await Subscription.select(Subscription.account).output(as_list=True) == [city.citizen.account]


async def test_a_guest_subscribes_with_a_key(browser_like, push_service):
    complaint = await walk.tell(key=KEY)
    assert (await browser_like.post("/api/push", json=body(push_service.wish(claims=[KEY])))).status_code == 201
    assert await Subscription.select(Subscription.account).output(as_list=True) == [None]
    assert await Follow.select(Follow.complaint).output(as_list=True) == [complaint]


async def test_a_key_of_an_anonymous_complaint_is_refused_by_its_name(browser_like, push_service):
    await walk.tell(key=KEY, anonymous=True)
    answer = await browser_like.post("/api/push", json=body(push_service.wish(claims=[KEY])))
    assert (answer.status_code, answer.json()["code"]) == (422, "anonymous")
    assert await Subscription.count() == 0


async def test_a_wrong_key_is_refused_and_counted_and_a_right_one_is_not(browser_like, push_service, monkeypatch):
    few = tuple(limits.Limit(row.guess, row.per, 2, row.window) if row.guess == limits.Guess.CLAIM else row for row in limits.LIMITS)
    monkeypatch.setattr(limits, "LIMITS", few)
    await walk.tell(key=KEY)
    for _ in range(4):
        assert (await browser_like.post("/api/push", json=body(push_service.wish(claims=[KEY])))).status_code in {200, 201}
    wrong = body(push_service.wish(claims=[WRONG_KEY]))
    answers = [await browser_like.post("/api/push", json=wrong) for _ in range(3)]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "not_found")] * 2 + [(429, "too_many")]
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"endpoint": "https://evil.test/a"}, 422, "push_service"),
        ({"endpoint": "http://127.0.0.1:1/a"}, 422, "push_service"),
        ({"keys": {"p256dh": "A" * 87, "auth": "A" * 22}}, 422, "push_keys"),
        ({"keys": {"p256dh": "short", "auth": "A" * 22}}, 400, None),
        ({"endpoint": "https://fcm.googleapis.com/" + "a" * 2000}, 400, None),
        ({"more": 1}, 400, None),
        ({"claims": [KEY] * 51}, 400, None),
    ],
)
async def test_what_cannot_be_pushed_to_is_not_stored(browser_like, city, push_service, change, status, code):
    await sign_in(browser_like, city.citizen)
    answer = await browser_like.post("/api/push", json=body(push_service.wish()) | change)
    assert answer.status_code == status
    assert code is None or answer.json()["code"] == code
    assert await Subscription.count() == 0


async def test_a_browser_says_goodbye(browser_like, city, push_service):
    await sign_in(browser_like, city.citizen)
    wish = body(push_service.wish())
    await browser_like.post("/api/push", json=wish)
    for _ in range(2):
        answer = await browser_like.request("DELETE", "/api/push", json={"endpoint": wish["endpoint"]})
        assert answer.status_code == 204
    assert await Subscription.count() == 0
