"""Databases to measure on: a SQLite file, or a PostgreSQL started as in `docker-compose.yml`; on a disk, thrown away at the end."""

import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from backend import database, seeds
from benchmarks import composed, postgres
from benchmarks.server import free_port
from tests.support import servers

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
ENGINES = (SQLITE, POSTGRESQL)
START_SECONDS = 60
TOLD = {"PUBLIC_URL": "https://sambat.example", "TLS": "internal", "VAPID_CONTACT": "mailto:admin@sambat.example"}
"""What the compose file asks for; nothing of it is used here."""
INITDB = {"POSTGRES_INITDB_ARGS": "--auth=trust --encoding=UTF8 --locale=C.UTF-8", "POSTGRES_USER": "sambat", "POSTGRES_DB": "sambat"}


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Where databases of one engine are made. `server`: PostgreSQL's address without a name, and `pid` its process."""

    engine: str
    folder: Path
    server: str = ""
    pid: int = 0

    async def empty(self, name: str) -> "Place":
        """A database with nothing in it."""
        place = Place(ground=self, folder=self.folder / name, name=name)
        place.folder.mkdir()
        if self.server:
            await servers.execute(self.server, f"CREATE DATABASE {name}")
        return place

    async def fresh(self, name: str) -> "Place":
        """One in which the city stands: OPDs, kelurahan, categories, days off."""
        place = await self.empty(name)
        await database.migrate(database.engine_for(place.url), seeds.plant)
        return place


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One database and the data folder beside it."""

    ground: Ground
    folder: Path
    name: str

    @property
    def url(self) -> str:
        """Its address."""
        return f"{self.ground.server}/{self.name}" if self.ground.server else f"sqlite:///{self.file}"

    @property
    def file(self) -> Path:
        """SQLite's."""
        return self.folder / "sambat.db"

    async def read(self, query: str) -> Sequence[Any]:
        """What a query finds, asked from beside the house."""
        if not self.ground.server:
            with closing(sqlite3.connect(self.file)) as file:
                return file.execute(query).fetchall()
        connection = await asyncpg.connect(self.url)
        try:
            return list(await connection.fetch(query))
        finally:
            await connection.close()


@contextmanager
def opened(engine: str) -> Iterator[Ground]:
    """The ground of an engine. PostgreSQL takes the compose file's own command."""
    with tempfile.TemporaryDirectory(prefix="sambat-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if engine == SQLITE:
            yield Ground(engine=engine, folder=folder)
            return
        postgres.make(folder / "postgres", INITDB, "sambat")
        port = free_port()
        asked = [*composed.services(TOLD)["postgres"].command, "-c", f"port={port}"]
        with (folder / "postgres.log").open("wb") as log:
            process = subprocess.Popen(
                postgres.command(asked, folder / "postgres", "127.0.0.1"),
                cwd=folder / "postgres",
                stdout=log,
                stderr=log,
                **postgres.as_user(),
            )
        try:
            _wait(process, port)
            yield Ground(engine=engine, folder=folder, server=f"postgresql://sambat@127.0.0.1:{port}", pid=process.pid)
        finally:
            process.send_signal(signal.SIGINT)  # its fast end: it waits for nobody
            process.wait(START_SECONDS)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    programs = postgres.programs()
    if programs is None:
        raise FileNotFoundError("postgresql")
    until = time.monotonic() + START_SECONDS
    while subprocess.run([programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("PostgreSQL does not start")
        time.sleep(0.05)
