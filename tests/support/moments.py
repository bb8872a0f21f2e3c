"""The one thing outside that tests of deadlines set themselves: what time it is."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import clock


class Moments:
    """The house's clock, stopped. `at("2026-04-07 09:00")` is a time in Malang."""

    def __init__(self) -> None:
        self.now = clock.now()

    def __call__(self, text: str) -> datetime:
        self.now = malang(text)
        return self.now

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


def malang(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.JAKARTA).astimezone(UTC)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Moments:
    """Set what time it is."""
    moments = Moments()
    monkeypatch.setattr(clock, "now", lambda: moments.now)
    return moments
