"""What the phones know: all they have sent, what was acknowledged, how it went. The verdict holds the server to it."""

from collections import Counter
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec

ACKNOWLEDGED = frozenset({"applied", "duplicate"})


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
    """One operation in a phone's queue. `answer` is the complaint in the first acknowledgement the phone has heard.

    `told` is that of the first one the server has sent, heard or not; `applied` counts how often it said that it was the first.
    """

    id: UUID
    complaint: UUID
    body: dict[str, Any]
    anonymous: bool
    key: str | None
    photos: list[SentPhoto]
    attempts: int = 0
    answer: dict[str, Any] | None = None
    told: dict[str, Any] | None = None
    applied: int = 0
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
        self.duplicates += outcome["status"] == "duplicate"
        self.steps += 1
        if outcome["status"] == "duplicate" and entry.attempts == 1:
            self.surprises.append(f"operation {entry.id}: called a duplicate when it was sent for the first time")
        self._compare(entry, outcome)
        if entry.answer is None:
            entry.answer = outcome.get("complaint") or {}
            self.acknowledged += 1

    def overhear(self, content: bytes) -> None:
        """An answer no phone has heard: lost on its way, or that of a copy. It counts for nothing but must be the same too."""
        with suppress(msgspec.DecodeError, KeyError, TypeError, ValueError):
            for outcome in msgspec.json.decode(content)["outcomes"]:
                entry = self.entries.get(UUID(outcome["id"]))
                if entry is not None and outcome["status"] in ACKNOWLEDGED:
                    self._compare(entry, outcome)

    def _compare(self, entry: Entry, outcome: dict[str, Any]) -> None:
        told = outcome.get("complaint") or {}
        entry.applied += outcome["status"] == "applied"
        if entry.applied > 1 and outcome["status"] == "applied":
            self.surprises.append(f"operation {entry.id}: applied twice")
        if told.get("id") != str(entry.complaint) or not any(owed.get("what") == "answer" for owed in told.get("owed", ())):
            self.surprises.append(f"operation {entry.id}: its receipt names another complaint, or promises no answer")
        if entry.told is None:
            entry.told = told
        elif entry.told != told:
            self.surprises.append(f"operation {entry.id}: a replay was answered otherwise")
