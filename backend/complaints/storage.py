"""Where processed photos lie: a local folder in which a file is whole or not there at all."""

import asyncio
import errno
import os
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

from backend.errors import DomainError
from backend.settings import settings
from backend.words import N_

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk answers that takes no more."""
UNFINISHED = ".writing-"
"""How a file is called while it is being written; what a crash left under such a name is nobody's."""


class Size(StrEnum):
    """The two sizes kept of a photo: 1600 and 400 pixels."""

    LARGE = "large"
    SMALL = "small"


class StorageFull(DomainError):
    """The disk takes no more; what was to be written waits where it was."""

    code = "storage_full"
    http_status = 507
    sentence = N_("Tempat penyimpanan kami sedang penuh. Kiriman Anda tetap ada di ponsel dan dicoba lagi nanti.")
    permanent = False
    stored = False


class Storage(Protocol):
    """What keeps photos. Names are made from the photo's id alone, never from what a phone called it."""

    async def write(self, photo: UUID, size: Size, content: bytes) -> None:
        """On the disk when this returns, in place of what was there. Raises `StorageFull`."""

    async def read(self, photo: UUID, size: Size) -> bytes | None:
        """The JPEG, none where there is no such file."""


class Folder(NamedTuple):
    """A folder on this machine."""

    path: Path

    async def write(self, photo: UUID, size: Size, content: bytes) -> None:
        """See `Storage`."""
        await asyncio.to_thread(_write, self.file(photo, size), content)

    async def read(self, photo: UUID, size: Size) -> bytes | None:
        """See `Storage`."""
        return await asyncio.to_thread(_read, self.file(photo, size))

    def file(self, photo: UUID, size: Size) -> Path:
        """Two folders deep by the id's last digits: its first ones hold the time and would fill one folder a day."""
        return self.path / photo.hex[-2:] / photo.hex[-4:-2] / f"{photo}-{size}.jpg"


def storage() -> Storage:
    """The storage the settings name."""
    return Folder(settings().photo_folder)


def _write(target: Path, content: bytes) -> None:
    try:
        _make_folder(target.parent)
        _replace(target, content)
    except OSError as fault:
        if fault.errno in FULL:
            raise StorageFull from fault
        raise


def _replace(target: Path, content: bytes) -> None:
    """Temporary file in the same folder, fsync, rename, fsync of the folder: a power cut leaves the old file or the new one."""
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _fsync_folder(target.parent)


def _make_folder(folder: Path) -> None:
    """The folder and those above it, each name of a new one on the disk too."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _fsync_folder(folder.parent)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
