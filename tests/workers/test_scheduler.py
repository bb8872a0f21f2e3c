import asyncio

from structlog.testing import capture_logs

from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import NewJob
from workers import scheduler
from workers.scheduler import Sweep, repeat


async def test_a_sweep_rings_for_what_is_due_and_not_again_at_once(database, monkeypatch):
    rung = []

    sweep = Sweep(rung.extend)
    jobs = await queue.enqueue_all([NewJob(kind=JobKind.ANNOUNCE, arguments={}) for _ in range(3)])
    await sweep()
    await sweep()
    assert sorted(rung) == sorted(jobs)
    monkeypatch.setattr(scheduler, "RING_AGAIN_SECONDS", 0)
    await sweep()
    assert sorted(rung) == sorted(jobs * 2)


async def test_a_sweep_rings_at_once_for_a_job_that_failed_and_is_due_again(database):
    rung = []

    sweep = Sweep(rung.extend)
    job = await queue.enqueue(JobKind.ANNOUNCE, {})
    await sweep()
    [held] = await queue.claim_due()
    await queue.retry(held, OSError())
    await queue.Job.update({queue.Job.run_at: held and queue.clock.now()}).where(queue.Job.id == job)
    await sweep()
    assert rung == [job, job]


async def test_a_round_that_fails_is_told_and_the_next_one_works():
    rounds = []

    async def step():
        rounds.append(1)
        if len(rounds) == 1:
            raise OSError("Siti, Jalan Gajayana 5")
        return False

    with capture_logs() as logs:
        task = asyncio.create_task(repeat(step, 0.05))
        await asyncio.sleep(0.3)
        task.cancel()
    assert len(rounds) > 1
    assert [line["event"] for line in logs] == ["a round failed"]
    assert "Siti" not in str(logs)


async def test_the_bell_does_not_wait_for_the_clock():
    rounds, bell = [], asyncio.Event()

    async def step():
        rounds.append(1)
        return False

    task = asyncio.create_task(repeat(step, 60, bell))
    await asyncio.sleep(0.05)
    bell.set()
    await asyncio.sleep(0.05)
    task.cancel()
    assert len(rounds) == 2


async def test_while_there_is_more_nobody_waits():
    rounds = []

    async def step():
        rounds.append(1)
        await asyncio.sleep(0)
        return len(rounds) < 5

    task = asyncio.create_task(repeat(step, 60))
    await asyncio.sleep(0.1)
    task.cancel()
    assert len(rounds) == 5
