"""A fresh database for each test: migrated once per kind, then copied."""

import shutil
import sqlite3
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from typing import Self

from backend import database
from tests.support import servers


class Databases:
    """Starts PostgreSQL only when the first test asks for it. A context: what was started ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open = ExitStack()
        self._numbers = count(1)
        self._server: str | None = None
        self._migrated: set[str] = set()
        self._strategy = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    async def fresh(self, kind: str) -> str:
        """The address of a database of this kind, `sqlite` or `postgresql`, that nobody else uses."""
        name = f"test_{next(self._numbers)}"
        if kind == "sqlite":
            return f"sqlite:///{shutil.copy(await self._file(), self._folder / f'{name}.db')}"
        server = await self._template()
        await servers.execute(server, f"CREATE DATABASE {name} TEMPLATE template_sambat {self._strategy}")
        return f"{server}/{name}"

    async def drop(self, url: str) -> None:
        """Give the space of a test's database back."""
        if url.startswith("sqlite"):
            for path in self._folder.glob(f"{Path(url).name}*"):
                path.unlink()
        else:
            server, _, name = url.rpartition("/")
            await servers.execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    async def _file(self) -> Path:
        path = self._folder / "template.db"
        if "sqlite" not in self._migrated:
            path.unlink(missing_ok=True)
            await database.migrate(database.engine_for(f"sqlite:///{path}"))
            with closing(sqlite3.connect(path)) as connection:  # a copy must not miss what still lies in the log beside the file
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._migrated.add("sqlite")
        return path

    async def _template(self) -> str:
        if self._server is None:
            self._server = self._open.enter_context(servers.postgresql())
        if "postgresql" not in self._migrated:
            await servers.execute(self._server, "DROP DATABASE IF EXISTS template_sambat")
            await servers.execute(self._server, "CREATE DATABASE template_sambat")
            await database.migrate(database.engine_for(f"{self._server}/template_sambat"))
            if await servers.release(self._server) >= 15:  # copying files takes 18 ms, its new way through the log 124
                self._strategy = "STRATEGY FILE_COPY"
            self._migrated.add("postgresql")
        return self._server
