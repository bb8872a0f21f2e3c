import asyncio
import base64
import json
from datetime import timedelta

import httpx
import pytest
from py_vapid import Vapid02

from backend import clock
from backend.jobs.queue import TryLater
from backend.notifications import webpush
from backend.notifications.endpoints import EndpointRefused
from backend.notifications.webpush import Answer, KeysRefused, Receiver
from tests.support.push_service import PushService, stranger

TTL = timedelta(hours=24)
MESSAGE = json.dumps({"title": "Aduan SRK 7F3K 9Q"}).encode()


def phone(push_service, path="/phone"):
    wish = push_service.wish(path)
    return Receiver(endpoint=wish.endpoint, p256dh=wish.keys.p256dh, auth=wish.keys.auth)


async def send(to, payload=MESSAGE):
    return await webpush.send(to, payload, ttl=TTL, topic=webpush.topic("complaint:kind"))


async def test_a_message_arrives_encrypted_signed_for_this_service_and_with_its_time_to_live(push_service):
    assert await send(phone(push_service)) == Answer.TAKEN
    [delivery] = push_service.deliveries
    assert push_service.read(delivery) == json.loads(MESSAGE)
    assert b"SRK" not in delivery.body
    headers = delivery.headers
    assert headers["ttl"] == str(24 * 3600)
    assert headers["urgency"] == "normal"
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["content-type"] == "application/octet-stream"
    assert len(headers["topic"]) == 32
    assert headers["topic"].replace("-", "").replace("_", "").isalnum()
    assert "cookie" not in headers
    assert Vapid02.verify(headers["authorization"])
    token, key = (part.split("=", 1)[1] for part in headers["authorization"].removeprefix("vapid ").split(","))
    assert key == webpush.public_key()
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["aud"] == f"http://{push_service.host}"
    assert claims["sub"].startswith("mailto:")
    assert 11 * 3600 < claims["exp"] - clock.now().timestamp() <= 12 * 3600


async def test_two_services_get_two_signatures(push_service):
    origins = ("https://fcm.googleapis.com", "https://web.push.apple.com")
    tokens = [webpush._signed(origin)["Authorization"].split(".")[1] for origin in origins]
    assert [json.loads(base64.urlsafe_b64decode(token + "=="))["aud"] for token in tokens] == list(origins)


def test_the_same_news_has_the_same_topic_and_other_news_another():
    assert webpush.topic("a:complaint.received") == webpush.topic("a:complaint.received") != webpush.topic("b:complaint.received")


async def test_the_largest_message_fits_and_a_larger_one_is_not_sent(push_service):
    assert await send(phone(push_service), json.dumps("x" * (webpush.LARGEST_PAYLOAD - 2)).encode()) == Answer.TAKEN
    assert len(push_service.deliveries[0].body) <= 4096
    assert await send(phone(push_service), b"x" * (webpush.LARGEST_PAYLOAD + 1)) == Answer.REFUSED
    assert len(push_service.deliveries) == 1


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, Answer.TAKEN),
        (201, Answer.TAKEN),
        (202, Answer.TAKEN),
        (404, Answer.GONE),
        (410, Answer.GONE),
        (400, Answer.REFUSED),
        (401, Answer.REFUSED),
        (403, Answer.REFUSED),
        (413, Answer.REFUSED),
    ],
)
async def test_what_a_service_says_is_understood(push_service, status, answer):
    push_service.answers["/phone"].append((status, {}))
    assert await send(phone(push_service)) == answer


@pytest.mark.parametrize(
    ("status", "retry_after", "seconds"),
    [(429, "120", 120), (503, "30", 30), (500, "", 0), (502, "Tue, 24 Nov 2026 10:00:00 GMT", 0), (429, "9" * 30, 3600), (408, "-5", 0)],
)
async def test_a_busy_service_is_tried_again_when_it_says(push_service, status, retry_after, seconds):
    push_service.answers["/phone"].append((status, {"Retry-After": retry_after}))
    with pytest.raises(TryLater) as refusal:
        await send(phone(push_service))
    assert refusal.value.after == timedelta(seconds=seconds)


async def test_a_service_that_hangs_up_or_is_away_is_tried_again(push_service):
    push_service.answers["/phone"].append((0, {}))
    with pytest.raises(TryLater):
        await send(phone(push_service))
    push_service._server.close()
    with pytest.raises(TryLater):
        await send(phone(push_service))


async def test_a_service_that_says_nothing_is_not_waited_for(push_service, monkeypatch):
    monkeypatch.setattr(webpush, "TIMEOUT", webpush.aiohttp.ClientTimeout(total=0.3))

    async def silent(_, writer):
        await asyncio.sleep(2)
        writer.close()

    monkeypatch.setattr(push_service, "_serve", silent)
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        monkeypatch.setattr(webpush.endpoints, "_trial_hosts", lambda: {f"127.0.0.1:{port}"})
        to = phone(push_service)
        with pytest.raises(TryLater):
            await send(Receiver(endpoint=f"http://127.0.0.1:{port}/", p256dh=to.p256dh, auth=to.auth))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_is_followed(push_service, status):
    push_service.answers["/phone"].append((status, {"Location": f"http://{push_service.host}/inside"}))
    assert await send(phone(push_service)) == Answer.REFUSED
    assert [delivery.path for delivery in push_service.deliveries] == ["/phone"]


async def test_an_endpoint_that_is_no_longer_allowed_is_not_spoken_to(push_service, trial_hosts):
    to = phone(push_service)
    trial_hosts()
    assert await send(to) == Answer.REFUSED
    assert push_service.deliveries == []


async def test_a_name_that_turns_private_between_check_and_sending_is_not_connected_to(push_service, monkeypatch):
    """Rebinding: the addresses are looked at when the connection is made, by the one who makes it."""

    async def answers(host, port, **_):
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", answers, raising=False)
    with pytest.raises(EndpointRefused):
        await webpush.PublicOnly().resolve("fcm.googleapis.com", push_service.port)
    keys = push_service.keys()
    to = Receiver(endpoint="https://fcm.googleapis.com/fcm/send/a", p256dh=keys.p256dh, auth=keys.auth)
    assert await send(to) == Answer.REFUSED


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("A" * 87, None), (None, "AAAA"), (None, "*" * 22), ("B" * 80, None), ("é" * 87, None), (None, "")],
)
def test_keys_with_which_nothing_can_be_encrypted_are_refused(p256dh, auth):
    good = PushService().keys()
    webpush.check_keys(good.p256dh, good.auth)
    with pytest.raises(KeysRefused):
        webpush.check_keys(p256dh or good.p256dh, good.auth if auth is None else auth)


async def test_a_push_service_that_is_not_ours_takes_and_decrypts_it_and_says_when_it_is_over(trial_hosts):
    with stranger() as address:
        async with httpx.AsyncClient(base_url=address) as client:
            trial_hosts(address.removeprefix("http://"))
            options = {"userVisibleOnly": "true", "applicationServerKey": webpush.public_key()}
            given = (await client.post("/subscribe", json=options)).json()["data"]
            to = Receiver(endpoint=given["endpoint"], **given["keys"])
            webpush.check_keys(to.p256dh, to.auth)
            assert await send(to) == Answer.TAKEN
            shown = (await client.post("/get-notifications", json={"clientHash": given["clientHash"]})).json()["data"]["messages"]
            assert shown == [MESSAGE.decode()]
            await client.post(f"/expire-subscription/{given['clientHash']}")
            assert await send(to) == Answer.GONE
