"""pg_dump and pg_restore, where this machine has them."""

import asyncio
import re
import shutil
from pathlib import Path
from typing import IO, Any, NamedTuple

from backend.care.archive import CannotCopy

FILE = "sambat.dump"
RELEASE = re.compile(r"\b(\d+)(\.\d+)?\b")
LONGEST_REASON = 200

Config = dict[str, Any]


class Program(NamedTuple):
    """Where it lies and which release it is of."""

    path: str
    release: int

    @property
    def named(self) -> str:
        """As the manifest has it: `pg_dump 17`."""
        return f"pg_dump {self.release}"


async def pg_dump(server: int) -> Program | None:
    """pg_dump, if it can read a server of that release."""
    found = await _found("pg_dump")
    return found if found and found.release >= server else None


async def dumped(program: Program, config: Config, snapshot: str, folder: Path) -> None:
    """The whole database as that snapshot shows it, in PostgreSQL's own format."""
    options = ("--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={folder / FILE}")
    await _run(program, config, *options)


async def restored(how: str, config: Config, content: IO[bytes], folder: Path) -> None:
    """Put such a file back, all or nothing."""
    needed = int(how.removeprefix("pg_dump "))
    program = await _found("pg_restore")
    if program is None or program.release < needed:
        raise CannotCopy(f"this backup was made by {how}: install pg_restore {needed} or newer (postgresql-client), then try again")
    with (folder / FILE).open("wb") as file:
        await asyncio.to_thread(shutil.copyfileobj, content, file)
    options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={config['database']}")
    await _run(program, config, *options, str(folder / FILE))


async def _found(name: str) -> Program | None:
    path = shutil.which(name)
    if path is None:
        return None
    asked = await asyncio.create_subprocess_exec(path, "--version", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL)
    said, _ = await asked.communicate()
    release = RELEASE.search(said.decode(errors="replace"))
    return Program(path, int(release[1])) if release else None


async def _run(program: Program, config: Config, *options: str) -> None:
    """The password travels in the environment: everybody sees the arguments of a process."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "database": "PGDATABASE"}
    environment = {name: str(config[key]) for key, name in names.items() if config.get(key)}
    process = await asyncio.create_subprocess_exec(
        program.path, *options, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        reason = said.decode(errors="replace").partition("\n")[0][:LONGEST_REASON]
        raise CannotCopy(f"{Path(program.path).name} failed: {reason}")
