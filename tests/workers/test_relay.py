import asyncio
from contextlib import suppress

import pytest

from backend import clock
from backend import database as db
from backend.events import log
from backend.events.kinds import EventKind
from backend.events.tables import Event
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from workers import relay as relays
from workers.reactions import REACTIONS
from workers.relay import BATCH, relay


async def happen(number, kind=EventKind.RECEIVED, **about):
    async with db.transaction():
        return [await log.record(kind, **about) for _ in range(number)]


async def positions():
    return await Event.select(Event.position).order_by(Event.position).output(as_list=True)


async def keys():
    return sorted(await Job.select(Job.dedupe_key).output(as_list=True))


async def test_events_get_positions_without_a_gap_in_the_order_in_which_they_happened(database):
    first = await happen(3)
    await relay()
    second = await happen(2)
    await relay()
    rows = await Event.select(Event.id, Event.position).order_by(Event.position)
    assert [(row["id"], row["position"]) for row in rows] == list(zip([*first, *second], range(1, 6), strict=True))


async def test_each_event_makes_each_of_its_jobs_once(database):
    for kind in EventKind:
        await happen(1, kind)
    await relay()
    await relay()
    events = {row["id"]: EventKind(row["kind"]) for row in await Event.select(Event.id, Event.kind)}
    assert await keys() == sorted(f"{job}:{event}" for event, kind in events.items() for job in REACTIONS[kind])


async def test_two_relays_at_once_number_and_react_once(database):
    for _ in range(40):
        await happen(2)

    async def work():
        for _ in range(10):
            await relay()
            await asyncio.sleep(0)

    await asyncio.gather(work(), work(), work())
    assert await positions() == list(range(1, 81))
    assert len(await keys()) == 80


async def test_events_that_commit_while_relays_run_are_neither_skipped_nor_doubled(database):
    done = asyncio.Event()

    async def write():
        for _ in range(30):
            await happen(1)
        done.set()

    async def work():
        while not done.is_set():
            await relay()
            await asyncio.sleep(0)

    await asyncio.gather(work(), work(), write())
    await relay()
    assert await positions() == list(range(1, 31))
    assert len(await keys()) == 30


@pytest.mark.parametrize("number", [BATCH - 1, BATCH, BATCH + 1])
async def test_a_full_batch_says_that_there_may_be_more(database, number):
    await happen(number)
    assert await relay() is (number >= BATCH)
    await relay()
    assert await positions() == list(range(1, number + 1))


async def test_a_late_commit_comes_after_what_was_seen_before_it(database):
    """The trap of a sequence: an earlier id that is committed later must not lie behind a phone's cursor."""
    early = db.new_id()
    [late] = await happen(1)
    await relay()
    await Event.insert(Event(id=early, kind=EventKind.RECEIVED, at=clock.now()))
    await relay()
    rows = await Event.select(Event.id).order_by(Event.position)
    assert [row["id"] for row in rows] == [late, early]


async def test_what_is_not_committed_is_not_seen(database):
    with suppress(RuntimeError):
        async with db.transaction():
            await log.record(EventKind.RECEIVED)
            raise RuntimeError
    await relay()
    assert (await positions(), await keys()) == ([], [])


async def test_a_relay_that_dies_between_numbering_and_jobs_has_done_neither(database, monkeypatch):
    await happen(3)

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(relays, "_job", die)
        with pytest.raises(KeyboardInterrupt):
            await relay()
    assert (await positions(), await keys()) == ([None] * 3, [])
    await relay()
    assert (await positions(), len(await keys())) == ([1, 2, 3], 3)


async def test_a_job_is_due_since_its_event_and_knows_what_it_is_about(database):
    photo = db.new_id()
    [event] = await happen(1, EventKind.PHOTO_UPLOADED, subject=photo)
    await relay()
    [job] = await Job.select()
    [at] = await Event.select(Event.at).output(as_list=True)
    assert (job["kind"], job["run_at"]) == (JobKind.PROCESS_PHOTO, at)
    assert job["arguments"] == f'{{"event":"{event}","subject":"{photo}"}}'


async def test_the_hour_of_somebody_anonymous_stays_an_hour(database):
    await happen(1, anonymous=True)
    await relay()
    [job] = await Job.select()
    for moment in (job["run_at"], job["created_at"]):
        assert moment == clock.coarse(moment)
