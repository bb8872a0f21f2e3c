"""Between processes: a ring is heard, costs nothing where nobody hears it, and does not pile up."""

import asyncio
import time

import pytest
import redis
from structlog.testing import capture_logs

from backend.events import log
from backend.events.kinds import EventKind
from backend.events.tables import Event
from backend.jobs.tables import Job
from tests.support import machine
from workers import bell, process, scheduler
from workers.broker import QUEUE


async def until(true, seconds=10):
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.02)


async def nobody(_job_id):
    """Does no job."""


def waiting(client):
    return client.llen(f"dramatiq:{QUEUE}")


async def numbered():
    return not await Event.exists().where(Event.position.is_null())


@pytest.mark.redis
async def test_what_was_committed_elsewhere_is_relayed_when_it_rings(database, redis_url, monkeypatch):
    monkeypatch.setattr(scheduler, "RELAY_SECONDS", 600)
    async with process.working(nobody, redis_url):
        await asyncio.sleep(0.1)  # the first look is over
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(log, "ring", lambda: None)
            await log.record(EventKind.RECEIVED)
        assert not await numbered()
        with bell.hung(redis_url) as ours:
            ours.happened()
            await until(numbered)
    assert await Job.count() == 1


@pytest.mark.redis
async def test_many_rings_of_a_moment_are_one(redis_url):
    with redis.Redis.from_url(redis_url) as client, bell.hung(redis_url) as ours:
        for _ in range(500):
            ours.happened()

        async def heard():
            return waiting(client)

        await until(heard)
        await asyncio.sleep(0.1)
        assert 1 <= waiting(client) < 5


@pytest.mark.redis
async def test_rings_nobody_answers_do_not_fill_redis(redis_url, monkeypatch):
    monkeypatch.setattr(bell, "MOST_WAITING", 3)
    with redis.Redis.from_url(redis_url) as client, bell.hung(redis_url) as ours:
        for _ in range(8):
            ours.happened()
            await asyncio.sleep(0.06)
        assert waiting(client) == 3


async def test_who_rings_at_nobodys_door_is_told_once_and_waits_for_nothing(redis_away):
    with capture_logs() as told, bell.hung(redis_away) as ours:
        began = time.monotonic()
        for _ in range(100):
            ours.happened()
            ours.due([])
        assert time.monotonic() - began < 0.5

        async def said():
            return bool(told)

        await until(said)
    assert [line["event"] for line in told] == ["the doorbell is away; the workers look by themselves"]


async def test_without_redis_there_is_no_bell(monkeypatch):
    async with bell.ringing():
        assert log._doorbells == []


@pytest.fixture
def redis_away():
    return f"redis://127.0.0.1:{machine.free_port()}/0"
