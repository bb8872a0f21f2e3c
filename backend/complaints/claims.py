"""Claim keys and public numbers: who holds the key opens the case, the number alone opens only what is public."""

import hashlib
import hmac
import secrets
from uuid import UUID

from backend.settings import settings
from backend.words import N_

KEY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH = 26
"""Crockford characters: 130 bits."""

NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 O 1 I L U, so that a number survives the telephone."""
NUMBER_LENGTH = 6

ALOUD: dict[str, str] = {
    "0": N_("nol"), "1": N_("satu"), "2": N_("dua"), "3": N_("tiga"), "4": N_("empat"), "5": N_("lima"), "6": N_("enam"),
    "7": N_("tujuh"), "8": N_("delapan"), "9": N_("sembilan"), "A": "Arjosari", "B": "Blimbing", "C": "Celaket", "D": "Dinoyo",
    "E": "Embong", "F": "Fatimah", "G": "Gadang", "H": "Halim", "J": "Jodipan", "K": "Klojen", "M": "Mergosono", "N": "Ngalam",
    "P": "Polehan", "Q": "Quran", "R": "Rampal", "S": "Sukun", "T": "Tlogomas", "V": "Vanili", "W": "Wonokoyo", "X": "Xenia",
    "Y": "Yusuf", "Z": "Zainal",
}  # fmt: skip
"""Each sign of a key by a word nobody mishears, most of them places of the city."""

_MISREAD = str.maketrans("OIL", "011")


def key_for(operation_id: UUID) -> str:
    """A key for somebody whose browser runs no script; every other key is made on the phone.

    Made of our secret and the form's operation, so that the same form sent twice gets the same key.
    """
    number = int.from_bytes(_derived(operation_id, "key"))
    return "".join(KEY_ALPHABET[(number >> 5 * place) & 31] for place in range(KEY_LENGTH))


def id_for(operation_id: UUID, what: str) -> UUID:
    """An id that the same form sent twice gets again; it holds no time."""
    return UUID(bytes=_derived(operation_id, what)[:16], version=4)


def normalise(key: str) -> str:
    """The key as it was made, however it was typed: without spaces and dashes, capitals, O as 0, I and L as 1."""
    return "".join(character for character in key.upper() if character.isalnum()).translate(_MISREAD)


def keys_in(text: str) -> list[str]:
    """The keys somebody typed or pasted: one a line, or one after the other, in groups or not."""
    lines = [normalise(line) for line in text.splitlines()]
    run_on = normalise(text)
    cut = [run_on[start : start + KEY_LENGTH] for start in range(0, len(run_on), KEY_LENGTH)]
    return [key for key in dict.fromkeys([*lines, *cut]) if len(key) == KEY_LENGTH]


def hash_of(key: str) -> str:
    """SHA-256 of the normalised key, in hex: all the server keeps."""
    return hashlib.sha256(normalise(key).encode()).hexdigest()


def _derived(operation_id: UUID, what: str) -> bytes:
    return hmac.digest(settings().secret_key.encode(), f"{what}\0{operation_id}".encode(), "sha256")


def new_number() -> str:
    """A random public number; unique only once the database has taken it."""
    return "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(NUMBER_LENGTH))


def spoken(number: str) -> str:
    """A number as people read it: `SRK 7F3K 9Q`."""
    return f"SRK {number[:4]} {number[4:]}"
