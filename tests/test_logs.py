"""What this process says, and what it never says."""

import io
import logging
from uuid import uuid4

import msgspec
import pytest
import structlog
from structlog.testing import capture_logs

from backend import home, logs
from backend.complaints import photos
from backend.complaints.tables import Complaint
from backend.jobs import queue
from backend.jobs.tables import Job
from tests.support import asked
from tests.support.batches import send
from workers import handlers
from workers.relay import relay

TEXT, NAME, EMAIL, PHONE = "Lampunya gelap gulita sekali", "Tinah Wulandari", "tinah@contoh.test", "081234567890"
KEY = "7F3K9QMN2P4R5S6T7V8W9X0Y1Z"
PASSWORD = "kembang kol goreng"
PERSONAL = (TEXT, "gelap gulita", NAME, "Tinah", EMAIL, "contoh.test", PHONE, "1234567890", KEY, KEY[:6], PASSWORD)


@pytest.fixture
def said(caplog):
    """Everything logged, by us and by libraries, as it would be written."""
    caplog.set_level(logging.WARNING)  # as `logs.configure` has it
    caplog.handler.setFormatter(logs.Wordless("%(levelname)s %(name)s %(message)s"))
    with capture_logs(processors=logs.PROCESSORS) as lines:
        yield lambda: "\n".join([caplog.text, *map(str, lines)])


async def through_the_doors(browser):
    """A complaint with all it may hold, keys, wrong and right, a sign-in, a search, and addresses that hold what they should not."""
    asking = asked.submit(None, text=TEXT, key=KEY)
    contact = {"name": NAME, "phone": PHONE, "may_call": True}
    told = await send(browser, {**msgspec.to_builtins(asking), "contact": contact, "claim": KEY})
    await browser.post("/complaints", data={"text": TEXT, "contact_name": NAME, "contact_phone": PHONE})
    await browser.post("/claim", data={"key": KEY})
    await browser.post("/claim", data={"key": KEY[::-1]})
    await browser.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    await browser.post("/reset", data={"email": EMAIL})
    for address in (f"/public?q={TEXT}", f"/{KEY}", f"/nowhere/{EMAIL}?phone={PHONE}", f"/complaints/{KEY}"):
        await browser.get(address)
    return told["outcomes"]


async def test_nothing_of_a_person_is_in_the_log(planted, door, said):
    [outcome] = await through_the_doors(await door())
    assert outcome["status"] == "applied", outcome
    while await relay():
        pass
    for job in await queue.due(50):
        await handlers.run(job.id)
    told = said()
    assert "'event': 'request'" in told
    assert "job tried" in told
    assert [word for word in PERSONAL if word in told] == []


async def test_a_fault_is_told_by_its_kind_and_place_not_by_its_words(planted, door, said, monkeypatch):
    async def falls_over(*_, **__):
        await Complaint.insert(*[Complaint(id=None, number=TEXT, text=f"{EMAIL} {KEY}")])
        raise ValueError(f"{TEXT} {EMAIL} {PHONE}")

    monkeypatch.setattr(home.queries, "mine", falls_over)
    answer = await (await door()).get("/")
    assert answer.status_code == 500
    told = said()
    assert "request failed" in told
    assert "test_logs" in told
    assert [word for word in PERSONAL if word in told] == []


async def test_a_job_that_fails_carries_its_number_and_no_words(database, said, monkeypatch):
    async def falls_over(_):
        structlog.get_logger("photos").info("looking")
        raise ValueError(f"{TEXT} {EMAIL}")

    job = await queue.enqueue(queue.JobKind.PROCESS_PHOTO, {"subject": str(uuid4())})
    monkeypatch.setattr(photos, "process", falls_over)
    await handlers.run(job)
    told = said()
    assert told.count(str(job)) >= 3
    assert "ValueError (" in told
    assert [word for word in PERSONAL if word in told] == []
    assert (await Job.objects().first()).attempts == 1


def test_a_librarys_exception_is_told_without_its_words():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Wordless("%(levelname)s %(name)s %(message)s"))
    try:
        int(TEXT)
    except ValueError as error:
        handler.emit(logging.LogRecord("library", logging.ERROR, __file__, 1, "it failed", (), (ValueError, error, error.__traceback__)))
    assert "it failed" in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert TEXT not in stream.getvalue()


class Wrapped:
    def __int__(self):
        try:
            return {}[EMAIL]
        except KeyError as error:
            raise ValueError(TEXT) from error


def test_what_an_exception_came_from_is_told_too():
    try:
        int(Wrapped())
    except ValueError as error:
        line = logs.where(None, "error", {"event": "x", "exc_info": error})
    assert line["error"] == "ValueError from KeyError"
    assert "test_what_an_exception_came_from_is_told_too" in line["trace"]
