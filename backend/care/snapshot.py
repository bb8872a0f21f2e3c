"""What a copy of a database is made of, whichever kind of database it is."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

Tell = Callable[[str, int, int], None]
"""How far something long has come: what it is, how much of it is done, how much there is."""


class Snapshot(NamedTuple):
    """A database at one moment: its files lie in a folder; the rest was asked at the same moment."""

    how: str
    migrations: tuple[str, ...]
    tables: dict[str, int]
    columns: dict[str, tuple[str, ...]]
    photos: list[UUID]
