"""PostgreSQL from Debian where the image's entry point would prepare it: an empty database, and somebody else than root to run it."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.support import machine


def programs() -> Path | None:
    """The folder of its programs, which Debian keeps off PATH."""
    return machine.postgresql_binaries()


def make(folder: Path, environment: Mapping[str, str], password: str) -> None:
    """An empty database in `folder`/data, by what the image is told in its environment."""
    folder.mkdir()
    user = machine.unprivileged()
    if user:
        shutil.chown(folder, user.pw_uid, user.pw_gid)
        folder.parent.chmod(0o711)
    with tempfile.NamedTemporaryFile("w", dir=folder) as told:
        told.write(password)
        told.flush()
        if user:
            os.chown(told.name, user.pw_uid, user.pw_gid)
        asked = [*shlex.split(environment["POSTGRES_INITDB_ARGS"]), f"--username={environment['POSTGRES_USER']}", f"--pwfile={told.name}"]
        _run("initdb", folder, *asked)
    _run("postgres", folder, "--single", "postgres", says=f"CREATE DATABASE {environment['POSTGRES_DB']};\n")


def command(asked: Sequence[str], folder: Path, address: str) -> list[str]:
    """The command of the compose file, with what is said elsewhere in a container: where its files lie and where it listens."""
    program, *arguments = asked
    return [_program(program), "-D", str(folder / "data"), "-k", str(folder), "-h", address, *arguments]


def as_user() -> dict[str, Any]:
    """Whom it runs as when we are root, which it refuses to be."""
    user = machine.unprivileged()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _run(program: str, folder: Path, *arguments: str, says: str = "") -> None:
    asked = [_program(program), *arguments[:1], "-D", str(folder / "data"), *arguments[1:]]
    subprocess.run(asked, input=says, text=True, cwd=folder, capture_output=True, check=True, **as_user())


def _program(name: str) -> str:
    found = programs()
    if found is None:
        raise FileNotFoundError(name)
    return str(found / name)
