"""A folder of this machine, in which a photo's file is whole or not there at all."""

import asyncio
import errno
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from backend.complaints.storage.terms import Kept, Size, StorageAway, StorageFull, kept_as, name_of

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk answers that takes no more."""
UNFINISHED = ".writing-"
"""How a file is called while it is being written; what a crash left under such a name is nobody's."""
PROBE_BYTES = 4096


class Folder(NamedTuple):
    """See `Storage`."""

    path: Path

    async def write(self, photo: UUID, size: Size, content: bytes) -> None:
        """See `Storage`."""
        await asyncio.to_thread(_write, self.file(photo, size), content)

    async def read(self, photo: UUID, size: Size) -> bytes | None:
        """See `Storage`."""
        return await asyncio.to_thread(_read, self.file(photo, size))

    async def check(self) -> None:
        """See `Storage`."""
        await asyncio.to_thread(_check, self.path)

    async def is_public(self) -> bool:
        """See `Storage`."""
        return False

    async def names(self) -> AsyncIterator[Kept]:
        """See `Storage`."""
        for folder in await asyncio.to_thread(_folders, self.path):
            for kept in await asyncio.to_thread(_kept_in, self.path, folder):
                yield kept

    def file(self, photo: UUID, size: Size) -> Path:
        """Where the photo's file is."""
        return self.path / name_of(photo, size)


@contextmanager
def _faults_told() -> Iterator[None]:
    """A disk's own words as ours: it may be one that is reached by network."""
    try:
        yield
    except OSError as fault:
        told = errno.errorcode.get(fault.errno or 0, type(fault).__name__)
        raise (StorageFull if fault.errno in FULL else StorageAway)(told) from fault


@_faults_told()
def _write(target: Path, content: bytes) -> None:
    _make_folder(target.parent)
    _replace(target, content)


@_faults_told()
def _read(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


@_faults_told()
def _check(folder: Path) -> None:
    """A file that is gone at once: without a place for it nothing else could be written either."""
    _make_folder(folder)
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
    try:
        with os.fdopen(handle, "wb") as probe:
            probe.write(bytes(PROBE_BYTES))
    finally:
        Path(name).unlink()


@_faults_told()
def _folders(path: Path) -> list[Path]:
    return [folder for folder in path.glob("??/??") if folder.is_dir()]


@_faults_told()
def _kept_in(path: Path, folder: Path) -> list[Kept]:
    """The photos in one of its folders."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            kept = kept_as(f"{folder.relative_to(path).as_posix()}/{entry.name}", 0)
            if kept is not None:  # what is still being written may be gone before it is asked for its length
                found.append(kept._replace(length=entry.stat().st_size))
    return found


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
