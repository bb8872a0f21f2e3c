"""A process that serves: on a port it holds before anything else is done, and alone on its data folder where it must be."""

import asyncio
import contextlib
import fcntl
import socket
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvloop

if TYPE_CHECKING:
    from backend.app import Lifespan

GRACE_SECONDS = 2
"""For requests on their way when we are asked to stop; whatever runs beside has as long after it."""
BACKLOG = 2048


class CannotServe(Exception):
    """Something stands in the way of serving; the message says what to do."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the data folder: a second process on the same SQLite file would break its one-writer rule."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"another process uses {folder.resolve()}; stop it, or set SAMBAT_DATA_DIR"
            raise CannotServe(message) from error
        yield


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; port 0 takes a free one."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, port))
        except OSError as error:
            message = f"cannot listen on {host}:{port} ({error.strerror}); try PORT={port + 1} make run"
            raise CannotServe(message) from error
        opened.listen(BACKLOG)
        yield opened


def serve(opened: socket.socket, *beside: "Lifespan") -> None:
    """Serve until a signal comes; `beside` starts and stops with the app."""
    import uvicorn  # noqa: PLC0415  (no command but those that serve has a use for it, and for the pages: 20 MB, half a second)

    from backend import app  # noqa: PLC0415  (as above)

    config = uvicorn.Config(
        app.create(*beside),
        http="httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    with contextlib.suppress(KeyboardInterrupt):
        on_a_loop(uvicorn.Server(config).serve(sockets=[opened]))


def on_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """Do this on a loop of the quick kind."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)
