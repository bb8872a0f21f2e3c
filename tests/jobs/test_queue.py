import asyncio
import itertools
from contextlib import suppress
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from backend import clock
from backend import database as db
from backend.errors import NotFound
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import LEASE, LONGEST_PAUSE, MOST_ATTEMPTS, NewJob, TryLater
from backend.jobs.tables import Job

HOUR = timedelta(hours=1)


async def put_in(number=1, **about):
    return await queue.enqueue_all([NewJob(kind=JobKind.ANNOUNCE, arguments={"event": str(one)}, **about) for one in range(number)])


async def undone_transaction(do):
    with suppress(NotFound):
        async with db.transaction():
            await do()
            raise NotFound


async def row_of(job_id):
    return await Job.objects().get(Job.id == job_id)


async def later(job_id, by):
    """Let time pass for this job."""
    job = await row_of(job_id)
    job.run_at -= by
    job.leased_until = job.leased_until and job.leased_until - by
    await job.save()


async def test_a_second_job_with_the_same_key_is_not_put_in(database):
    first = await queue.enqueue(JobKind.ANNOUNCE, {"event": "a"}, dedupe_key="announce:a")
    assert await queue.enqueue(JobKind.ANNOUNCE, {"event": "a"}, dedupe_key="announce:a") is None
    assert [job["id"] for job in await Job.select()] == [first]


async def test_of_several_jobs_only_those_with_a_known_key_are_left_out_and_the_ids_are_theirs(database):
    await queue.enqueue(JobKind.ANNOUNCE, {"event": "b"}, dedupe_key="b")
    new = await queue.enqueue_all([NewJob(kind=JobKind.ANNOUNCE, arguments={"event": key}, dedupe_key=key) for key in "abc"])
    rows = {job["id"]: job["dedupe_key"] for job in await Job.select()}
    assert [rows[job_id] for job_id in new] == ["a", "c"]
    assert sorted(rows.values()) == ["a", "b", "c"]


async def test_five_who_put_in_the_same_job_at_once_put_in_one(database):
    async def attempt():
        async with db.transaction():
            return await queue.enqueue(JobKind.ANNOUNCE, {"event": "a"}, dedupe_key="a")

    assert len(list(filter(None, await asyncio.gather(*(attempt() for _ in range(5)))))) == 1
    assert await Job.count() == 1


async def test_jobs_without_a_key_are_never_the_same(database):
    assert len(await put_in(3)) == 3


async def test_a_job_goes_with_the_transaction_it_was_put_in_by_and_rings_only_after_it(database):
    rung = []
    off = queue.on_ring(rung.extend)
    try:
        await undone_transaction(put_in)
        assert (await Job.count(), rung) == (0, [])
        async with db.transaction():
            put = await put_in()
            assert rung == []
        assert rung == put
    finally:
        off()


async def test_a_job_for_later_neither_rings_nor_is_due_before_its_time(database):
    rung = []
    off = queue.on_ring(rung.extend)
    [job] = await put_in(run_at=clock.now() + HOUR)
    off()
    assert (rung, await queue.due(10), await queue.due_kind(job), await queue.claim_due()) == ([], [], None, [])
    await later(job, 2 * HOUR)
    assert [one.id for one in await queue.due(10)] == [job]


async def test_two_hundred_jobs_are_claimed_once_each_by_eight_workers(database):
    put = await put_in(200)

    async def work():
        mine = []
        while held := await queue.claim_due(3):
            mine += [job.id for job in held]
        return mine

    taken = list(itertools.chain(*await asyncio.gather(*(work() for _ in range(8)))))
    assert sorted(taken) == sorted(put)


async def test_eight_workers_that_want_one_job_get_it_once(database):
    [job] = await put_in()
    claims = await asyncio.gather(*(queue.claim_due(only=job) for _ in range(8)))
    assert sum(map(len, claims)) == 1


async def test_a_held_job_is_nobody_elses_until_its_holder_is_taken_for_dead(database):
    [job] = await put_in()
    await queue.claim_due()
    assert await queue.claim_due(only=job) == []
    await later(job, LEASE)
    [again] = await queue.claim_due(only=job)
    assert again.attempts == 2


async def test_a_done_job_is_never_due_again(database):
    [job] = await put_in()
    [held] = await queue.claim_due()
    await queue.done(held)
    await later(job, HOUR)
    assert (await queue.due(10), await queue.claim_due()) == ([], [])


async def test_a_failed_job_waits_longer_each_time_until_it_is_given_up_aloud(database):
    [job] = await put_in()
    waits = []
    with capture_logs() as logs:
        for _ in range(MOST_ATTEMPTS):
            await later(job, 2 * LONGEST_PAUSE)
            [held] = await queue.claim_due(only=job)
            before = clock.now()
            await queue.retry(held, OSError("Siti, Jalan Gajayana 5"))
            waits.append((await row_of(job)).run_at - before)
    assert await queue.claim_due(only=job) == []
    row = await row_of(job)
    assert row.given_up_at is not None
    assert row.attempts == MOST_ATTEMPTS
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["JOB GIVEN UP"]
    assert all(earlier < later_ for earlier, later_ in itertools.pairwise(waits[0:9:3]))
    assert "Siti" not in row.last_error
    assert row.last_error.startswith("OSError")
    assert "Siti" not in str(logs)


@pytest.mark.parametrize(("attempts", "longest"), [(1, 2), (2, 4), (5, 32), (12, 3600), (40, 3600)])
def test_a_pause_doubles_up_to_an_hour_and_is_spread(attempts, longest):
    pauses = {queue.pause(attempts).total_seconds() for _ in range(50)}
    assert all(longest / 2 <= pause <= longest for pause in pauses)
    assert len(pauses) > 40


async def test_who_says_when_to_come_back_is_not_asked_before(database):
    [job] = await put_in()
    [held] = await queue.claim_due()
    await queue.retry(held, TryLater("push service: 429", 2 * HOUR))
    row = await row_of(job)
    assert row.run_at > clock.now() + HOUR
    assert row.last_error == "push service: 429"


async def test_a_job_that_kills_its_worker_is_given_up_too(database):
    [job] = await put_in()
    for _ in range(MOST_ATTEMPTS):
        await queue.claim_due(only=job)
        await later(job, LEASE)
    with capture_logs() as logs:
        assert await queue.claim_due(only=job) == []
    assert (await row_of(job)).given_up_at is not None
    assert logs[0]["event"] == "JOB GIVEN UP"


async def test_a_worker_taken_for_dead_says_nothing_any_more(database):
    [job] = await put_in()
    [slow] = await queue.claim_due()
    await later(job, LEASE)
    [quick] = await queue.claim_due()
    await queue.retry(slow, OSError())
    assert (await row_of(job)).leased_until is not None
    await queue.done(quick)
    await queue.retry(slow, OSError())
    assert (await row_of(job)).last_error == ""


async def test_a_worker_that_must_stop_lets_its_job_go_untried(database):
    [job] = await put_in()
    [held] = await queue.claim_due()
    await queue.release(held)
    [again] = await queue.claim_due(only=job)
    assert again.attempts == 1


async def test_the_only_process_frees_at_its_start_what_the_one_before_held(database):
    [job] = await put_in()
    await queue.claim_due()
    await queue.forget_leases()
    assert [one.id for one in await queue.due(10)] == [job]


async def test_what_was_done_goes_after_a_day_and_what_was_given_up_stays(database):
    done, given_up, waiting = await put_in(3)
    for held in await queue.claim_due(3):
        if held.id == done:
            await queue.done(held)
    await Job.update({Job.done_at: clock.now() - 25 * HOUR}).where(Job.id == done)
    await Job.update({Job.given_up_at: clock.now() - 25 * HOUR}).where(Job.id == given_up)
    await queue.remove_old()
    assert {job["id"] for job in await Job.select()} == {given_up, waiting}


async def test_a_job_tells_no_moment_once_it_is_done(database):
    """A job of somebody anonymous cannot be laid beside a log of addresses."""
    past = clock.coarse(clock.now())
    [job] = await put_in(run_at=past)
    [held] = await queue.claim_due()
    await queue.done(held)
    row = await row_of(job)
    assert job.version == 4
    assert {row.run_at, row.created_at, row.done_at} <= {past, clock.coarse(clock.now())}
    assert row.leased_until is None
