import asyncio
import socket
import time
from contextlib import contextmanager

import pytest
import redis

from backend import clock
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import NewJob
from backend.jobs.tables import Job
from tests.support import machine
from workers import broker, process, scheduler


@pytest.fixture(params=["", pytest.param("redis", marks=pytest.mark.redis)], ids=["in the process", "redis"])
def broker_url(request):
    return request.param and request.getfixturevalue("redis_url")


async def put_in(number=1):
    return await queue.enqueue_all([NewJob(kind=JobKind.ANNOUNCE, arguments={}) for _ in range(number)])


class Worker:
    """Does jobs by marking them, and knows which it did."""

    def __init__(self, seconds=0.0):
        self.did = []
        self.seconds = seconds

    async def __call__(self, job_id):
        for job in await queue.claim_due(only=job_id):
            try:
                await asyncio.sleep(self.seconds)
            except asyncio.CancelledError:
                await asyncio.shield(queue.release(job))
                raise
            await queue.done(job)
            self.did.append(job.id)


async def until(true, seconds=10):
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.02)


async def all_done():
    return not await Job.exists().where(Job.done_at.is_null())


async def test_who_is_rung_for_is_done_on_this_loop_without_a_sweep(database, broker_url, monkeypatch):
    monkeypatch.setattr(scheduler, "SWEEP_SECONDS", 600)
    worker = Worker()
    async with process.working(worker, broker_url):
        await asyncio.sleep(0.1)  # the first sweep is over
        jobs = await put_in(20)
        await until(lambda: len(worker.did) == 20)
    assert sorted(worker.did) == sorted(jobs)
    assert await all_done()


async def test_a_lost_wake_up_is_found_by_the_sweep(database, broker_url, monkeypatch):
    monkeypatch.setattr(scheduler, "SWEEP_SECONDS", 0.2)
    worker = Worker()
    async with process.working(worker, broker_url):
        await asyncio.sleep(0.1)
        with monkeypatch.context() as deaf:
            deaf.setattr(queue, "ring", lambda _: None)
            jobs = await put_in(3)
        await until(lambda: len(worker.did) == 3)
    assert sorted(worker.did) == sorted(jobs)


async def test_what_was_put_in_before_the_start_is_done(database, broker_url):
    jobs, worker = await put_in(3), Worker()
    async with process.working(worker, broker_url):
        await until(lambda: len(worker.did) == 3)
    assert sorted(worker.did) == sorted(jobs)


async def test_a_job_that_waits_for_its_hour_is_done_then(database, monkeypatch):
    monkeypatch.setattr(scheduler, "SWEEP_SECONDS", 0.1)
    worker = Worker()
    async with process.working(worker, ""):
        await queue.enqueue(JobKind.ANNOUNCE, {}, run_at=clock.now() + queue.timedelta(seconds=0.6))
        await asyncio.sleep(0.3)
        assert worker.did == []
        await until(lambda: len(worker.did) == 1)


@pytest.mark.redis
async def test_a_redis_that_forgets_everything_in_the_middle_loses_nothing(database, redis_url, monkeypatch):
    monkeypatch.setattr(scheduler, "SWEEP_SECONDS", 0.2)
    monkeypatch.setattr(scheduler, "RING_AGAIN_SECONDS", 1.0)
    worker = Worker(seconds=0.02)
    async with process.working(worker, redis_url):
        jobs = await put_in(120)
        with redis.Redis.from_url(redis_url) as client:
            for done in (10, 60):
                await until(lambda done=done: len(worker.did) >= done)
                client.flushall()
        await until(lambda: len(worker.did) >= 120, 30)
    assert sorted(worker.did) == sorted(jobs)
    assert await all_done()


@pytest.mark.parametrize("away", ["nobody is there", "it hangs"])
async def test_a_redis_that_is_away_costs_no_job_and_stops_nobody(database, away):
    worker = Worker()
    with _nobody() if away == "nobody is there" else _who_hangs() as url:
        async with process.working(worker, url):
            jobs = await put_in(2)
            await until(lambda: len(worker.did) == 2)
            began = time.monotonic()
        assert time.monotonic() - began < 2
    assert sorted(worker.did) == sorted(jobs)
    assert await all_done()


async def test_who_works_when_it_must_stop_lets_go_and_the_end_comes_within_two_seconds(database, broker_url):
    worker = Worker(seconds=60)
    async with process.working(worker, broker_url):
        [job] = await put_in()
        await asyncio.sleep(0.1)
        async with asyncio.timeout(5):
            while not await Job.exists().where(Job.leased_until.is_not_null()):
                await asyncio.sleep(0.02)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert [one.id for one in await queue.due(1)] == [job]


async def test_an_idle_end_comes_at_once(database, broker_url):
    async with process.working(Worker(), broker_url):
        await asyncio.sleep(0.1)
        began = time.monotonic()
    assert time.monotonic() - began < 1


async def test_two_processes_share_the_work_and_double_none(database, redis_url):
    first, second = Worker(0.01), Worker(0.01)
    async with process.working(first, redis_url), broker.working(second, redis_url):
        jobs = await put_in(40)
        await until(lambda: len(first.did) + len(second.did) >= 40)
    assert sorted(first.did + second.did) == sorted(jobs)
    assert second.did


@contextmanager
def _nobody():
    yield f"redis://127.0.0.1:{machine.free_port()}/0"


@contextmanager
def _who_hangs():
    """Takes a call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
