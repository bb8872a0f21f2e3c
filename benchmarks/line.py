"""A phone's line: requests that may stay unanswered, counted while they are under way by all phones together."""

import asyncio
import random
import ssl
import time
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import NamedTuple

import httpx
import msgspec

from benchmarks.answers import NO_ANSWER
from benchmarks.record import Record

JSON_SECONDS, PIECE_SECONDS = 20.0, 60.0
HUNG_UP = 1 / 3
"""Of the lost answers: the line broke as soon as the request was on its way, so that the server finds nobody there any more."""
SENT = "http11.receive_response_headers.started"


class Door(NamedTuple):
    """Where a house answers, and whose signature is believed there."""

    address: str
    trust: ssl.SSLContext | bool = True


class Weather(msgspec.Struct, frozen=True, kw_only=True):
    """What lines do to requests: how many answers get lost after the server got the request, how many requests go out twice at once."""

    lost: float = 0
    doubled: float = 0


CALM = Weather()


class Answer(msgspec.Struct, frozen=True):
    """Status 0: none came. `copies`: so many times the request went out beside the one that was answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    copies: int = 0


NOTHING = Answer(NO_ANSWER, {}, b"")


class HungUp(Exception):
    """The line broke while we waited for the answer."""


class Traffic(msgspec.Struct):
    """Requests under way: how many operations each carries; which of them a kill has struck, and what became of those."""

    under_way: dict[int, int] = {}
    struck: set[int] = msgspec.field(default_factory=set)
    answered: int = 0
    unanswered: int = 0
    lost: int = 0
    doubled: int = 0
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
    """One phone's connection, from an `origin` of its own where one is named. Cookies go by hand, with each request as it wants them."""

    def __init__(
        self,
        door: Door,
        traffic: Traffic,
        record: Record,
        *,
        weather: Weather = CALM,
        chance: random.Random | None = None,
        origin: str = "",
    ) -> None:
        self.address = door.address
        self._traffic = traffic
        self._record = record
        self._weather = weather
        self._chance = chance or random.Random(0)
        self._copies: set[asyncio.Task[Answer]] = set()
        self._client = httpx.AsyncClient(
            base_url=door.address,
            transport=httpx.AsyncHTTPTransport(
                verify=door.trust, limits=httpx.Limits(max_connections=2, max_keepalive_connections=2), local_address=origin or None
            ),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"Accept-Encoding": "gzip", "Origin": door.address},
            trust_env=False,
        )

    async def close(self) -> None:
        """Hang up, once the copies still under way are answered."""
        await asyncio.gather(*self._copies)
        await asyncio.sleep(0)  # what the last ones said is held against the rest
        await self._client.aclose()

    async def ask(
        self, method: str, path: str, *, content: bytes = b"", headers: Mapping[str, str] | None = None, operations: int = 0
    ) -> Answer:
        """The answer, or `NOTHING` where the line broke, nobody answered in time or the answer was lost."""
        request = httpx.Request(method, self.address + path, content=content, headers={**self._client.headers, **(headers or {})})
        if self._chance.random() >= self._weather.doubled:
            return await self._send(request, operations)
        self._traffic.doubled += 1
        copies = [asyncio.create_task(self._send(request, operations)), asyncio.create_task(self._send(_copy(request), 0))]
        self._copies.update(copies)
        for copy in copies:
            copy.add_done_callback(self._copies.discard)
        return await self._first(copies)

    async def _first(self, copies: list[asyncio.Task[Answer]]) -> Answer:
        """The answer that comes first is believed. The others are only held against it."""
        believed = NOTHING
        for coming in asyncio.as_completed(copies):
            believed = await coming
            if believed.status != NO_ANSWER:
                break
        for copy in copies:
            copy.add_done_callback(lambda task: self._overhear(task.result(), unless=believed))
        return msgspec.structs.replace(believed, copies=len(copies) - 1)

    async def _send(self, request: httpx.Request, operations: int) -> Answer:
        """One request, and what the line does to it."""
        lost = self._chance.random() < self._weather.lost
        hangs_up = lost and self._chance.random() < HUNG_UP
        answer = await self._answered(request, operations, hangs_up=hangs_up)
        if not lost:
            return answer
        self._traffic.lost += hangs_up or answer.status != NO_ANSWER
        self._overhear(answer)
        return NOTHING

    async def _answered(self, request: httpx.Request, operations: int, *, hangs_up: bool) -> Answer:
        timeout = PIECE_SECONDS if request.method == "PATCH" else JSON_SECONDS
        request.extensions = {"timeout": httpx.Timeout(timeout).as_dict()} | ({"trace": _hang_up} if hangs_up else {})
        number, began = self._traffic.begin(operations), time.perf_counter()
        answer = NOTHING
        try:
            response = await self._client.send(request)
            answer = Answer(response.status_code, response.headers, response.content)
        except (httpx.HTTPError, HungUp):
            pass
        finally:
            self._traffic.end(number, answered=answer.status != NO_ANSWER)
        self._record.statuses[answer.status] += 1
        if operations and answer.status == 200:  # noqa: PLR2004  (HTTP)
            self._record.latencies.append(time.perf_counter() - began)
        return answer

    def _overhear(self, answer: Answer, unless: Answer = NOTHING) -> None:
        """The phone never learns of it, yet it must say the same as every other."""
        if answer.status == 200 and answer is not unless:  # noqa: PLR2004  (HTTP)
            self._record.overhear(answer.content)


def _copy(request: httpx.Request) -> httpx.Request:
    return httpx.Request(request.method, request.url, content=request.content, headers=request.headers)


async def _hang_up(what: str, _: object) -> None:
    """The request is out, the server may have it: now the line breaks."""
    if what == SENT:
        raise HungUp
