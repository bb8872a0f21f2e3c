"""The `sambat` command as a person types it, in a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.tree import ROOT

SAMBAT = (sys.executable, "-c", "from backend.cli import main; main()")
START_SECONDS = 30
PRODUCTION = {"production": "true", "secret_key": "fbVx0b8aJzTq3mWl5cYk9sRu2eNh7gDp", "public_url": "https://sambat.example"}
"""What a city has to set at least."""


def environment(data: Path, **settings: object) -> dict[str, str]:
    """Nothing of the developer's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMBAT_") and name != "PORT"}
    return {
        **kept,
        "SAMBAT_DATA_DIR": str(data),
        "COLUMNS": "200",
        **{f"SAMBAT_{name.upper()}": str(value) for name, value in settings.items()},
    }


def sambat(data: Path, *arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    command = [*SAMBAT, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(data, **settings), capture_output=True, text=True, timeout=90, check=False)


@contextmanager
def running(data: Path, port: int, *arguments: str, **settings: object) -> Iterator[subprocess.Popen[str]]:
    """`sambat run`, answering; killed if it still runs at the end."""
    command = [*SAMBAT, "run", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(data, port=port, **settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            _wait(process, port)
            yield process
        finally:
            process.kill()


def _wait(process: subprocess.Popen[str], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200:
                return
        except httpx.TransportError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(process.stdout.read()) from None
            time.sleep(0.05)
