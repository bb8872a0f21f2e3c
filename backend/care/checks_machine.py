"""What the machine and its settings must have before anything runs on them."""

import re
import shutil
import stat
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from backend.care import backup
from backend.care.findings import Found, good, look, wrong
from backend.notifications import vapid
from backend.settings import settings

OLDEST_PYTHON = (3, 11)
FLOORS = {"litestar": (2, 20), "piccolo": (1, 1, 1), "jinja2": (3, 1, 6), "pillow": (11, 3)}
"""Below these a fault is known that strangers can use."""
BUILT = Path(__file__).parents[2] / "frontend" / "dist"
GIB = 1024**3
LEAST_GIB, FEW_GIB = 1, 5
SHORTEST_SECRET = 32
NOBODY = ".invalid"


async def python() -> Found:
    """New enough?"""
    named = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return wrong(named, "install Python 3.11 or newer, then make the environment anew")
    return good(named)


async def libraries() -> Found:
    """Not older than the faults we know of."""
    old = [f"{name} {found}" for name, floor in FLOORS.items() if (found := _version(name)) is None or _numbers(found) < floor]
    if old:
        return wrong(f"too old or missing: {', '.join(old)}", "install what requirements.lock says: uv pip sync requirements.lock")
    return good(", ".join(f"{name} {_version(name)}" for name in ("litestar", "piccolo")))


async def installation() -> Found:
    """What kind of one, and does it know through whom it is reached?"""
    if not settings().production:
        return look("a trial: not for real people's complaints", "set SAMBAT_PRODUCTION=true where citizens use it")
    if not settings().trusted_proxy:
        return look("no proxy is trusted: limits count everybody behind it as one", "set SAMBAT_TRUSTED_PROXY to its address")
    return good(f"production, reached as {settings().base_url}")


async def pages() -> Found:
    """Scripts and styles."""
    missing = [name for name in ("manifest.json", "sw.js") if not (BUILT / name).exists()]
    if missing:
        return wrong(f"{', '.join(missing)} is missing", "build the frontend: make frontend/dist/manifest.json")
    return good("there")


async def disk() -> Found:
    """Where data are written on this machine. A PostgreSQL elsewhere has a disk of its own."""
    places = {settings().data_dir.resolve()} | ({settings().photo_folder.resolve()} if settings().bucket is None else set())
    free = min(shutil.disk_usage(_standing(place)).free for place in places) / GIB
    told = f"{free:.1f} GiB free"
    if free < LEAST_GIB:
        return wrong(told, "make room, or photos and complaints are refused soon (507)")
    return look(told, "make room in the next days") if free < FEW_GIB else good(told)


async def secret() -> Found:
    """Long enough, and nobody else's to read."""
    if len(settings().secret_key) < SHORTEST_SECRET:
        return wrong("short: it can be guessed", f"set SAMBAT_SECRET_KEY to at least {SHORTEST_SECRET} characters")
    if wide := _readable_by_others(settings().data_dir / backup.SECRET_FILE):
        return wrong(f"{wide} can be read by other users of this machine", f"chmod 600 {wide}")
    return good("set")


async def push_key() -> Found:
    """The key push services know us by. It is made when it is first needed, not by looking."""
    file = backup.push_key_file()
    if not file.exists():
        return look(f"{file} is not there yet", "it is made at the first visit; where processes share no folder, set SAMBAT_VAPID_KEY_FILE")
    if wide := _readable_by_others(file):
        return wrong(f"{wide} can be read by other users of this machine", f"chmod 600 {wide}")
    try:
        vapid.public_key()
    except ValueError as error:
        return wrong(f"{file} holds no key of ours ({error})", "put the right key back: a new one silences every phone")
    if settings().vapid_contact.endswith(NOBODY):
        return look("nobody can be reached by push services", "set SAMBAT_VAPID_CONTACT to a mailto: address somebody reads")
    return good("P-256")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", release)[:3]))


def _standing(place: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(folder for folder in (place, *place.parents) if folder.exists())


def _readable_by_others(file: Path) -> Path | None:
    return file if file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) else None
