"""The house as several processes on one PostgreSQL: `sambat web` and `sambat worker`, as many as asked for."""

import asyncio
import signal
import subprocess
from pathlib import Path

import httpx

from tests.support import commands, machine
from tests.support.tree import ROOT

PATIENCE = 60
"""Seconds in which a machine with something else to do starts a process."""


class Apart:
    """Its processes share a data folder, a database and a Redis; each writes its log into the folder."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder = folder
        self.settings = settings
        self.webs: list[str] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self._serving: list[subprocess.Popen[bytes]] = []

    async def open(self, *, webs: int, workers: int) -> None:
        """All of them at once; the web processes are ready when this returns."""
        self.webs = [f"http://127.0.0.1:{machine.free_port()}" for _ in range(webs)]
        self._serving = [self._start("web", port=address.rpartition(":")[2]) for address in self.webs]
        self.workers = [self._start("worker") for _ in range(workers)]
        async with asyncio.timeout(PATIENCE):
            for address, process in zip(self.webs, self._serving, strict=True):
                while not await _is_ready(address):
                    if process.poll() is not None:
                        raise RuntimeError(self.log)
                    await asyncio.sleep(0.1)

    async def start_worker(self) -> None:
        """One more."""
        self.workers.append(self._start("worker"))

    def close(self, how: signal.Signals = signal.SIGTERM, seconds: float = PATIENCE) -> list[int]:
        """End all of them; how each ended."""
        for process in self._all:
            process.send_signal(how)
        return [process.wait(seconds) for process in self._all]

    def kill(self) -> None:
        """Whatever still runs."""
        for process in self._all:
            process.kill()
            process.wait()

    @property
    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    @property
    def _all(self) -> list[subprocess.Popen[bytes]]:
        return [*self._serving, *self.workers]

    def _start(self, command: str, **own: object) -> subprocess.Popen[bytes]:
        environment = commands.environment(self.folder / "data", **self.settings, **own)
        with (self.folder / f"{command}-{machine.free_port()}.log").open("wb") as log:
            return subprocess.Popen([*commands.SAMBAT, command], cwd=ROOT, env=environment, stdout=log, stderr=log)


async def _is_ready(address: str) -> bool:
    async with httpx.AsyncClient(base_url=address) as client:
        try:
            return (await client.get("/readyz")).is_success
        except httpx.TransportError:
            return False
