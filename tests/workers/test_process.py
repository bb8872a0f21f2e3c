import asyncio
import os
import signal
import sys
import time
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

import workers
from backend.accounts.tables import Account
from backend.actors.actor import NOBODY
from backend.database.sqlite import SQLiteEngine
from backend.events.tables import Event
from backend.jobs.tables import Job
from backend.notifications import subscriptions
from backend.settings import settings
from tests.support import city as walk

KEY = "0123456789ABCDEFGHJKMNPQRS"
ROOT = Path(__file__).parents[2]


async def until(true, seconds=10):
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.02)


async def nothing_to_do():
    return not await Event.exists().where(Event.position.is_null()) and not await Job.exists().where(Job.done_at.is_null())


async def test_a_step_reaches_the_phones_of_those_who_wait_for_it_within_a_second(city, push_service):
    complaint = await walk.tell(key=KEY)
    await subscriptions.subscribe(NOBODY, push_service.wish("/guest", [KEY]))
    async with workers.embedded():
        await until(nothing_to_do)
        told_before = len(push_service.deliveries)
        began = time.monotonic()
        await walk.forward(city, complaint)

        async def heard():
            return len(push_service.deliveries) > told_before

        await until(heard)
        assert time.monotonic() - began < 1.5
        await until(nothing_to_do)
    receipt, news = push_service.shown()
    assert receipt["body"].startswith("Aduan Anda sudah kami terima")
    assert news["url"] == f"/complaints/{complaint}"
    assert not await Job.exists().where(Job.given_up_at.is_not_null())


async def test_a_push_service_that_was_away_gets_it_later(city, push_service):
    await subscriptions.subscribe(city.moderator, push_service.wish("/desk"))
    push_service.answers["/desk"] += [(503, {}), (0, {})]
    async with workers.embedded():
        await walk.tell(city.citizen)
        await until(nothing_to_do, 20)
    assert len(push_service.deliveries) == 3


async def test_the_work_can_be_started_and_ended_again_and_again(database):
    for _ in range(3):
        began = time.monotonic()
        async with workers.embedded():
            pass
        assert time.monotonic() - began < 2


@pytest.mark.slow
async def test_a_process_killed_again_and_again_loses_no_complaint_and_no_push(database, city, push_service):
    await subscriptions.subscribe(city.moderator, push_service.wish("/desk"))
    await Account.update({Account.mail_me: False}).where(Account.id == city.citizen.account)  # a mail would be shown where we listen
    url = _address(database)
    acknowledged = []
    for enough in (3, 12, 25):
        async with _process(url, str(city.citizen.account)) as process:
            mine = [await _line(process) for _ in range(enough)]
            process.send_signal(signal.SIGKILL)
            rest = (await process.stdout.read()).decode().split("\n")[:-1]
            acknowledged += mine + rest
    async with _process(url, "none"):
        await until(nothing_to_do, 60)
    positions = await Event.select(Event.position).order_by(Event.position).output(as_list=True)
    assert len(acknowledged) >= 40
    assert positions == list(range(1, len(positions) + 1))
    announced = await Job.select(Job.dedupe_key).where(Job.kind == "event.announce").output(as_list=True)
    assert len(announced) == len(set(announced)) == len(positions)
    told = {shown["url"].removeprefix("/complaints/") for shown in push_service.shown()}
    assert set(acknowledged) <= told
    assert not await Job.exists().where(Job.given_up_at.is_not_null())


def _address(engine):
    if isinstance(engine, SQLiteEngine):
        return f"sqlite:///{engine.path}"
    return "postgresql://{user}@{host}:{port}/{database}".format(**engine.config)


@asynccontextmanager
async def _process(url, reporter):
    """A process at work, killed at the end if not before."""
    environment = {**os.environ, "SAMBAT_DATABASE_URL": url, "SAMBAT_DATA_DIR": str(settings().data_dir)}
    command = (sys.executable, "-m", "tests.support.busy_process", reporter)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE)
    try:
        assert await _line(process) == "ready"
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        process._transport.close()


async def _line(process):
    async with asyncio.timeout(30):
        return (await process.stdout.readline()).decode().strip()
