"""The line between a phone and the house: it can be dead, stand still within an upload, make senders meet, or lose an answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from tests.support import machine

PIECE = 8 * 1024
LARGEST_HEAD = 64 * 1024
BODILESS = frozenset({204, 304})
ONE_REQUEST = {b"accept-encoding", b"connection"}
"""What is not passed on: so each answer can be read here, and each connection carries one request."""


@dataclass
class Exchange:
    """A request as it left here, and what the house said. `passed` counts the bytes of its body that reached the house."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    passed: int = 0
    status: int = 0
    answer: bytes = b""

    @property
    def operations(self) -> list[dict[str, Any]]:
        """What a batch asks for; nothing where this is none."""
        return json.loads(self.body)["operations"] if self.path == "/api/sync" and self.body else []

    @property
    def outcomes(self) -> list[dict[str, Any]]:
        return json.loads(self.answer)["outcomes"] if self.operations and self.status == 200 else []

    @property
    def is_upload(self) -> bool:
        return self.method == "PATCH"

    @property
    def offset(self) -> int:
        return int(self.headers["upload-offset"])


@dataclass
class Line:
    """Its address stays the same, whatever happens to it or to the house behind it."""

    house_port: int
    port: int = field(default_factory=machine.free_port)
    exchanges: list[Exchange] = field(default_factory=list)
    stalled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when as much of photos has passed as was allowed."""
    before: Callable[[Exchange], Awaitable[None]] | None = None
    """Awaited before a request goes on."""
    loses: Callable[[Exchange], bool] | None = None
    """Asked when the house has answered: whether that answer is lost on the way."""
    _allowed: int | None = None
    _free: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None
    _phones: set[asyncio.StreamWriter] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.down()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def up(self) -> None:
        self._allowed = None
        self._free.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=LARGEST_HEAD)

    def down(self) -> None:
        """Nobody gets through, and who was speaking is cut off."""
        if self._server is not None:
            self._server.close()
        for writer in self._phones:
            writer.transport.abort()
        self._free.set()

    def stand_still_after(self, photo_bytes: int) -> None:
        """Let so much of photos pass and no more, until the line is cut and up again. Everything else goes on."""
        self._allowed = photo_bytes
        self._free.clear()
        self.stalled.clear()

    @property
    def uploads(self) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if exchange.is_upload]

    @property
    def outcomes(self) -> list[dict[str, Any]]:
        """Of all batches, in the order in which they left."""
        return [outcome for exchange in self.exchanges for outcome in exchange.outcomes]

    async def _serve(self, phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter) -> None:
        self._phones.add(to_phone)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._carry(phone, to_phone)
        finally:
            to_phone.close()
            self._phones.discard(to_phone)

    async def _carry(self, phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter) -> None:
        head = await phone.readuntil(b"\r\n\r\n")
        exchange, passed_on = _request(head)
        length = int(exchange.headers.get("content-length", "0"))
        self.exchanges.append(exchange)
        if not exchange.is_upload:
            exchange.body = await phone.readexactly(length)
        if self.before is not None:
            await self.before(exchange)
        house, to_house = await asyncio.open_connection("127.0.0.1", self.house_port)
        try:
            to_house.write(passed_on + exchange.body)
            if exchange.is_upload:
                await self._upload(exchange, phone, to_house, length)
            answered, answer = await _answer(exchange, house)
            if self.loses is not None and self.loses(exchange):
                to_phone.transport.abort()
                return
            to_phone.write(answered + answer)
            await to_phone.drain()
        finally:
            to_house.close()  # what has passed still arrives

    async def _upload(self, exchange: Exchange, phone: asyncio.StreamReader, to_house: asyncio.StreamWriter, length: int) -> None:
        while exchange.passed < length:
            if self._allowed == 0:
                self.stalled.set()
                await self._free.wait()
                raise ConnectionResetError
            piece = await phone.read(min(PIECE, length - exchange.passed, self._allowed or PIECE))
            if not piece:
                raise ConnectionResetError
            to_house.write(piece)
            await to_house.drain()
            exchange.passed += len(piece)
            if self._allowed is not None:
                self._allowed -= len(piece)


def _request(head: bytes) -> tuple[Exchange, bytes]:
    first, *lines = head.rstrip(b"\r\n").split(b"\r\n")
    method, path, _ = first.decode().split(" ")
    kept = [line for line in lines if line.partition(b":")[0].lower() not in ONE_REQUEST]
    headers = {name.lower(): value.strip() for name, _, value in (line.decode("latin-1").partition(":") for line in kept)}
    return Exchange(method, path, headers), b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


async def _answer(exchange: Exchange, house: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The house closes after each answer, so all there is to read is the answer."""
    head = await house.readuntil(b"\r\n\r\n")
    exchange.status = int(head.split(b" ", 2)[1])
    answer = b"" if exchange.method == "HEAD" or exchange.status in BODILESS else await house.read(-1)
    chunked = b"transfer-encoding: chunked" in head.lower()
    exchange.answer = _joined(answer) if chunked else answer
    return head, answer


def _joined(chunked: bytes) -> bytes:
    whole = b""
    while chunked:
        size, _, rest = chunked.partition(b"\r\n")
        whole += rest[: int(size, 16)]
        chunked = rest[int(size, 16) + 2 :]
    return whole
