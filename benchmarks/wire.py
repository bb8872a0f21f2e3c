"""HTTP with every byte counted, in both directions: what crosses the line, headers too."""

import asyncio
from collections.abc import Mapping
from typing import Self

BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Accept-Language": "id-ID,id;q=0.9",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
}
"""What a browser sends along each time."""


class Wire:
    """One connection that stays open. `count` are bytes so far."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader = reader
        self._writer = writer
        self._host = host
        self.count = 0

    @classmethod
    async def to(cls, port: int) -> Self:
        """Connect."""
        return cls(*await asyncio.open_connection("127.0.0.1", port), f"127.0.0.1:{port}")

    async def ask(self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"") -> tuple[int, bytes]:
        """Status and body, as they came (compressed, if they were)."""
        await self.say(method, path, headers, content)
        status, answered = await self.head()
        if answered.get("transfer-encoding") == "chunked":
            return status, await self._chunks()
        return status, await self.read(int(answered.get("content-length", "0")))

    async def say(self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"") -> None:
        """Send a request."""
        length = {"Content-Length": str(len(content))} if content else {}
        lines = [
            f"{method} {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in ({"Host": self._host} | BROWSER | dict(headers) | length).items()),
        ]
        request = "\r\n".join([*lines, "", ""]).encode() + content
        self._writer.write(request)
        await self._writer.drain()
        self.count += len(request)

    async def head(self) -> tuple[int, dict[str, str]]:
        """Status and headers of the next answer."""
        first, *lines = (await self._until(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = (line.partition(": ") for line in lines if line)
        return int(first.split(" ")[1]), {name.lower(): value for name, _, value in named}

    async def read(self, size: int) -> bytes:
        """So many bytes."""
        got = await self._reader.readexactly(size)
        self.count += size
        return got

    async def chunk(self) -> bytes:
        """The next chunk of a body without an end."""
        size = int(await self._until(b"\r\n"), 16)
        content = await self.read(size)
        await self.read(2)
        return content

    def close(self) -> None:
        """Hang up."""
        self._writer.close()

    async def _chunks(self) -> bytes:
        whole = b""
        while piece := await self.chunk():
            whole += piece
        return whole

    async def _until(self, mark: bytes) -> bytes:
        got = await self._reader.readuntil(mark)
        self.count += len(got)
        return got
