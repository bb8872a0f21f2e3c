"""One line a request, and its number: by the route's template, never by an address that was asked for, which may hold a key."""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from backend import metrics
from backend.security.answer import Answer
from backend.security.asgi import Scope, header
from backend.security.source import is_proxy
from backend.settings import settings

ASSETS = "/assets/*"
NOWHERE = "-"
QUIET = frozenset({"/healthz", "/readyz", "/metrics", ASSETS})
"""Asked for every few seconds by machines, or with every page: told only to who wants all."""
FAILED = 400
PLAIN = re.compile(r"[A-Za-z0-9_-]{8,64}")

log = structlog.get_logger("access")


def request_id(scope: Scope) -> str:
    """The number our own proxy gave, so that its log and ours tell of the same; else a new one. A stranger's is anybody's words."""
    given = header(scope, "x-request-id") or ""
    return given if PLAIN.fullmatch(given) and is_proxy(scope, settings().trusted_proxy) else secrets.token_hex(8)


@contextmanager
def numbered(number: str) -> Iterator[None]:
    """Every line logged inside carries the request's number."""
    with structlog.contextvars.bound_contextvars(request=number):
        yield


@contextmanager
def told(scope: Scope, answer: Answer) -> Iterator[None]:
    """One line and one count at the end of a request, whatever became of it."""
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds, route = time.perf_counter() - began, route_of(scope)
        metrics.request(route, scope["method"], answer.status, seconds)
        say = log.debug if route in QUIET and answer.status < FAILED else log.info
        say("request", method=scope["method"], route=route, status=answer.status, milliseconds=round(seconds * 1000))


def route_of(scope: Scope) -> str:
    """`/complaints/{complaint_id}`, as the routes have it."""
    template = scope.get("path_template")
    if template:
        return str(template)
    return ASSETS if scope["path"].startswith(ASSETS[:-1]) else NOWHERE
