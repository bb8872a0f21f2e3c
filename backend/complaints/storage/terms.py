"""What every storage of photos promises, under which names a photo lies there, and what it says when it cannot."""

from collections.abc import AsyncIterator
from enum import StrEnum
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from backend.errors import Away, DomainError
from backend.words import N_


class Size(StrEnum):
    """The two sizes kept of a photo: 1600 and 400 pixels."""

    LARGE = "large"
    SMALL = "small"


class Kept(NamedTuple):
    """One JPEG that lies there."""

    photo: UUID
    size: Size
    length: int
    """In bytes."""


class StorageFault(DomainError):
    """Photos can be neither stored nor read now; nothing is lost. `reason`, for who looks after the house: short, and without a name."""

    permanent = False
    stored = False

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason or self.code


class StorageFull(StorageFault):
    """It takes no more; what was to be written waits where it was."""

    code = "storage_full"
    http_status = 507
    sentence = N_("Tempat penyimpanan kami sedang penuh. Kiriman Anda tetap ada di ponsel dan dicoba lagi nanti.")


class StorageAway(StorageFault, Away):
    """It does not answer, or answers with a fault of its own."""

    code = "storage_away"
    sentence = N_("Tempat penyimpanan foto sedang tidak dapat dihubungi. Foto tidak hilang. Coba lagi sebentar lagi.")
    retry_after: ClassVar[int] = 30


class StorageDenied(StorageAway):
    """It answers, and does not let us in: a key that does not fit, a bucket that is not there. Somebody has to mend the settings."""

    code = "storage_denied"
    retry_after: ClassVar[int] = 300


class Storage(Protocol):
    """What keeps photos. Each call may raise a `StorageFault`, and is over within ten seconds where a network is between.

    Names are made from the photo's id alone, never from what a phone called it.
    """

    async def write(self, photo: UUID, size: Size, content: bytes) -> None:
        """There for good when this returns, in place of what was there."""

    async def read(self, photo: UUID, size: Size) -> bytes | None:
        """The JPEG, none where there is no such photo."""

    async def check(self) -> None:
        """Can a photo be written and read now? Leaves nothing that looks like one."""

    async def is_public(self) -> bool:
        """Can anybody read what lies here without asking us? Asks for what `check` has left."""

    def names(self) -> AsyncIterator[Kept]:
        """Every photo that lies here, in no order; what is no photo of ours is passed over."""


def name_of(photo: UUID, size: Size) -> str:
    """Two folders deep by the id's last digits: its first ones hold the time and would fill one folder a day."""
    return f"{photo.hex[-2:]}/{photo.hex[-4:-2]}/{photo}-{size}.jpg"


def kept_as(name: str, length: int) -> Kept | None:
    """Which photo lies under this name; none where nothing of ours does."""
    photo, _, size = name.rpartition("/")[2].removesuffix(".jpg").rpartition("-")
    try:
        kept = Kept(UUID(photo), Size(size), length)
    except ValueError:
        return None
    return kept if name_of(kept.photo, kept.size) == name else None
