"""Writing to the log: with its effect or not at all, and the relay is woken after it."""

from uuid import uuid4

import msgspec
import pytest

from backend import database as db
from backend.events import log
from backend.events.kinds import EventKind
from backend.events.tables import Event


@pytest.fixture
def rung():
    """How often the doorbell rang."""
    times = []
    take_off = log.on_ring(lambda: times.append(1))
    yield times
    take_off()


async def test_an_event_is_written_with_its_effect_and_rings_after_the_commit(database, rung, at):
    moment, complaint, part = at("2026-03-02 09:41:27"), uuid4(), uuid4()
    async with db.transaction():
        event_id = await log.record(EventKind.ANSWERED, complaint=complaint, part=part, device_at=moment, data={"answer_on": "2026-03-04"})
        assert rung == []
    assert rung == [1]
    [event] = await Event.objects()
    assert (event.id, event.kind, event.complaint, event.part, event.at, event.device_at) == (
        event_id,
        "part.answered",
        complaint,
        part,
        moment,
        moment,
    )
    assert event.position is None
    assert msgspec.json.decode(event.data) == {"answer_on": "2026-03-04"}


async def test_what_was_undone_has_not_happened(database, rung):
    with pytest.raises(ZeroDivisionError):
        await _record_and_fail()
    assert await Event.count() == 0
    assert rung == []


async def _record_and_fail():
    async with db.transaction():
        await log.record(EventKind.ANSWERED, complaint=uuid4())
        raise ZeroDivisionError


async def test_of_somebody_anonymous_the_hour_is_kept_and_no_time_in_the_id(database, at):
    at("2026-03-02 09:41:27")
    await log.record(EventKind.RECEIVED, anonymous=True, complaint=uuid4(), device_at=at("2026-03-02 09:41:27"))
    [event] = await Event.objects()
    assert (event.id.version, event.at, event.device_at) == (4, at("2026-03-02 09:00"), None)


async def test_who_took_his_bell_off_is_not_woken(database):
    times = []
    log.on_ring(lambda: times.append(1))()
    await log.record(EventKind.RECEIVED, complaint=uuid4())
    assert times == []
