"""What the phones know: all they have sent, what was acknowledged, how it went. The verdict holds the server to it."""

from collections import Counter
from typing import Any
from uuid import UUID

import msgspec


class SentPhoto(msgspec.Struct, kw_only=True):
    """A photo as its manifest names it; `motif` draws it again when a piece is due."""

    id: UUID
    motif: int
    sha256: str
    size: int
    offset: int | None = None
    whole: bool = False
    refused: str = ""


class Entry(msgspec.Struct, kw_only=True):
    """One operation in a phone's queue. `answer` is the complaint in the first acknowledgement."""

    id: UUID
    complaint: UUID
    body: dict[str, Any]
    anonymous: bool
    key: str | None
    photos: list[SentPhoto]
    attempts: int = 0
    answer: dict[str, Any] | None = None
    refused: str = ""

    @property
    def text(self) -> str:
        """The words."""
        return str(self.body["text"])


class Record(msgspec.Struct, kw_only=True):
    """Everything of all phones. `latencies` are seconds of answered batches, `surprises` answers that break a promise by themselves."""

    entries: dict[UUID, Entry] = {}
    latencies: list[float] = []
    statuses: Counter[int] = msgspec.field(default_factory=Counter)
    duplicates: int = 0
    sent_again: int = 0
    pieces: int = 0
    photos_whole: int = 0
    acknowledged: int = 0
    surprises: list[str] = []
    steps: int = 0
    """Grows with everything that gets through: who waits for phones sees by it whether there is hope."""

    @property
    def photos(self) -> int:
        """How many photos were named."""
        return sum(len(entry.photos) for entry in self.entries.values())

    def wrote(self, entry: Entry) -> None:
        """It is on the phone."""
        self.entries[entry.id] = entry

    def heard(self, entry: Entry, outcome: dict[str, Any]) -> None:
        """Acknowledged, maybe not for the first time: each time it must be the same."""
        told = outcome.get("complaint") or {}
        self.duplicates += outcome["status"] == "duplicate"
        self.steps += 1
        if outcome["status"] == "duplicate" and entry.attempts == 1:
            self.surprises.append(f"operation {entry.id}: called a duplicate when it was sent for the first time")
        if told.get("id") != str(entry.complaint) or not any(owed.get("what") == "answer" for owed in told.get("owed", ())):
            self.surprises.append(f"operation {entry.id}: its receipt names another complaint, or promises no answer")
        if entry.answer is None:
            entry.answer = told
            self.acknowledged += 1
        elif entry.answer != told:
            self.surprises.append(f"operation {entry.id}: a replay was answered otherwise")
