"""The server under trial, started as `make run` starts it: a process group of its own, a data folder that is thrown away, a port of its own."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import httpx

ROOT = Path(__file__).parents[1]
START_SECONDS, STOP_SECONDS = 120.0, 20.0
NONE: Mapping[str, str] = MappingProxyType({})


class CannotStart(Exception):
    """The server ended, or did not answer in time; its last words are the message."""


class Server:
    """`sambat run` of the house in `house`, on one data folder and one port however often it is killed. Not `demo`: with what is there.

    `settings`: further ones, by the names of their variables.
    """

    def __init__(self, data: Path, house: Path = ROOT, *, demo: bool = True, settings: Mapping[str, str] = NONE) -> None:
        self.data = data
        self.port = free_port()
        self.log = data.parent / "server.log"
        self.up = False
        self._house = house
        self._demo = demo
        self._settings = dict(settings)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process, which is its group too."""
        if self._process is None:
            raise CannotStart("it was not started")
        return self._process.pid

    async def start(self) -> None:
        """Start it and wait until it is ready. Raises `CannotStart`."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SAMBAT_")}
        environment = clean | {"SAMBAT_DATA_DIR": str(self.data), "PORT": str(self.port), "PYTHONPATH": str(self._house)} | self._settings
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                str(Path(sys.executable).with_name("sambat")),
                "run",
                *(() if self._demo else ("--no-demo",)),
                cwd=self._house,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            async with asyncio.timeout(START_SECONDS), httpx.AsyncClient(trust_env=False) as client:
                while not await self._ready(client):
                    await asyncio.sleep(0.05)
                self.up = True
        except TimeoutError as error:
            raise CannotStart(self._last_words()) from error

    def kill(self) -> None:
        """-9 for the whole group, now."""
        self.up = False
        os.killpg(self.pid, signal.SIGKILL)

    async def gone(self) -> None:
        """Wait until nothing of the group is left."""
        if self._process is None:
            return
        await self._process.wait()
        while _alive(self._process.pid):
            await asyncio.sleep(0.01)

    async def stop(self) -> int | None:
        """Ask it to end; its exit code, none if it had to be killed."""
        if self._process is None or self._process.returncode is not None:
            return None
        self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                return await self._process.wait()
        except TimeoutError:
            self.kill()
            await self.gone()
            return None

    async def _ready(self, client: httpx.AsyncClient) -> bool:
        if self._process is not None and self._process.returncode is not None:
            raise CannotStart(self._last_words())
        try:
            return (await client.get(f"{self.address}/readyz", timeout=2)).is_success
        except httpx.HTTPError:
            return False

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-1500:]


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
