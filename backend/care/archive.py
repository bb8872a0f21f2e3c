"""The file of a backup: a tar with the database, photos, a manifest, and last the digest of each, as `sha256sum -c` reads them."""

import hashlib
import io
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple
from uuid import UUID

import msgspec

from backend import clock

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
"""Last of all: an archive without it was not finished."""
DRAFT = ".backup-"
MEMBER = re.compile(
    r"database/[a-z_]+\.(db|dump|copy)|photos/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f-]{36}-(large|small)\.jpg|secrets/(secret\.key|vapid\.pem)|manifest\.json"
)
PIECE = 1 << 20
FORMAT = 1


class CannotCopy(Exception):
    """Something stands in the way of a backup or of putting one back; the message says what to do."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds. `how` the database was copied; `tables`: rows of each; `columns`: of each, where rows lie by themselves.

    `lost`: photos a row names whose file was not there. `secret`: a fingerprint of the house's secret, which is not in it by itself.
    """

    format: int = FORMAT
    made_at: datetime
    release: str
    database: str
    how: str
    migrations: tuple[str, ...]
    tables: dict[str, int]
    columns: dict[str, tuple[str, ...]] = {}
    photos: int
    lost: tuple[UUID, ...] = ()
    secret: str


class Pack(NamedTuple):
    """An archive that is being written, and the digests of what is in it."""

    tar: tarfile.TarFile
    sums: dict[str, str]

    def add(self, name: str, file: Path) -> None:
        """A file, by a name of ours."""
        with file.open("rb") as content:
            self._add(name, content, file.stat().st_size)

    def add_bytes(self, name: str, content: bytes) -> None:
        """The same of something small."""
        self._add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(clock.now().timestamp())
        counted = _Counted(content)
        self.tar.addfile(member, counted)
        self.sums[name] = counted.digest.hexdigest()


class Contents(NamedTuple):
    """An archive that was found whole."""

    tar: tarfile.TarFile
    manifest: Manifest
    members: dict[str, tarfile.TarInfo]

    def read(self, name: str) -> IO[bytes]:
        """The content of a member."""
        content = self.tar.extractfile(self.members[name])
        assert content is not None  # noqa: S101  (`_members` takes plain files only)
        return content

    def under(self, folder: str) -> list[str]:
        """Names of what lies in a folder of it."""
        return [name for name in self.members if name.startswith(f"{folder}/")]


class _Counted(io.RawIOBase):
    """A file whose digest is known once it has been read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """A piece."""
        piece = self._content.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def written(target: Path) -> Iterator[Pack]:
    """The archive at `target`, readable by its owner only: whole and on the disk when the block ends, not there at all if it fails."""
    handle, name = tempfile.mkstemp(prefix=DRAFT, dir=target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                pack = Pack(tar, {})
                yield pack
                pack.add_bytes(SUMS, "".join(f"{digest}  {name}\n" for name, digest in pack.sums.items()).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    synced(target.parent)


@contextmanager
def opened(source: Path) -> Iterator[Contents]:
    """The archive, every byte of it checked. Raises `CannotCopy`."""
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            yield _checked(tar)
    except FileNotFoundError:
        raise CannotCopy(f"{source} is not there") from None
    except (tarfile.TarError, EOFError) as error:
        raise CannotCopy(f"{source} is no whole backup ({error})") from error


def synced(folder: Path) -> None:
    """The names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _checked(tar: tarfile.TarFile) -> Contents:
    members = _members(tar)
    listed = members.pop(SUMS, None)
    if listed is None or MANIFEST not in members:
        raise tarfile.ReadError("its list of digests is missing: it was not finished, or is no backup of ours")
    lines = (line.partition("  ") for line in _content(tar, listed).read().decode(errors="replace").splitlines())
    if {name: digest for digest, _, name in lines} != {name: _digest(tar, member) for name, member in members.items()}:
        raise CannotCopy("the digests do not fit: something of this backup was changed or got lost")
    return Contents(tar, _manifest(_content(tar, members.pop(MANIFEST)).read()), members)


def _manifest(written: bytes) -> Manifest:
    known = msgspec.json.decode(written)
    if known.get("format") != FORMAT:
        raise CannotCopy("this backup has a format that this release does not know")
    return msgspec.convert(known, Manifest)


def _members(tar: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    """Plain files with names of ours, each once: nothing is unpacked by a name or a link somebody else has written."""
    found: dict[str, tarfile.TarInfo] = {}
    for member in tar:
        if not member.isreg() or member.name in found or not (member.name == SUMS or MEMBER.fullmatch(member.name)):
            raise tarfile.ReadError("it holds what no backup of ours holds")
        found[member.name] = member
    return found


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    assert content is not None  # noqa: S101  (`_members` takes plain files only)
    return content


def _digest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    digest = hashlib.sha256()
    with _content(tar, member) as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
