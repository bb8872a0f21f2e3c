"""The one place that asks what time it is: moments in UTC, days in Malang."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day in Malang on which `moment` falls (`law.md` T1)."""
    return moment.astimezone(JAKARTA).date()


def coarse(moment: datetime) -> datetime:
    """The full hour: all that is kept of the times of someone who stays anonymous, so that no log can be laid beside them."""
    return moment.replace(minute=0, second=0, microsecond=0)
