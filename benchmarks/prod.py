"""The installation of a city on this machine, without containers: PostgreSQL, Redis, two web, two worker processes, Caddy with TLS.

`make prod` starts them by the commands of `docker-compose.yml` in a folder that is thrown away; Ctrl-C stops all.
`make prod DEMO=1` loads the demo and is therefore no production.
"""

import argparse
import asyncio
import contextlib
import signal
import tempfile
import time
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Column, Table

from benchmarks import memory
from benchmarks.installation import Installation
from benchmarks.server import CannotStart

REST_SECONDS = 5
PORT = 8443
FOR_TRIALS = {"SAMBAT_PRODUCTION": "false"}

console = Console()


async def main() -> None:
    """Start, tell what there is, wait for Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--demo", action="store_true", help="load the demo accounts and complaints; no production then")
    parser.add_argument("--host", default="127.0.0.1", help="address of this machine under which phones near by reach it")
    parser.add_argument("--port", type=int, default=PORT, help="port of the public address; 0 takes a free one")
    asked = parser.parse_args()
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    with (
        tempfile.TemporaryDirectory(prefix="sambat-prod-") as folder,
        contextlib.closing(Installation(Path(folder), asked.port, FOR_TRIALS if asked.demo else None, asked.host)) as installation,
    ):
        began = time.monotonic()
        opening = asyncio.create_task(installation.open())
        await _first(opening, stop)
        if stop.is_set():
            return
        console.print(f"Healthy after {time.monotonic() - began:.1f} s.")
        if asked.demo:
            console.print(await asyncio.to_thread(installation.say, "sambat", "demo"))
        await _first(asyncio.create_task(asyncio.sleep(REST_SECONDS)), stop)
        _tell(installation)
        await stop.wait()
        console.print("Stopping.")


async def _first(task: asyncio.Task[None], stop: asyncio.Event) -> None:
    """Wait for this, or for Ctrl-C."""
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if task.done():
        task.result()
    task.cancel()


def _tell(installation: Installation) -> None:
    """Where everything is, and what each process holds of the memory once nothing happens."""
    table = Table(Column("Process", no_wrap=True), "Pid", "Address", Column("Memory at rest", justify="right"), box=box.SIMPLE_HEAD)
    for name, process in sorted(installation.processes.items()):
        service, _, number = name.rpartition("-")
        table.add_row(name, str(process.pid), installation.home(service, int(number)), f"{memory.proportional(process.pid):.0f} MiB")
    console.print(table)
    console.print(f"Serving  {installation.address}  (Ctrl-C stops)")
    console.print(f"Signed   by {installation.certificate}")
    console.print(f"Logs     {installation.folder}/log")
    console.print(f"Accounts {installation.folder}/sambat create-user NAME EMAIL ROLE")


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except CannotStart as error:
        raise SystemExit(f"prod: {error}") from error
