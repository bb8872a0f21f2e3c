"""The two shapes in which the house is tried: all in one process on SQLite, and a city's whole installation; how each can be hit."""

import asyncio
import os
import signal
import ssl
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

import redis

from benchmarks.installation import STOP_SECONDS, Installation
from benchmarks.line import Door
from benchmarks.server import NONE, ROOT, CannotStart, Server
from benchmarks.verdict.postgres import PostgresStore
from benchmarks.verdict.store import SQLiteStore, Store
from tests.support.installed import PEOPLE

ENDED_ITSELF = frozenset({0, -signal.SIGTERM})
"""uvicorn closes everything, then lets the signal have its way."""
OURS = ("web-1", "web-2", "worker-1", "worker-2")
PLUG, AT_ONCE = signal.SIGKILL, signal.SIGQUIT
"""SIGQUIT is what PostgreSQL calls an immediate shutdown: nothing is written any more."""


class Blow(NamedTuple):
    """A way to hit a house. Without processes only Redis is emptied: then it has lost all, and nobody has noticed."""

    name: str
    processes: tuple[str, ...] = ()
    how: signal.Signals = PLUG

    @property
    def kills(self) -> bool:
        """Does somebody die of it?"""
        return bool(self.processes)


PROCESS = Blow("sambat run -9", ("sambat run",))
BLOWS = (
    *(Blow(f"one {name.partition('-')[0]} -9", (name,)) for name in (*OURS, *OURS, "web-1", "web-2")),
    *(Blow("both web -9", ("web-1", "web-2")), Blow("both worker -9", ("worker-1", "worker-2"))) * 2,
    *(Blow("Redis -9", ("redis-1",)), Blow("PostgreSQL -9", ("postgres-1",)), Blow("PostgreSQL immediate", ("postgres-1",), AT_ONCE)) * 3,
    *(Blow("Redis emptied"),) * 2,
    Blow("Caddy -9", ("caddy-1",)),
    Blow("everything -9", (*OURS, "redis-1", "postgres-1", "caddy-1")),
)


class House(Protocol):
    """A house under trial. `blows`: how it is to be hit, each as often as it stands there."""

    blows: Sequence[Blow]

    @property
    def up(self) -> bool:
        """No while something of it is down, so that nobody wonders why nothing moves."""

    @property
    def door(self) -> Door:
        """Where phones knock."""

    @property
    def store(self) -> Store:
        """What it has stored; to be read while it is up, and after `stop`."""

    async def open(self) -> None:
        """Serving when this returns, with the demo's people. Raises `CannotStart`."""

    def hit(self, blow: Blow) -> None:
        """At this very moment."""

    async def mend(self, blow: Blow) -> list[str]:
        """What was hit is up again when this returns. What else has fallen, as nothing should. Raises `CannotStart`."""

    async def stop(self) -> list[str]:
        """Ask our own processes to end; who did not, or not in order. The store can still be read."""

    async def close(self) -> None:
        """Nothing runs any more, whatever state it was in."""

    def log(self, *, own: bool) -> str:
        """What its processes have said: our own, or all."""


class Embedded:
    """`sambat run`: the default, one process on SQLite, with the demo's stories."""

    blows: Sequence[Blow] = (PROCESS,)

    def __init__(self, folder: Path, house: Path = ROOT, settings: Mapping[str, str] = NONE) -> None:
        self._server = Server(folder / "data", house, settings=settings)
        self.store: Store = SQLiteStore(self._server.data)
        self.door = Door(self._server.address, trust=False)

    @property
    def up(self) -> bool:
        """See `House`."""
        return self._server.up

    async def open(self) -> None:
        """See `House`."""
        await self._server.start()

    def hit(self, _: Blow) -> None:
        """Its whole process group."""
        self._server.kill()

    async def mend(self, _: Blow) -> list[str]:
        """Start it again."""
        await self._server.gone()
        await self._server.start()
        return []

    async def stop(self) -> list[str]:
        """See `House`."""
        code = await self._server.stop()
        return [] if code in ENDED_ITSELF else [f"it had to be killed, or broke: {code}"]

    async def close(self) -> None:
        """See `House`."""
        with suppress(CannotStart, ProcessLookupError):
            self._server.kill()
            await self._server.gone()

    def log(self, *, own: bool) -> str:
        """There are no others."""
        del own
        return self._server.log.read_text(errors="replace")


class Installed:
    """`docker-compose.yml` without containers: PostgreSQL, Redis, two web, two worker processes, Caddy. With demo people: no production."""

    blows: Sequence[Blow] = BLOWS

    def __init__(self, folder: Path, settings: Mapping[str, str] = NONE) -> None:
        self._parts = Installation(folder, changed={"SAMBAT_PRODUCTION": "false"} | dict(settings))
        self.up = False

    @property
    def door(self) -> Door:
        """With TLS, by the authority Caddy has made for itself."""
        return Door(self._parts.address, ssl.create_default_context(cafile=self._parts.certificate))

    @property
    def store(self) -> Store:
        """See `House`."""
        return PostgresStore(self._parts.secret("database_url"), self._parts.folder / "data" / "photos")

    async def open(self) -> None:
        """See `House`."""
        await self._parts.open()
        await asyncio.to_thread(self._parts.say, "python", "-c", PEOPLE)
        self.up = True

    def hit(self, blow: Blow) -> None:
        """Signals only, so that nothing comes between."""
        self.up = False
        if not blow.kills:
            with redis.Redis.from_url(self._parts.secret("redis_url")) as client:
                client.flushall()
        for process in (self._parts.processes[name].pid for name in blow.processes):
            with suppress(ProcessLookupError):
                signalled(process, blow.how)

    async def mend(self, blow: Blow) -> list[str]:
        """Each by itself and all at once, as `restart: unless-stopped` does."""
        for dying in (self._parts.processes.pop(name) for name in blow.processes):
            await asyncio.to_thread(dying.wait, STOP_SECONDS)
        fallen = [name for name in list(self._parts.processes) if not self._parts.is_running(name)]
        await asyncio.gather(*(self._parts.start(name) for name in (*blow.processes, *fallen)))
        self.up = True
        return [f"{name} fell at “{blow.name}”" for name in fallen]

    async def stop(self) -> list[str]:
        """Web and worker processes; the database stays up to be read."""
        self.up = False
        ours = {name: process for name in OURS if (process := self._parts.processes.get(name))}
        for process in ours.values():
            process.terminate()
        broken = [f"{name} is not there" for name in OURS if name not in ours]
        for name, process in ours.items():
            try:
                code = await asyncio.to_thread(process.wait, STOP_SECONDS)
                broken += [f"{name} broke: {code}"] if code not in ENDED_ITSELF else []
            except subprocess.TimeoutExpired:
                broken.append(f"{name} did not stop within {STOP_SECONDS} s")
        return broken

    async def close(self) -> None:
        """See `House`."""
        await asyncio.to_thread(self._parts.close)

    def log(self, *, own: bool) -> str:
        """See `House`."""
        return self._parts.log(*({name.partition("-")[0] for name in OURS} if own else ()))


def signalled(leader: int, how: signal.Signals) -> None:
    """Signal a process with its group. A plug pulled strikes its children at the same moment: each of PostgreSQL's is a group of its own."""
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split() if how == PLUG else []
    os.killpg(leader, how)
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(int(child), how)
