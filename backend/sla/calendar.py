"""Working days of the city and the rules of time (`law.md` T1 to T13), pure: the holidays are handed in."""

from collections.abc import Iterator
from datetime import date, timedelta

from backend.sla.policy import JOINT_ADDED, JOINT_WORK

SATURDAY = 5
DAY = timedelta(days=1)
REMINDER_SHARE = 5
"""A reminder comes when a fifth of the time is left (`law.md` 3.6)."""

Holidays = frozenset[date]


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Monday to Friday, and no day off (T1)."""
    return day.weekday() < SATURDAY and day not in holidays


def nth_working_day(start: date, count: int, holidays: Holidays) -> date:
    """The `count`-th working day after `start`, which itself never counts (T2). `count` is at least 1."""
    if count < 1:
        message = f"nothing is due {count} working days after its start"
        raise ValueError(message)
    day = start
    for _ in range(count):
        day = _next(day, DAY, holidays)
    return day


def working_days_between(after: date, until: date, holidays: Holidays) -> int:
    """How many working days lie after `after`, up to and with `until`."""
    return sum(is_working_day(day, holidays) for day in _days(after, until))


def days_late(due_on: date, acted_on: date, holidays: Holidays) -> int:
    """Working days from the due day to the act or to today: none in time, at least one when late (T5)."""
    if acted_on <= due_on:
        return 0
    return max(1, working_days_between(due_on, acted_on, holidays))


def restarted(stopped_on: date, restarted_on: date, due_on: date, holidays: Holidays) -> date:
    """The new due day of a clock that stood still: what was left, at least one working day (T7)."""
    if stopped_on == restarted_on and stopped_on < due_on:
        return due_on
    left = working_days_between(stopped_on, due_on, holidays)
    return nth_working_day(restarted_on, max(1, left), holidays)


def reminder_on(due_on: date, working_days: int, holidays: Holidays) -> date:
    """The working day whose morning brings the reminder of a clock of `working_days` (`law.md` 3.6)."""
    day = due_on if is_working_day(due_on, holidays) else _next(due_on, -DAY, holidays)
    for _ in range(working_days // REMINDER_SHARE):
        day = _next(day, -DAY, holidays)
    return day


def joint_added(lead_received_on: date, received_on: date, holidays: Holidays) -> date:
    """The due day of a part that joins later: the case's own, unless that leaves it too little (T13)."""
    case_due_on = nth_working_day(lead_received_on, JOINT_WORK, holidays)
    return max(case_due_on, nth_working_day(received_on, JOINT_ADDED, holidays))


def class_changed(start: date, working_days: int, changed_on: date, holidays: Holidays, *, paused: int = 0) -> date:
    """The due day under a new class: from the same start, `paused` working days added, never before the day after the change (T12)."""
    return max(nth_working_day(start, working_days + paused, holidays), nth_working_day(changed_on, 1, holidays))


def _next(day: date, step: timedelta, holidays: Holidays) -> date:
    day += step
    while not is_working_day(day, holidays):
        day += step
    return day


def _days(after: date, until: date) -> Iterator[date]:
    for count in range(1, (until - after).days + 1):
        yield after + count * DAY
