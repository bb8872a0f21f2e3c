"""The house as a city runs it: `sambat run` on SQLite; on PostgreSQL `sambat web` and `sambat worker` with a Redis between them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import msgspec

from benchmarks import memory
from benchmarks.bench.ground import Place
from benchmarks.server import ROOT, CannotStart, free_port
from tests.support import servers

START_SECONDS, STOP_SECONDS = 120, 20
LOOKS = 0.005


class House(msgspec.Struct, frozen=True, kw_only=True):
    """Processes by name (`run`, or `web` and `worker`) and the port at which they answer."""

    port: int
    processes: dict[str, int]

    def memory(self) -> dict[str, float]:
        """MiB of each process."""
        return {name: memory.proportional(pid) for name, pid in self.processes.items()}


@contextmanager
def standing(place: Place, *, together: bool | None = None) -> Iterator[House]:
    """Up and answering until the block ends. `together`: all in one process, though it is PostgreSQL."""
    port = free_port()
    with ExitStack() as stack:
        if together or not place.ground.server:
            yield House(port=port, processes={"run": stack.enter_context(_started(place, ["run", "--no-demo"], port))})
            return
        redis = {"SAMBAT_REDIS_URL": stack.enter_context(servers.redis_server())}
        worker = stack.enter_context(_started(place, ["worker"], 0, redis))
        yield House(port=port, processes={"web": stack.enter_context(_started(place, ["web"], port, redis)), "worker": worker})


def seconds_to_start(place: Place) -> float:
    """From the command `sambat run` to the first time it says that it is ready."""
    port = free_port()
    began = time.perf_counter()
    with _started(place, ["run", "--no-demo"], port):
        return time.perf_counter() - began


def processor(pids: Sequence[int]) -> float:
    """Milliseconds that all threads of these processes, and of those they have started, have run."""
    return sum(_ran(pid) for one in pids for pid in memory.with_children(one))


def _ran(pid: int) -> float:
    try:
        return sum(int(thread.read_text().split()[0]) for thread in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e6
    except (FileNotFoundError, ProcessLookupError):
        return 0


def until_ready(process: "subprocess.Popen[bytes]", url: str, log: Path | None = None) -> None:
    """Ask until it says yes. Raises `CannotStart` with its last words."""
    until = time.monotonic() + START_SECONDS
    while not _is_ready(url):
        if process.poll() is not None or time.monotonic() > until:
            raise CannotStart(log.read_text(errors="replace")[-1500:] if log else url)
        time.sleep(LOOKS)


@contextmanager
def _started(place: Place, command: Sequence[str], port: int, settings: Mapping[str, str] | None = None) -> Iterator[int]:
    """The process; with a port, once it is ready."""
    own = {"SAMBAT_DATA_DIR": str(place.folder), "SAMBAT_DATABASE_URL": place.url, "PORT": str(port), "PYTHONPATH": str(ROOT)}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAMBAT_")}
    log = place.folder / f"{command[0]}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("sambat")), *command],
            cwd=ROOT,
            env={**clean, **own, **(settings or {})},
            stdout=output,
            stderr=output,
        )
    try:
        if port:
            until_ready(process, f"http://127.0.0.1:{port}/readyz", log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_ready(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004  (HTTP)
    except (URLError, OSError):
        return False
