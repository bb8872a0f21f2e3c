"""What this machine has of the things a test may need, and a free port."""

import os
import pwd
import shutil
import socket
from functools import cache
from pathlib import Path

CI = os.environ.get("CI") == "true"
"""On CI nothing is left out: what is missing there is a fault."""


@cache
def postgresql_binaries() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest first; Debian keeps them off PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda initdb: int(initdb.parts[-3]))
    return debian[-1].parent if debian else None


@cache
def redis_server() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


@cache
def caddy() -> str | None:
    return shutil.which("caddy")


@cache
def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@cache
def quick_folder() -> str | None:
    """Memory to keep a test's databases in, where there is enough; a disk makes each wait up to half a second. None: as usual."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    return str(memory) if roomy else None


@cache
def unprivileged() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root, which it refuses to be; none where we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None
