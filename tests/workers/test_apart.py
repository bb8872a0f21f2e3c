"""Several processes on one database: what any of them takes in is worked off by another, whatever becomes of Redis and of a worker."""

import asyncio
import signal

import httpx
import pytest
import redis

from backend import clock
from backend import database as db
from backend.accounts.tables import Account
from backend.events.tables import Event
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from backend.notifications.tables import Notice
from tests.support import asked, machine, servers
from tests.support import city as a_city
from tests.support.apart import Apart
from tests.support.batches import send
from tests.support.commands import PRODUCTION, sambat

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.redis]


async def until(true, seconds=20):
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.05)


async def told(phone, number=1):
    """Complaints of guests, in one sending."""
    operations = [asked.submit() for _ in range(number)]
    answer = await send(phone, *operations)
    assert {outcome["status"] for outcome in answer["outcomes"]} == {"applied"}, answer
    return [op.complaint for op in operations]


async def announced(complaints):
    """Has each been announced?"""
    events = await Event.select(Event.id).where(Event.complaint.is_in(complaints)).output(as_list=True)
    keys = [f"{JobKind.ANNOUNCE}:{event}" for event in events]
    done = await Job.select(Job.dedupe_key).where(Job.dedupe_key.is_in(keys), Job.done_at.is_not_null()).output(as_list=True)
    return len(set(done)) == len(keys) >= len(complaints)


async def says(phone, expected):
    answer = await phone.get("/readyz")
    return (answer.status_code, answer.json()) == (200, expected)


@pytest.fixture
async def engine(databases):
    url = await databases.fresh("postgresql", planted=True)
    async with db.opened(url):
        yield url
    await databases.drop(url)


async def test_what_one_process_takes_another_works_off_whatever_happens(engine, tmp_path):
    moderator = (await a_city.founded()).moderator
    port = machine.free_port()
    house = Apart(tmp_path, database_url=engine, redis_url=f"redis://127.0.0.1:{port}/0")
    with servers.redis_server(port):
        await house.open(webs=2, workers=2)
    try:
        await _chaos(house, port, moderator)
        assert all(code in {0, -signal.SIGTERM, -signal.SIGKILL} for code in house.close(seconds=15))
    finally:
        house.kill()
    assert "Traceback" not in house.log


async def test_no_city_opens_with_people_whose_password_everybody_knows(engine, tmp_path):
    await Account.insert(Account(id=db.new_id(), name="Siti", email="s@contoh.test", password_hash="", created_at=clock.now(), demo=True))
    said = await asyncio.to_thread(sambat, tmp_path, "web", **PRODUCTION, database_url=engine)
    assert (said.returncode, "demo accounts" in said.stderr) == (1, True), said.stderr


async def _chaos(house, port, moderator):
    """Redis was there when they started, and has gone since."""
    async with httpx.AsyncClient(base_url=house.webs[0]) as one, httpx.AsyncClient(base_url=house.webs[1]) as other:
        without_redis = await told(one, 3) + await told(other, 3)
        await until(lambda: says(one, READY | {"redis": "away"}))
        await until(lambda: announced(without_redis))

        with servers.redis_server(port), redis.Redis(port=port) as client:
            empty = await told(one, 3)
            await until(lambda: announced(empty))
            await until(lambda: says(one, READY))
            client.flushall()
            flushed = await told(other, 3)
            house.workers[0].kill()  # whatever it holds
            orphaned = await told(one, 6) + await told(other, 6)
            everything = [*without_redis, *empty, *flushed, *orphaned]
            await until(lambda: announced(everything))
    notices = await Notice.select(Notice.event).where(Notice.account == moderator.account).output(as_list=True)
    assert len(notices) == len(set(notices)) == len(everything)


READY = {"status": "ready", "database": "ok", "schema": "ok", "storage": "ok", "redis": "ok"}
