"""One process that serves: alone on its data folder, on a port it holds before anything else is done."""

import asyncio
import contextlib
import fcntl
import socket
from collections.abc import Iterator
from pathlib import Path

import uvicorn
import uvloop

from backend import app

GRACE_SECONDS = 5
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


def serve(opened: socket.socket, *beside: app.Lifespan) -> None:
    """Serve until a signal comes; `beside` starts and stops with the app."""
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
    with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(uvicorn.Server(config).serve(sockets=[opened]))
