import asyncio

import pytest

from backend import database as db
from backend.accounts.tables import Account
from backend.clock import now
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from workers import handlers
from workers.handlers import HANDLERS, Handler, Way, run


class Died(BaseException):
    """The process is gone: nothing of ours runs any more."""


@pytest.fixture(params=list(Way))
def way(request, database):
    return request.param


@pytest.fixture
def doing(monkeypatch, way):
    """Let one kind of job be done in this way by what the test says."""

    def as_this(do):
        monkeypatch.setitem(HANDLERS, JobKind.ANNOUNCE, Handler(way, do))

    return as_this


async def effect(_=None):
    await Account.insert(Account(id=db.new_id(), name="", email=str(db.new_id()), password_hash="", created_at=now()))


async def put_in():
    return await queue.enqueue(JobKind.ANNOUNCE, {})


async def state(job_id):
    job = await Job.objects().get(Job.id == job_id)
    return {
        "done": job.done_at is not None,
        "held": job.leased_until is not None,
        "attempts": job.attempts,
        "effects": await Account.count(),
    }


async def test_a_job_is_done_and_marked(doing):
    doing(effect)
    job = await put_in()
    await run(job)
    assert await state(job) == {"done": True, "held": False, "attempts": 1, "effects": 1}


async def test_a_second_wake_up_does_nothing(doing):
    doing(effect)
    job = await put_in()
    await asyncio.gather(*(run(job) for _ in range(6)))
    await run(job)
    assert (await state(job))["effects"] == 1


async def test_a_wake_up_for_a_job_that_is_gone_does_nothing(doing):
    doing(effect)
    await run(db.new_id())
    assert await Account.count() == 0


async def test_a_job_that_fails_is_tried_later(doing):
    async def fail(_):
        await effect()
        raise OSError

    doing(fail)
    job = await put_in()
    await run(job)
    found = await state(job)
    assert (found["done"], found["held"], found["attempts"]) == (False, False, 1)
    assert await queue.due(1) == []
    await Job.update({Job.run_at: now()}, force=True)
    doing(effect)
    await run(job)
    assert (await state(job))["done"]


async def test_of_a_job_on_rows_that_fails_nothing_stays(doing, way):
    async def fail(_):
        await effect()
        raise OSError

    doing(fail)
    job = await put_in()
    await run(job)
    assert (await state(job))["effects"] == (0 if way is Way.ROWS else 1)


async def test_a_process_that_dies_in_the_middle_loses_no_job(doing, way):
    async def die(_):
        await effect()
        raise Died

    doing(die)
    job = await put_in()
    with pytest.raises(Died):
        await run(job)
    found = await state(job)
    assert not found["done"]
    assert found["effects"] == (0 if way is Way.ROWS else 1)
    await queue.forget_leases()
    doing(effect)
    await run(job)
    assert (await state(job))["done"]


async def test_a_process_that_dies_between_the_effect_and_its_mark_does_it_again(doing, way, monkeypatch):
    """On rows the effect is undone with it; outside it happens twice, which is why such work must bear it."""

    async def die(_):
        raise Died

    doing(effect)
    job = await put_in()
    with monkeypatch.context() as patched:
        patched.setattr(handlers.queue, "done", die)
        with pytest.raises(Died):
            await run(job)
    await queue.forget_leases()
    await run(job)
    assert await state(job) | {"attempts": 0} == {"done": True, "held": False, "attempts": 0, "effects": 1 if way is Way.ROWS else 2}


async def test_who_is_asked_to_stop_lets_go_of_the_job_at_once(doing):
    at_work = asyncio.Event()

    async def long(_):
        at_work.set()
        await asyncio.sleep(60)

    doing(long)
    job = await put_in()
    task = asyncio.create_task(run(job))
    await at_work.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await state(job) == {"done": False, "held": False, "attempts": 0, "effects": 0}
    assert [one.id for one in await queue.due(1)] == [job]
