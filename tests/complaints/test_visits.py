"""In the field: what a visit promises, and whose time counts after hours offline (`law.md` T4, example 5)."""

from datetime import date

import pytest

from backend.complaints import actions, parts
from backend.complaints.tables import Photo
from backend.operations import Status
from backend.sla.policy import ClockKind
from backend.sla.tables import Clock
from tests.support import asked
from tests.support.walked import applied, assigned, due, forwarded, part_row, row


async def test_a_visit_is_worked_on_and_its_finish_date_a_promise(city, at):
    complaint, part = await assigned(city)
    at("2026-03-04 11:00")
    photo = asked.photo()
    await applied(parts.visit(city.officer, asked.visit(city.officer, part, finish_on=date(2026, 3, 11), photos=(photo,))))
    assert await due(complaint, part) == {ClockKind.FINISH: date(2026, 3, 11)}
    assert (await row(complaint)).promise_finish_on == date(2026, 3, 11)
    assert (await part_row(part)).finish_on == date(2026, 3, 11)
    named = await Photo.objects().get(Photo.id == photo.id)
    assert (named.part, named.stage, named.state, named.uploader) == (part, "visit", "awaited", city.officer.account)


@pytest.mark.parametrize(
    ("finish_on", "fits"),
    [
        ("2026-03-01", False),  # before the visit
        ("2026-03-07", False),  # a Saturday
        ("2026-03-19", False),  # Nyepi
        ("2026-03-02", True),
        ("2026-03-27", True),  # 14 working days, the closure between
        ("2026-03-30", False),
    ],
)
async def test_a_finish_date_is_a_working_day_within_what_an_opd_may_promise(city, finish_on, fits):
    _, part = await assigned(city)
    outcome = await parts.visit(city.officer, asked.visit(city.officer, part, finish_on=date.fromisoformat(finish_on)))
    assert (outcome.status == Status.APPLIED, set(outcome.fields or ())) == (fits, set() if fits else {"finish_on"})


async def test_a_day_promised_in_the_field_still_stands_when_it_arrives_a_day_later(city, at):
    _, part = await assigned(city)
    visited = at("2026-03-06 16:00")
    at("2026-03-07 10:00")
    await applied(parts.visit(city.officer, asked.visit(city.officer, part, occurred_at=visited, finish_on=date(2026, 3, 6))))


async def test_who_is_late_beyond_all_dates_can_still_tell_of_a_visit(city, at):
    _, part = await assigned(city)
    at("2026-05-11 09:00")
    refused = await parts.visit(city.officer, asked.visit(city.officer, part, finish_on=date(2026, 5, 13)))
    assert set(refused.fields) == {"finish_on"}
    await applied(parts.visit(city.officer, asked.visit(city.officer, part, finish_on=date(2026, 5, 12))))


async def test_after_a_dispute_a_visit_may_take_the_time_that_was_left(city, at):
    at("2026-07-06 09:00")
    complaint, part = await assigned(city)
    at("2026-07-07 09:00")
    await applied(parts.finish(city.officer, asked.finish(city.officer, part)))
    at("2026-08-10 10:00")
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    await applied(parts.visit(city.officer, asked.visit(city.officer, part, seen="in_progress", finish_on=date(2026, 8, 12))))
    assert (await row(complaint)).status == "disputed"


async def test_the_officers_own_time_counts_up_to_a_day_back_and_never_before_the_step_it_follows(city, at):
    """Example 5."""
    at("2026-02-03 08:00")
    _, part = await assigned(city)
    tapped = at("2026-02-06 16:20")
    at("2026-02-07 11:00")
    await applied(parts.finish(city.officer, asked.finish(city.officer, part, occurred_at=tapped)))
    assert await stopped(part, ClockKind.WORK) == tapped


async def test_after_more_than_a_day_offline_it_is_late(city, at):
    at("2026-02-03 08:00")
    _, part = await assigned(city)
    tapped = at("2026-02-06 16:20")
    at("2026-02-09 08:00")
    await applied(parts.finish(city.officer, asked.finish(city.officer, part, occurred_at=tapped)))
    assert await stopped(part, ClockKind.WORK) == at("2026-02-08 08:00")


async def test_no_step_counts_before_the_one_it_follows(city, at):
    at("2026-02-06 08:30")
    _, part = await forwarded(city, reporter=city.citizen)
    said = at("2026-02-05 10:00")
    at("2026-02-06 14:00")
    await applied(parts.finish(city.roads, asked.finish(city.roads, part, occurred_at=said, work_done_on=date(2026, 2, 5))))
    assert await stopped(part, ClockKind.WORK) == at("2026-02-06 08:30")


async def test_what_was_typed_before_a_dispute_does_not_count_before_it(city, at):
    complaint, part = await assigned(city)
    await applied(parts.finish(city.officer, asked.finish(city.officer, part)))
    typed = at("2026-03-03 09:00")
    disputed = at("2026-03-03 15:00")
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    at("2026-03-03 16:00")
    await applied(parts.finish(city.officer, asked.finish(city.officer, part, seen="in_progress", occurred_at=typed)))
    assert await stopped(part, ClockKind.FINISH) == disputed


async def stopped(part, kind):
    return max(row.stopped_at for row in await Clock.objects().where(Clock.part == part, Clock.kind == kind))
