"""The house as `make run` opens it: one process group on a data folder of its own, which can be killed at any moment."""

import asyncio
import os
import re
import shutil
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from uuid import UUID

import httpx

from tests.support import machine
from tests.support.tree import ROOT

PATIENCE = 60
"""Seconds in which a machine with something else to do migrates, tells its demo stories and serves."""


class House:
    """Its address stays the same through every death. `told`: the data it is opened with first (fixture `told`)."""

    def __init__(self, folder: Path, told: Path, push_host: str = "") -> None:
        shutil.copytree(told, folder / "data")
        self.folder = folder
        self.port = machine.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._push_host = push_host
        self._process: subprocess.Popen[bytes] | None = None

    async def open(self) -> None:
        """Serving when this returns; the log goes on in one file."""
        process = self._start()
        async with httpx.AsyncClient(base_url=self.address) as client, asyncio.timeout(PATIENCE):
            while not await _answers(client):
                if process.poll() is not None:
                    raise RuntimeError(self.log)
                await asyncio.sleep(0.1)

    @property
    def is_open(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """As a power cut does: the whole group, at once."""
        self._end(signal.SIGKILL)

    def close(self) -> None:
        """As Ctrl-C does."""
        if self.is_open:
            self._end(signal.SIGINT)

    @property
    def log(self) -> str:
        return self._log.read_text(errors="replace")

    @property
    def photo_files(self) -> dict[str, bytes]:
        """Every stored picture by its name."""
        return {path.name: path.read_bytes() for path in (self.folder / "data" / "photos").rglob("*") if path.is_file()}

    @property
    def database(self) -> Path:
        return self.folder / "data" / "sambat.db"

    async def rows(self, question: str, about: UUID) -> list[tuple[object, ...]]:
        """What the database says, asked beside the running house. `:complaint` stands for what it is about."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return list(database.execute(question, {"complaint": str(about)}))

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _start(self) -> "subprocess.Popen[bytes]":
        ours = {"SAMBAT_DATA_DIR": str(self.folder / "data"), "SAMBAT_EXTRA_PUSH_HOSTS": self._push_host, "PORT": str(self.port)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                _as_make_runs_it(), cwd=ROOT, env=os.environ | ours, stdout=log, stderr=log, start_new_session=True
            )
        return self._process

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, how)
        self._process.wait(PATIENCE)


def _as_make_runs_it() -> list[str]:
    """The recipe itself, so that this starts what people start."""
    recipe = re.search(r"^run:.*\n\t@exec (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe
    return recipe[1].replace("$(BIN)", ".venv/bin").split()


async def _answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).is_success
    except httpx.TransportError:
        return False
