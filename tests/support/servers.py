"""Throw-away PostgreSQL, Redis and S3: started for the tests on a free port, gone with them."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import redis

from tests.support import machine

START_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""Nobody needs the data of a test after a power cut; the trials of the promises set these themselves."""


@contextmanager
def postgresql(settings: tuple[str, ...] = FAST) -> Iterator[str]:
    """An empty server's address, without a database's name: `postgresql://sambat@127.0.0.1:PORT`."""
    programs = machine.postgresql_binaries()
    if programs is None:
        raise FileNotFoundError("initdb")
    user = machine.unprivileged()
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    with temporary_folder("sambat-postgresql-") as folder:
        if user:
            shutil.chown(folder, user.pw_uid, user.pw_gid)
        data = folder / "data"
        initdb = [programs / "initdb", "-D", data, "-U", "sambat", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(initdb, check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_user)
        port = machine.free_port()
        command = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1"]
        for setting in settings:
            command += ["-c", setting]
        with _running(command, folder, lambda: _answers_sql(port), **as_user):
            yield f"postgresql://sambat@127.0.0.1:{port}"


@contextmanager
def redis_server(port: int | None = None) -> Iterator[str]:
    """An empty server's address, `redis://127.0.0.1:PORT/0`, which keeps nothing on disk. `port`: where another has been before."""
    program = machine.redis_server()
    if program is None:
        raise FileNotFoundError("redis-server")
    port = port or machine.free_port()
    with temporary_folder("sambat-redis-") as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        with _running(command, folder, lambda: _answers_ping(port)):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def bucket_server() -> Iterator[str]:
    """The address of an S3-compatible server without any bucket, which keeps all of it in memory."""
    port = machine.free_port()
    with temporary_folder("sambat-bucket-") as folder:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with _running(command, folder, lambda: _listens(port)):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A folder in memory where there is enough; gone with the block."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=machine.quick_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(command: list[object], folder: Path, answers: Callable[[], bool], **options: object) -> Iterator[None]:
    """Run a server until the block ends; its output is shown only when it does not come up."""
    log = folder / "log"
    with log.open("wb") as output, subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, **options) as process:
        try:
            _wait(process, answers, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], answers: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text(errors="replace"))
        time.sleep(0.05)


def _answers_sql(port: int) -> bool:
    check = [machine.postgresql_binaries() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(check, check=False).returncode == 0


def _answers_ping(port: int) -> bool:
    try:
        with redis.Redis(port=port) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


async def execute(server: str, statement: str) -> None:
    """One statement by PostgreSQL's own database, such as CREATE DATABASE."""
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def release(server: str) -> int:
    """PostgreSQL's release: 15, 16, …"""
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        return int(await connection.fetchval("SHOW server_version_num")) // 10_000
    finally:
        await connection.close()
