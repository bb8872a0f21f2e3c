"""The house as a city runs it, several processes behind Caddy, for whoever knows it as `House`: it dies and comes back as a whole."""

from pathlib import Path
from uuid import UUID

import asyncpg

from benchmarks.installation import Installation

PEOPLE = """
import asyncio
from backend import database
from backend.accounts import demo
from backend.settings import settings

async def seed():
    async with database.opened(settings().database):
        await demo.seed()

asyncio.run(seed())
"""
"""Not their sixty stories, as nobody asks for them on the walk; who is there already stays."""


class Installed:
    """With the demo's people, and a push service of the trial: which is no production, in these two settings alone."""

    def __init__(self, folder: Path, push_host: str) -> None:
        changed = {"SAMBAT_PRODUCTION": "false", "SAMBAT_EXTRA_PUSH_HOSTS": push_host}
        self.installation = Installation(folder, changed=changed)
        self.address = self.installation.address

    async def open(self) -> None:
        """Serving when this returns."""
        await self.installation.open()
        self.installation.say("python", "-c", PEOPLE)

    @property
    def is_open(self) -> bool:
        return bool(self.installation.processes)

    def kill(self) -> None:
        """As a power cut does: everything, at once."""
        self.installation.kill()

    def close(self) -> None:
        """As Ctrl-C does."""
        self.installation.close()

    @property
    def log(self) -> str:
        return self.installation.log("web", "worker")

    @property
    def photo_files(self) -> dict[str, bytes]:
        """Every stored picture by its name."""
        return {path.name: path.read_bytes() for path in (self.installation.folder / "data" / "photos").rglob("*") if path.is_file()}

    async def rows(self, question: str, about: UUID) -> list[tuple[object, ...]]:
        """What the database says. `:complaint` stands for what it is about, which is both an id and a text there."""
        connection = await asyncpg.connect(self.installation.secret("database_url"))
        try:
            return [tuple(row) for row in await connection.fetch(question.replace(":complaint", f"'{about}'"))]
        finally:
            await connection.close()
