"""Push services for tests: one of our own that keeps what it was sent and answers as it is told, and the npm one, a stranger's."""

import asyncio
import base64
import json
import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

import http_ece
import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.notifications.subscriptions import Keys, Wish
from hatch_build import find_node
from tests.support import machine

NODE_MODULES = Path(__file__).parents[2] / "frontend" / "node_modules"
STRANGER = """
const {dirname, join} = require("node:path");
const folder = join(dirname(require.resolve("web-push-testing/package.json")), "src");
const Server = require(join(folder, "server.js")), {PushApiModel} = require(join(folder, "PushApiModel.js"));
new Server(new PushApiModel(), Number(process.argv[1])).startServer();
"""


class Delivery(NamedTuple):
    """A request as it came, headers in small letters."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService:
    """Listens on a free port. `answers` holds, for each path, what comes next: (status, headers); else 201."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.answers: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    def keys(self) -> Keys:
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Keys(p256dh=_text(point), auth=_text(self._auth))

    def wish(self, path: str = "/phone", claims: Iterable[str] = ()) -> Wish:
        return Wish(endpoint=f"http://{self.host}{path}", keys=self.keys(), claims=tuple(claims))

    def read(self, delivery: Delivery) -> dict[str, Any]:
        """What the phone would show."""
        plain = http_ece.decrypt(delivery.body, private_key=self._private, auth_secret=self._auth, version="aes128gcm")
        shown: dict[str, Any] = json.loads(plain)
        return shown

    def shown(self) -> list[dict[str, Any]]:
        return [self.read(delivery) for delivery in self.deliveries]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path = first.split(" ")[1]
        self.deliveries.append(Delivery(path, headers, body))
        status, extra = self.answers[path].pop(0) if self.answers[path] else (201, {})
        if status:
            more = "".join(f"{name}: {value}\r\n" for name, value in extra.items())
            writer.write(f"HTTP/1.1 {status} Test\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()
        writer.close()


@contextmanager
def stranger() -> Iterator[str]:
    """The npm package's server, which checks signature and encryption by itself; its address."""
    port = machine.free_port()
    command = [find_node().program, "-e", STRANGER, str(port)]
    with subprocess.Popen(command, cwd=NODE_MODULES, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://localhost:{port}"
        try:
            _wait(address)
            yield address
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(200):
        try:
            httpx.post(f"{address}/status")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the push service does not answer")


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
