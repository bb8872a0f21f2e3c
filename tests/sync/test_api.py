"""The door of every phone's queue, over HTTP: what is refused as a whole, and that nothing sent there is ever our fault."""

import asyncio
import json
from uuid import uuid4

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import asked
from tests.support.batches import batch


@pytest.mark.parametrize(
    ("content", "media", "status", "code"),
    [
        (b"{}", "text/plain", 415, "wrong_media"),
        (b"{}", "application/x-www-form-urlencoded", 415, "wrong_media"),
        (b"", "application/json", 400, "malformed"),
        (b"nope", "application/json", 400, "malformed"),
        (b"[]", "application/json", 400, "malformed"),
        (b"\xff\xfe", "application/json", 400, "malformed"),
        (b"{}", "application/json", 400, "malformed"),
        (b'{"protocol":2,"whatever":1}', "application/json", 426, "old_protocol"),
        (b'{"protocol":1,"whatever":1}', "application/json", 400, "malformed"),
        (b'{"protocol":1,"cursor":-1}', "application/json", 400, "malformed"),
        (b'{"protocol":1,"cursor":99999999999999999999}', "application/json", 400, "malformed"),
        (b'{"protocol":1,"operations":[{"kind":"complaint.submit"}]}', "application/json", 400, "malformed"),
        (b'{"protocol":1,"operations":[{"id":"\xff"}]}', "application/json", 400, "malformed"),
        (b'{"protocol":1,"operations":[7]}', "application/json", 400, "malformed"),
        (b'{"protocol":1,"operations":[{"text":"half of an emoji \\ud83d"}]}', "application/json", 400, "malformed"),
        (b'{"protocol":1,"operations":[' + b"{}," * 100 + b"{}]}", "application/json", 400, "malformed"),
        (b'{"protocol":1,"operations":' + b"[" * 200_000, "application/json", 400, "too_deep"),
        (b'{"protocol":1,"claims":["' + b"0" * 300_000 + b'"]}', "application/json", 413, "too_large"),
    ],
)
async def test_what_is_wrong_with_the_whole_request_is_told_with_a_code(city, phone, content, media, status, code):
    answer = await phone.post("/api/sync", content=content, headers={"content-type": media})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert answer.headers["content-type"].startswith("application/json")


async def test_the_answer_is_kept_by_nobody_on_the_way(city, phone):
    answer = await phone.post("/api/sync", json=batch())
    assert "no-store" in answer.headers["cache-control"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "id",
    "kind",
    "owner",
    "occurred_at",
    "claim",
    "complaint",
    "secrecy",
    "text",
    "category",
    "place",
    "photos",
    "claim_hash",
    "part",
    "seen",
    "finish_on",
)


@pytest.fixture
async def any_batch(city, phone):
    loop = asyncio.get_running_loop()

    def post(body):
        sent = phone.post("/api/sync", content=body, headers={"content-type": "application/json"})
        return asyncio.run_coroutine_threadsafe(sent, loop).result(30)

    return post


@pytest.mark.slow
async def test_no_junk_is_ever_our_fault(any_batch):
    """500 of them, on two databases: whatever is sent, it is an outcome or a refusal, never a 500."""
    fitting = msgspec.to_builtins(asked.submit())

    @settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4),
        st.dictionaries(st.sampled_from(("cursor", "claims", "sent_at", "device_id")), JSON, max_size=1),
        st.sets(st.sampled_from(NAMES), max_size=1),
    )
    def junk(fields, around, gone):
        operation = {name: value for name, value in {**fitting, "id": str(uuid4()), **fields}.items() if name not in gone}
        answer = any_batch(json.dumps(batch(operation, **around)))
        assert answer.status_code in {200, 400, 401, 413, 422, 426}, answer.text
        assert isinstance(answer, httpx.Response)

    await asyncio.to_thread(junk)
