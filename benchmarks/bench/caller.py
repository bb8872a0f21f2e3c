"""Somebody who asks a house again and again on one connection, and dials anew where it has lain idle."""

import time
from collections.abc import Mapping

from benchmarks.wire import Wire

IDLE_SECONDS = 2.0
"""A server hangs up after five."""


class Caller:
    """Asks at a port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._wire: Wire | None = None
        self._last = 0.0

    async def ask(self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"") -> tuple[int, bytes]:
        """Status and body (see `Wire.ask`)."""
        if self._wire is None or time.perf_counter() - self._last > IDLE_SECONDS:
            self._wire = await Wire.to(self._port)
        answer = await self._wire.ask(method, path, headers, content)
        self._last = time.perf_counter()
        return answer
