"""How the job table stands, and what was given up is tried once more."""

from datetime import timedelta

from backend import clock
from backend.jobs import queue, standing
from backend.jobs.kinds import JobKind
from backend.jobs.queue import MOST_ATTEMPTS, NewJob
from backend.jobs.tables import Job


async def put_in(number, kind=JobKind.ANNOUNCE):
    return await queue.enqueue_all([NewJob(kind=kind, arguments={"event": str(one)}) for one in range(number)])


async def give_up(*ids, at=None):
    for place, one in enumerate(ids):
        moment = (at or clock.now()) + timedelta(seconds=place)
        await Job.update({Job.given_up_at: moment, Job.attempts: MOST_ATTEMPTS, Job.last_error: "KeyError (x:1)"}).where(Job.id == one)


async def test_what_waits_is_counted_with_the_moment_since_which_it_does(database):
    assert await standing.waiting() == (0, None)
    first, *_, last = await put_in(3)
    since = clock.now() - timedelta(minutes=5)
    await Job.update({Job.run_at: since}).where(Job.id == first)
    await give_up(last)
    assert await standing.waiting() == (2, since)


async def test_what_was_given_up_is_listed_the_last_first_a_page_at_a_time(database, monkeypatch):
    monkeypatch.setattr(standing, "PAGE", 3)
    ids = await put_in(5)
    await give_up(*ids)
    first = await standing.given_up()
    second = await standing.given_up(after=first[-1].id)
    assert [job.id for job in first + second] == ids[::-1]
    assert first[0].error == "KeyError (x:1)"


async def test_of_two_given_up_at_once_none_is_left_out(database, monkeypatch):
    monkeypatch.setattr(standing, "PAGE", 1)
    ids = await put_in(3)
    await Job.update({Job.given_up_at: clock.now()}).where(Job.id.is_in(ids))
    found, after = [], None
    while page := await standing.given_up(after):
        found.append(page[0].id)
        after = page[0].id
    assert sorted(found) == sorted(ids)


async def test_one_is_tried_again_from_its_first_attempt_and_the_workers_are_woken(database):
    one, other = await put_in(2)
    await give_up(one, other)
    rung = []
    off = queue.on_ring(rung.extend)
    assert await queue.again(one) == 1
    off()
    assert rung == [one]
    [held] = await queue.claim_due(only=one)
    assert held.attempts == 1
    assert await standing.given_up_by_kind() == {JobKind.ANNOUNCE: 1}


async def test_all_of_a_kind_are_tried_again_and_no_other(database):
    mails, photos = await put_in(3, JobKind.MAIL), await put_in(2, JobKind.PROCESS_PHOTO)
    await give_up(*mails, *photos)
    assert await queue.again_all(JobKind.MAIL) == 3
    assert await standing.given_up_by_kind() == {JobKind.PROCESS_PHOTO: 2}


async def test_what_is_not_given_up_stays_as_it_is(database):
    [waiting] = await put_in(1)
    before = (await Job.objects().first()).to_dict()
    assert await queue.again(waiting) == 0
    assert (await Job.objects().first()).to_dict() == before
