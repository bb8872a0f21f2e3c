"""The house put together: what is turned away is said in the form the asker reads, with every header."""

import pytest

from backend import app
from backend.settings import settings


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/nowhere", 404),
        ("POST", "/healthz", 405),
        ("DELETE", "/complaints", 405),
        ("GET", "/api/nowhere", 404),
        ("PUT", "/api/sync", 405),
    ],
)
async def test_no_such_page_and_no_such_method_are_refused_with_our_headers(door, method, address, status):
    answer = await (await door()).request(method, address)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in answer.headers
    if address.startswith("/api/"):
        assert {"code", "message"} <= set(answer.json())
    else:
        assert "<html" in answer.text


ODD = (
    (b"\xff\xfe\x00", "application/json"),
    (b"[" * 1000, "application/json"),
    (b"%ff=%00&a", "application/x-www-form-urlencoded"),
    (
        b'--x\r\nContent-Disposition: form-data; name="key"\r\nContent-Type: text/plain; charset=nope\r\n\r\na\r\n--x--',
        "multipart/form-data; boundary=x",
    ),
    (b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\xff\r\n--x--', "multipart/form-data; boundary=x"),
    (b"", ""),
)


@pytest.mark.parametrize("address", ["/sign-in", "/claim", "/complaints", "/api/push", "/api/sync", "/api/photos"])
async def test_odd_bodies_are_refused_at_every_door(door, address):
    browser = await door()
    for body, media in ODD:
        answer = await browser.post(address, content=body, headers={"content-type": media} if media else {})
        assert 400 <= answer.status_code < 500, (body, media)


async def test_a_session_that_is_none_is_a_stranger(door):
    browser = await door()
    for token in (b"nope", "💥".encode(), b'"', b"\x00"):
        cookies = b"__Host-session=" + token + b"; __Host-guest=" + token
        assert (await browser.get("/complaints", headers={b"cookie": cookies})).status_code == 200


async def test_database_and_companions_start_and_end_with_the_app(databases, monkeypatch):
    from contextlib import asynccontextmanager

    from backend import database as db

    url = await databases.fresh("sqlite")
    monkeypatch.setenv("SAMBAT_DATABASE_URL", url)
    settings.cache_clear()
    told = []

    @asynccontextmanager
    async def beside():
        told.append(await db.answers())
        yield
        told.append("ended")

    whole = app.create(beside)
    await _live(whole)
    monkeypatch.undo()
    settings.cache_clear()
    await databases.drop(url)
    assert told == [True, "ended"]


async def _live(whole):
    """A server's start and end."""
    import asyncio

    said, asks = [], asyncio.Queue()
    asks.put_nowait({"type": "lifespan.startup"})
    asks.put_nowait({"type": "lifespan.shutdown"})

    async def send(message):
        said.append(message["type"])

    await whole({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, asks.get, send)
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
