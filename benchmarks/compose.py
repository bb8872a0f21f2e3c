"""A person at a phone: what they write, in whose name, with which photos."""

import random
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from uuid_utils.compat import uuid7

from benchmarks import pictures, texts
from benchmarks.record import Entry, SentPhoto
from benchmarks.texts import Told

KEY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 26
CATEGORIES = (None, None, "1", "6", "9", "15", "17")


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """How often somebody wishes to stay anonymous, and how many photos go along (the chance of 0, 1 and 2)."""

    anonymous: float = 0.2
    photos: tuple[float, float, float] = (0.85, 0.12, 0.03)


class Writer:
    """One person. `account` is whose phone it is; none: a guest."""

    def __init__(self, number: int, told: Sequence[Told], habits: Habits, chance: random.Random) -> None:
        self.account: UUID | None = None
        self._number = number
        self._told = told
        self._habits = habits
        self._chance = chance
        self._written = 0

    def write(self) -> Entry:
        """A new complaint, as a frozen operation."""
        anonymous = self._chance.random() < self._habits.anonymous
        owner = None if anonymous else self.account
        new_id = uuid4 if anonymous else uuid7
        key = None if owner else claim_key()
        photos = self._photos(anonymous=anonymous)
        self._written += 1
        told = self._chance.choice(self._told)
        body: dict[str, Any] = {
            "kind": "complaint.submit",
            "id": str(operation := new_id()),
            "owner": str(owner) if owner else None,
            "complaint": str(complaint := new_id()),
            "secrecy": "anonymous" if anonymous else "name_hidden",
            "text": texts.distinct(told.text, f"{self._number}-{self._written}"),
            "category": self._chance.choice(CATEGORIES),
            "place": self._place(told),
            "photos": [{"id": str(photo.id), "sha256": photo.sha256, "size": photo.size} for photo in photos],
        }
        if not anonymous:
            body["occurred_at"] = datetime.now(UTC).isoformat()
        if key is not None:
            body["claim_hash"] = pictures.digest(key.encode())
        return Entry(id=operation, complaint=complaint, body=body, anonymous=anonymous, key=key, photos=photos)

    def _place(self, told: Told) -> dict[str, Any]:
        """By satellite, by kelurahan, or by both; sometimes with words."""
        point = {"latitude": told.latitude, "longitude": told.longitude, "accuracy_m": self._chance.choice((5.0, 12.0, 48.0))}
        area = {"area": told.area, "area_estimated": self._chance.choice((True, False))}
        chosen = self._chance.choice((point, area, point | area))
        return chosen | self._chance.choice(({"address": "dekat pos ronda"}, {}, {}))

    def _photos(self, *, anonymous: bool) -> list[SentPhoto]:
        [count] = self._chance.choices((0, 1, 2), self._habits.photos)
        return [self._photo(uuid4() if anonymous else uuid7()) for _ in range(count)]

    def _photo(self, name: UUID) -> SentPhoto:
        motif = self._chance.randrange(pictures.MOTIFS)
        content = pictures.photo(motif, name)
        return SentPhoto(id=name, motif=motif, sha256=pictures.digest(content), size=len(content))


def claim_key() -> str:
    """130 random bits, made on the phone."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH))
