"""A phone's line: requests that may stay unanswered, counted while they are under way by all phones together."""

import time
from collections.abc import Mapping

import httpx
import msgspec

from benchmarks.answers import NO_ANSWER
from benchmarks.record import Record

JSON_SECONDS, PIECE_SECONDS = 20.0, 60.0


class Answer(msgspec.Struct, frozen=True):
    """Status 0: none came."""

    status: int
    headers: Mapping[str, str]
    content: bytes


NOTHING = Answer(NO_ANSWER, {}, b"")


class Traffic(msgspec.Struct):
    """Requests under way: how many operations each carries; which of them a kill has struck, and what became of those."""

    under_way: dict[int, int] = {}
    struck: set[int] = msgspec.field(default_factory=set)
    answered: int = 0
    unanswered: int = 0
    _next: int = 0

    @property
    def operations(self) -> int:
        """Operations sent and not answered yet."""
        return sum(self.under_way.values())

    def strike(self) -> None:
        """The server is killed now."""
        self.struck |= self.under_way.keys()

    def begin(self, operations: int) -> int:
        """A request goes out. Returns its number."""
        self._next += 1
        self.under_way[self._next] = operations
        return self._next

    def end(self, number: int, *, answered: bool) -> None:
        """It is over."""
        del self.under_way[number]
        if number in self.struck:
            self.struck.discard(number)
            self.answered += answered
            self.unanswered += not answered


class Line:
    """One phone's connection. Cookies go by hand: httpx sends a `Secure` one to no address without TLS."""

    def __init__(self, address: str, traffic: Traffic, record: Record) -> None:
        self.address = address
        self._traffic = traffic
        self._record = record
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
        self._client = httpx.AsyncClient(base_url=address, limits=limits, trust_env=False, headers={"Accept-Encoding": "gzip"})

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def ask(
        self, method: str, path: str, *, content: bytes = b"", headers: Mapping[str, str] | None = None, operations: int = 0
    ) -> Answer:
        """The answer, or `NOTHING` where the line broke or nobody answered in time."""
        timeout = PIECE_SECONDS if method == "PATCH" else JSON_SECONDS
        number, began = self._traffic.begin(operations), time.perf_counter()
        answer = NOTHING
        try:
            response = await self._client.request(
                method, path, content=content, headers={"Origin": self.address, **(headers or {})}, timeout=timeout
            )
            answer = Answer(response.status_code, response.headers, response.content)
        except httpx.HTTPError:
            pass
        finally:
            self._traffic.end(number, answered=answer.status != NO_ANSWER)
        self._record.statuses[answer.status] += 1
        if operations and answer.status == 200:  # noqa: PLR2004  (HTTP)
            self._record.latencies.append(time.perf_counter() - began)
        return answer
