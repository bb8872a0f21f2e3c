"""The one place that asks what time it is: moments in UTC, days in Malang."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """What happens inside happened at `moment`: demo data has a past. Only this task sees it."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def day_of(moment: datetime) -> date:
    """The day in Malang on which `moment` falls (`law.md` T1)."""
    return moment.astimezone(JAKARTA).date()


def last_moment_of(day: date) -> datetime:
    """The last moment of a day in Malang, which counts whole (`law.md` T1)."""
    return datetime.combine(day, time.max, JAKARTA).astimezone(UTC)


def coarse(moment: datetime) -> datetime:
    """The full hour: all that is kept of the times of someone who stays anonymous, so that no log can be laid beside them."""
    return moment.replace(minute=0, second=0, microsecond=0)
