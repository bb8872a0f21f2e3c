"""A fresh database for each test: migrated and, where it is asked for, planted with the city once per kind, then copied."""

import shutil
import sqlite3
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from typing import Self

from backend import database, seeds
from tests.support import servers


class Databases:
    """Starts PostgreSQL only when the first test asks for it. A context: what was started ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = ExitStack()
        self._numbers = count(1)
        self._server: str | None = None
        self._templates: dict[tuple[str, bool], str] = {}
        self._strategy = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    async def fresh(self, kind: str, *, planted: bool = False) -> str:
        """The address of a database of this kind, `sqlite` or `postgresql`, that nobody else uses. `planted`: the city stands in it."""
        if (kind, planted) not in self._templates:
            self._templates[kind, planted] = await self._template(kind, planted=planted)
        return await self._copy(self._templates[kind, planted], f"test_{next(self._numbers)}")

    async def drop(self, url: str) -> None:
        """Give the space of a test's database back."""
        server, _, name = url.rpartition("/")
        if url.startswith("sqlite"):
            for path in self._folder.glob(f"{name}*"):
                path.unlink()
        else:
            await servers.execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    async def _template(self, kind: str, *, planted: bool) -> str:
        if planted:
            url = await self._copy(await self.fresh(kind), "template_planted")
            await _plant(url)
        else:
            url = await self._empty(kind)
            await database.migrate(database.engine_for(url))
        if kind == "sqlite":
            with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a copy must not miss what still lies in the log beside the file
        return url

    async def _empty(self, kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{self._folder / 'template_migrated.db'}"
        if self._server is None:
            self._server = self._open.enter_context(servers.postgresql())
            if await servers.release(self._server) >= 15:  # copying files takes 18 ms, its new way through the log 124
                self._strategy = "STRATEGY FILE_COPY"
        await servers.execute(self._server, "CREATE DATABASE template_migrated")
        return f"{self._server}/template_migrated"

    async def _copy(self, template: str, name: str) -> str:
        server, _, known = template.rpartition("/")
        if template.startswith("sqlite"):
            return f"sqlite:///{shutil.copy(self._folder / known, self._folder / f'{name}.db')}"
        await servers.execute(server, f"CREATE DATABASE {name} TEMPLATE {known} {self._strategy}")
        return f"{server}/{name}"


async def _plant(url: str) -> None:
    engine = database.engine_for(url)
    database.bind(engine)
    await database.start(engine)
    await seeds.plant()
    await database.stop(engine)
