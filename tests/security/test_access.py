"""The line of a request: its route, its number, and nothing a person or a stranger wrote."""

import re

import pytest
from structlog.testing import capture_logs

from backend import logs
from backend.settings import settings

KEY = "7F3K9QMN2P4R5S6T7V8W9X0Y1Z"


@pytest.fixture
def behind_a_proxy(monkeypatch):
    monkeypatch.setenv("SAMBAT_TRUSTED_PROXY", "203.0.113.0/24")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def requests(lines):
    return [line for line in lines if line["event"] == "request"]


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("/complaints/0192f1c0-7b1e-7000-8000-000000000001", "/complaints/{complaint_id}"),
        (f"/public/{KEY[:6]}", "/public/{number}"),
        (f"/nowhere/{KEY}", "-"),
        ("/nowhere%0d%0aroot?key=7F3K9Q&secret=1", "-"),
        (f"/?key={KEY}", "/"),
    ],
)
async def test_a_request_is_told_by_its_route_never_by_its_address(door, address, route):
    with capture_logs(processors=logs.PROCESSORS) as lines:
        await (await door()).get(address)
    [line] = requests(lines)
    assert line.items() >= {"method": "GET", "route": route}.items()
    said = str(lines)
    assert not any(word in said for word in (KEY[:6], "0192f1c0", "secret", "203.0.113.7", "\\r", "\\n", "nowhere"))


async def test_machines_that_ask_all_day_are_told_only_to_who_wants_all(door):
    with capture_logs() as lines:
        await (await door()).get("/healthz")
    assert [line["log_level"] for line in requests(lines)] == ["debug"]


async def test_every_answer_carries_the_number_its_lines_carry(door):
    browser = await door()
    with capture_logs(processors=logs.PROCESSORS) as lines:
        answers = [
            await browser.get("/"),
            await browser.get("/nowhere"),
            await browser.post("/sign-in", headers={"origin": "https://else"}),
        ]
    numbers = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(numbers)) == 3
    assert [line["request"] for line in requests(lines)] == numbers


async def test_a_strangers_number_is_not_taken(door):
    answer = await (await door()).get("/healthz", headers={"x-request-id": "abcdef0123456789"})
    assert answer.headers["x-request-id"] != "abcdef0123456789"


@pytest.mark.parametrize(
    ("given", "taken"),
    [("abcdef01-2345", True), ("short", False), ("x" * 65, False), ("a b c d e f g", False), ("budi@contoh.test", False)],
)
async def test_our_proxys_number_is_taken_if_it_is_a_plain_one(door, behind_a_proxy, given, taken):
    answer = await (await door()).get("/healthz", headers={"x-request-id": given})
    number = answer.headers["x-request-id"]
    assert (number == given) == taken
    assert taken or re.fullmatch("[0-9a-f]{16}", number)
