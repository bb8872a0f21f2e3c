"""What this process counts for whoever watches over the house (Prometheus), where a token for it is set; nothing otherwise.

Each process counts for itself and is asked for itself: of several web processes each is a target of its own, past the proxy.
What all of them share, jobs and sessions, is read from the database when it is asked for, and is the same in each answer.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from backend.settings import settings

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Figures(NamedTuple):
    """How the house stands at this moment. `given_up`: by kind of job; `oldest_seconds`: how long the first due job has waited."""

    due: int
    oldest_seconds: float
    given_up: dict[str, int]
    unnumbered: int
    sessions: int


class Meters(NamedTuple):
    """What is counted. Labels are codes of ours, few of each, and nothing of a person."""

    registry: "CollectorRegistry"
    requests: "Counter"
    seconds: "Histogram"
    operations: "Counter"
    due: "Gauge"
    oldest: "Gauge"
    given_up: "Gauge"
    unnumbered: "Gauge"
    sessions: "Gauge"


def request(route: str, method: str, status: int, seconds: float) -> None:
    """One was answered; status 0: it was cut off. A stranger invents no labels: what is no method of ours is `other`."""
    if meters := _meters():
        known = method if method in METHODS else "other"
        meters.requests.labels(route, known, f"{status // 100}xx" if status else "none").inc()
        meters.seconds.labels(route, known).observe(seconds)


def operation(kind: str, outcome: str) -> None:
    """One was carried out, recognised or refused."""
    if meters := _meters():
        meters.operations.labels(kind, outcome).inc()


def told(figures: Figures) -> tuple[bytes, str]:
    """Everything as text, and what kind of text it is."""
    from prometheus_client import exposition  # noqa: PLC0415  (see `_meters`)

    meters = _meters()
    if meters is None:
        return b"", exposition.CONTENT_TYPE_PLAIN_0_0_4
    meters.due.set(figures.due)
    meters.oldest.set(figures.oldest_seconds)
    meters.given_up.clear()
    for kind, count in figures.given_up.items():
        meters.given_up.labels(kind).set(count)
    meters.unnumbered.set(figures.unnumbered)
    meters.sessions.set(figures.sessions)
    return exposition.generate_latest(meters.registry), exposition.CONTENT_TYPE_PLAIN_0_0_4


@cache
def _meters() -> Meters | None:
    if not settings().metrics_token:
        return None
    from prometheus_client import (  # noqa: PLC0415  (a tenth of a second of each start that nobody watches)
        CollectorRegistry,
        Counter,
        Gauge,
        Histogram,
        PlatformCollector,
        ProcessCollector,
    )

    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    return Meters(
        registry,
        Counter("sambat_requests", "Requests by route, method and class of answer", ["route", "method", "status"], registry=registry),
        Histogram("sambat_request_seconds", "Until a request was answered", ["route", "method"], buckets=SECONDS, registry=registry),
        Counter("sambat_operations", "Operations by kind and outcome", ["kind", "outcome"], registry=registry),
        Gauge("sambat_jobs_due", "Jobs that should be done now", registry=registry),
        Gauge("sambat_jobs_oldest_seconds", "How long the first has waited; somebody anonymous's since the full hour", registry=registry),
        Gauge("sambat_jobs_given_up", "Jobs nobody tries any more", ["kind"], registry=registry),
        Gauge("sambat_events_unnumbered", "Events without a position: the relay has not seen them", registry=registry),
        Gauge("sambat_sessions", "Sessions that have not ended, guests' too", registry=registry),
    )
