"""Clocks of a complaint as they start, move, stop and go on, on both databases."""

import asyncio
from datetime import date, datetime
from uuid import uuid4

import pytest

from backend import clock
from backend.events.tables import Event
from backend.sla import actions, queries
from backend.sla.policy import ClockKind
from backend.sla.tables import Clock, Holiday

COMPLAINT, PART, OTHER_PART = uuid4(), uuid4(), uuid4()


def malang(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.JAKARTA)


pytestmark = pytest.mark.usefixtures("planted")


async def kept(kind, part=PART):
    """(start, due, stop) of every clock of a kind, in their order."""
    clocks = (await queries.of_complaints([COMPLAINT]))[COMPLAINT]
    return [(c.started_at, c.due_on, c.stopped_at) for c in clocks if c.kind == kind and c.part == part]


async def test_field_work_forwarded_before_the_long_closure_is_due_after_it():
    started = await actions.start(COMPLAINT, PART, ClockKind.WORK, 3, malang("2026-03-17T08:05"))
    assert started.due_on == date(2026, 3, 27)
    assert await kept(ClockKind.WORK) == [(malang("2026-03-17T08:05"), date(2026, 3, 27), None)]


async def test_a_start_late_in_the_evening_is_of_that_day_in_malang():
    started = await actions.start(COMPLAINT, None, ClockKind.MODERATION, 1, malang("2026-02-12T23:40"))
    assert started.due_on == date(2026, 2, 13)


async def test_a_day_added_now_counts_for_the_next_clock_and_leaves_a_running_one():
    before = await actions.start(COMPLAINT, PART, ClockKind.WORK, 3, malang("2026-08-12T09:00"))
    await Holiday.insert(Holiday(day=date(2026, 8, 18), name="Libur setempat", kind="added"))
    after = await actions.start(COMPLAINT, OTHER_PART, ClockKind.WORK, 3, malang("2026-08-12T09:00"))
    assert (before.due_on, after.due_on) == (date(2026, 8, 18), date(2026, 8, 19))
    assert await kept(ClockKind.WORK) == [(malang("2026-08-12T09:00"), date(2026, 8, 18), None)]


async def test_a_finish_date_starts_a_clock_where_none_runs():
    started = await actions.start_until(COMPLAINT, PART, ClockKind.FINISH, date(2026, 2, 20), malang("2026-02-12T10:00"))
    assert (started.due_on, started.working_days) == (date(2026, 2, 20), 4)


async def test_a_finish_date_moves_the_clock_that_runs_and_keeps_its_start():
    await actions.start(COMPLAINT, PART, ClockKind.FINISH, 3, malang("2026-07-06T09:00"))
    moved = await actions.start_until(COMPLAINT, PART, ClockKind.FINISH, date(2026, 7, 20), malang("2026-07-08T11:00"))
    assert moved.working_days == 10
    assert await kept(ClockKind.FINISH) == [(malang("2026-07-06T09:00"), date(2026, 7, 20), None)]


async def test_stopping_ends_one_clock_of_one_part():
    for part in (PART, OTHER_PART):
        await actions.start(COMPLAINT, part, ClockKind.ANSWER, 1, malang("2026-07-06T09:00"))
    await actions.start(COMPLAINT, PART, ClockKind.WORK, 3, malang("2026-07-06T09:00"))
    await actions.stop(COMPLAINT, PART, ClockKind.ANSWER, malang("2026-07-06T15:00"))
    running = [(c.part, c.kind) for c in await queries.running(COMPLAINT)]
    assert running == [(OTHER_PART, ClockKind.ANSWER), (PART, ClockKind.WORK)]


async def test_stopping_again_keeps_the_first_moment():
    await actions.start(COMPLAINT, None, ClockKind.MODERATION, 1, malang("2026-07-06T09:00"))
    for hour in (10, 11):
        await actions.stop(COMPLAINT, None, ClockKind.MODERATION, malang(f"2026-07-06T{hour}:00"))
    assert await kept(ClockKind.MODERATION, None) == [(malang("2026-07-06T09:00"), date(2026, 7, 7), malang("2026-07-06T10:00"))]


async def test_the_complaints_own_clock_is_not_a_parts():
    await actions.start(COMPLAINT, None, ClockKind.ANSWER, 2, malang("2026-07-06T09:00"))
    await actions.stop(COMPLAINT, PART, ClockKind.ANSWER, malang("2026-07-06T10:00"))
    assert len(await queries.running(COMPLAINT)) == 1


async def test_all_clocks_of_a_part_or_of_the_whole_complaint_end_together():
    for part in (PART, OTHER_PART, None):
        await actions.start(COMPLAINT, part, ClockKind.ANSWER, 1, malang("2026-07-06T09:00"))
        await actions.start(COMPLAINT, part, ClockKind.FINISH, 3, malang("2026-07-06T09:00"))
    await actions.stop_all(COMPLAINT, PART, counted_at=malang("2026-07-07T10:00"))
    assert {c.part for c in await queries.running(COMPLAINT)} == {OTHER_PART, None}
    await actions.stop_all(COMPLAINT, counted_at=malang("2026-07-08T10:00"))
    assert await queries.running(COMPLAINT) == []
    assert {stopped for _, _, stopped in await kept(ClockKind.ANSWER)} == {malang("2026-07-07T10:00")}


@pytest.mark.parametrize(
    ("resolved", "disputed", "due_on"),
    [
        ("2026-07-08T10:00", "2026-07-19T20:00", date(2026, 7, 20)),
        ("2026-07-07T10:00", "2026-07-19T20:00", date(2026, 7, 21)),
        ("2026-07-08T10:00", "2026-07-23T07:00", date(2026, 7, 24)),
    ],
)
async def test_a_dispute_gives_the_opd_what_it_had_left(resolved, disputed, due_on):
    await actions.start(COMPLAINT, PART, ClockKind.FINISH, 3, malang("2026-07-06T09:00"))
    await actions.stop(COMPLAINT, PART, ClockKind.FINISH, malang(resolved))
    again = await actions.restart(COMPLAINT, PART, ClockKind.FINISH, malang(disputed))
    assert again.due_on == due_on
    assert await kept(ClockKind.FINISH) == [
        (malang("2026-07-06T09:00"), date(2026, 7, 9), malang(resolved)),
        (malang(disputed), due_on, None),
    ]


async def test_what_was_late_before_a_dispute_stays_on_record():
    await actions.start(COMPLAINT, PART, ClockKind.FINISH, 3, malang("2026-07-06T09:00"))
    await actions.stop(COMPLAINT, PART, ClockKind.FINISH, malang("2026-07-14T10:00"))
    await actions.restart(COMPLAINT, PART, ClockKind.FINISH, malang("2026-07-19T20:00"))
    assert [(due_on, stopped is not None) for _, due_on, stopped in await kept(ClockKind.FINISH)] == [
        (date(2026, 7, 9), True),
        (date(2026, 7, 20), False),
    ]


async def test_a_second_restart_counts_from_the_last_stop():
    await actions.start(COMPLAINT, PART, ClockKind.FINISH, 3, malang("2026-07-06T09:00"))
    for resolved, disputed in (("2026-07-07T10:00", "2026-07-19T20:00"), ("2026-07-20T10:00", "2026-07-27T09:00")):
        await actions.stop(COMPLAINT, PART, ClockKind.FINISH, malang(resolved))
        again = await actions.restart(COMPLAINT, PART, ClockKind.FINISH, malang(disputed))
    assert again.due_on == date(2026, 7, 28)


async def test_only_a_clock_that_stands_still_restarts():
    await actions.start(COMPLAINT, PART, ClockKind.FINISH, 3, malang("2026-07-06T09:00"))
    assert await actions.restart(COMPLAINT, PART, ClockKind.FINISH, malang("2026-07-07T09:00")) is None
    assert await actions.restart(COMPLAINT, PART, ClockKind.WORK, malang("2026-07-07T09:00")) is None
    assert await Clock.count() == 1


async def test_clocks_of_many_complaints_come_in_one_answer():
    other = uuid4()
    for complaint in (COMPLAINT, other):
        await actions.start(complaint, None, ClockKind.PROMISE, 2, malang("2026-07-06T09:00"))
    found = await queries.of_complaints([COMPLAINT, other, uuid4()])
    assert {complaint: len(clocks) for complaint, clocks in found.items()} == {COMPLAINT: 1, other: 1}
    assert await queries.of_complaints([]) == {}


async def test_an_id_of_a_clock_does_not_tell_its_moment():
    assert (await actions.start(COMPLAINT, None, ClockKind.PROMISE, 2, malang("2026-07-06T09:00"))).id.version == 4


async def test_what_stands_still_goes_on_with_what_was_left():
    for kind, days in ((ClockKind.ANSWER, 1), (ClockKind.WORK, 3)):
        await actions.start(COMPLAINT, PART, kind, days, malang("2026-02-02T09:00"))
    await actions.stop(COMPLAINT, PART, ClockKind.ANSWER, malang("2026-02-03T08:00"))
    still = await actions.pause(COMPLAINT, PART, tuple(ClockKind), malang("2026-02-03T10:00"))
    assert [one.kind for one in still] == [ClockKind.WORK]
    going = await actions.resume(COMPLAINT, PART, malang("2026-02-06T21:00"), date(2026, 2, 6))
    assert [(one.kind, one.due_on) for one in going] == [(ClockKind.WORK, date(2026, 2, 10))]
    assert await actions.resume(COMPLAINT, PART, malang("2026-02-06T22:00"), date(2026, 2, 6)) == []
    assert await kept(ClockKind.WORK) == [
        (malang("2026-02-02T09:00"), date(2026, 2, 5), malang("2026-02-03T10:00")),
        (malang("2026-02-06T21:00"), date(2026, 2, 10), None),
    ]


async def test_what_is_late_already_does_not_stand_still():
    await actions.start(COMPLAINT, PART, ClockKind.ANSWER, 1, malang("2026-02-02T09:00"))
    await actions.start(COMPLAINT, PART, ClockKind.WORK, 3, malang("2026-02-02T09:00"))
    still = await actions.pause(COMPLAINT, PART, tuple(ClockKind), malang("2026-02-04T10:00"))
    assert [one.kind for one in still] == [ClockKind.WORK]
    assert await actions.pause(COMPLAINT, OTHER_PART, tuple(ClockKind), malang("2026-02-04T10:00")) == []


SWEPT = ("2026-03-16T23:59", "2026-03-17T00:00")
"""The last moment of a window from Monday 2 March, and the first after it."""


async def told():
    return sorted([(row["kind"], row["subject"]) for row in await Event.select(Event.kind, Event.subject)])


async def test_the_last_day_of_a_window_counts_whole_and_its_end_is_told_once():
    window = await actions.start(COMPLAINT, None, ClockKind.SILENCE, 10, malang("2026-03-02T09:00"))
    last, after = map(malang, SWEPT)
    await actions.sweep(last)
    assert await told() == []
    for _ in range(3):
        assert await actions.sweep(after) is False
    assert await told() == [("clock.over", window.id)]


async def test_only_windows_of_the_citizen_that_run_are_swept():
    after = malang("2026-04-20T09:00")
    for kind in ClockKind:
        await actions.start(COMPLAINT, PART, kind, 1, malang("2026-03-02T09:00"))
    await actions.stop(COMPLAINT, PART, ClockKind.REPLY, malang("2026-03-02T12:00"))
    await actions.sweep(after)
    running = {one.kind for one in await queries.running(COMPLAINT) if one.over_at is not None}
    assert running == {ClockKind.SILENCE, ClockKind.OBJECTION}
    assert len(await told()) == 2


async def test_many_windows_are_told_of_batch_by_batch_each_once(monkeypatch):
    monkeypatch.setattr(actions, "SWEPT_AT_ONCE", 3)
    windows = [await actions.start(uuid4(), None, ClockKind.OBJECTION, 10, malang("2026-03-02T09:00")) for _ in range(7)]
    after = malang(SWEPT[1])
    while await actions.sweep(after):
        pass
    assert await told() == sorted(("clock.over", window.id) for window in windows)


async def test_two_sweeps_at_once_tell_each_window_once():
    windows = [await actions.start(uuid4(), None, ClockKind.REPLY, 5, malang("2026-03-02T09:00")) for _ in range(20)]
    await asyncio.gather(*(actions.sweep(malang(SWEPT[1])) for _ in range(4)))
    assert await told() == sorted(("clock.over", window.id) for window in windows)
