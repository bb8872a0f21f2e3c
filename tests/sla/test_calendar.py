"""Working days as the law book counts them: every case of calendar-cases.csv, and the same arithmetic by the holidays package."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.sla import calendar
from backend.sla.seed import YEARS, known_days

CASES = list(csv.DictReader(Path(__file__).with_name("calendar-cases.csv").read_text(encoding="utf-8").splitlines()))
OFF = frozenset(known_days())
ORACLE = holidays.country_holidays("ID", years=YEARS, categories=("public", "government"))
DAYS = st.dates(date(2025, 1, 1), date(2028, 6, 30))


def day(text):
    return date.fromisoformat(text)


def of_rule(rule):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["rule"] == rule]


def days_off(case):
    """The seeded days, and a day the manager added, where the case says so."""
    return OFF | {day(added) for added in re.findall(r"\(\+([\d-]+)\)", case["id"])}


def test_every_rule_of_the_law_books_cases_is_tried():
    assert {case["rule"] for case in CASES} == {"due", "restart", "reminder", "days_late", "joint_added", "class_change"}


@pytest.mark.parametrize("case", of_rule("due"))
def test_the_day_of_the_start_and_days_off_do_not_count(case):
    assert calendar.nth_working_day(day(case["a"]), int(case["b"]), days_off(case)) == day(case["expected"])


@pytest.mark.parametrize("case", of_rule("restart"))
def test_a_clock_that_stood_still_goes_on_with_what_was_left(case):
    assert calendar.restarted(day(case["a"]), day(case["b"]), day(case["c"]), days_off(case)) == day(case["expected"])


@pytest.mark.parametrize("case", of_rule("reminder"))
def test_the_reminder_comes_when_a_fifth_of_the_time_is_left(case):
    assert calendar.reminder_on(day(case["a"]), int(case["b"]), days_off(case)) == day(case["expected"])


@pytest.mark.parametrize("case", of_rule("days_late"))
def test_days_late_are_working_days_and_at_least_one(case):
    assert calendar.days_late(day(case["a"]), day(case["b"]), days_off(case)) == int(case["expected"])


@pytest.mark.parametrize("case", of_rule("joint_added"))
def test_a_part_that_joins_later_has_three_working_days_at_least(case):
    assert calendar.joint_added(day(case["a"]), day(case["b"]), days_off(case)) == day(case["expected"])


@pytest.mark.parametrize("case", of_rule("class_change"))
def test_a_new_class_counts_from_the_same_start(case):
    assert calendar.class_changed(day(case["a"]), int(case["b"]), day(case["c"]), days_off(case)) == day(case["expected"])


def test_days_paused_are_given_back_when_the_class_changes():
    assert calendar.class_changed(date(2026, 3, 2), 3, date(2026, 3, 3), OFF, paused=2) == date(2026, 3, 9)


@pytest.mark.parametrize("acted_on", [date(2026, 2, 5), date(2026, 2, 6)])
def test_an_act_on_the_due_day_or_before_is_in_time(acted_on):
    assert calendar.days_late(date(2026, 2, 6), acted_on, OFF) == 0


def test_what_was_late_when_it_stopped_is_owed_on_the_next_working_day_after_it_restarts():
    assert calendar.restarted(date(2026, 7, 14), date(2026, 7, 19), date(2026, 7, 9), OFF) == date(2026, 7, 20)


@pytest.mark.parametrize(
    ("working_days", "reminded_on"),
    [(1, "2026-07-31"), (3, "2026-07-31"), (7, "2026-07-30"), (14, "2026-07-29"), (60, "2026-07-15")],
)
def test_reminders_of_short_and_long_clocks(working_days, reminded_on):
    assert calendar.reminder_on(date(2026, 7, 31), working_days, OFF) == day(reminded_on)


def test_nobody_is_reminded_on_a_day_off():
    assert calendar.reminder_on(date(2026, 2, 17), 3, OFF) == date(2026, 2, 13)


def test_nothing_is_due_on_the_day_it_starts():
    with pytest.raises(ValueError, match="0 working days"):
        calendar.nth_working_day(date(2026, 2, 17), 0, OFF)


@given(start=DAYS, count=st.integers(1, 60))
def test_the_holidays_package_counts_the_same_days(start, count):
    due_on = calendar.nth_working_day(start, count, OFF)
    assert due_on == ORACLE.get_nth_working_day(start, count)
    assert calendar.working_days_between(start, due_on, OFF) == count
    assert ORACLE.get_working_days_count(start + timedelta(days=1), due_on) == count
