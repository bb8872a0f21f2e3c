"""Which text sounds like an emergency, or like a matter that is not the city's: a sign matches as whole words, pure.

The phone does the same while somebody types. A hint informs; the citizen may send anyway.
"""

import re
from collections.abc import Iterable
from typing import Literal, TypedDict

from backend.words import N_, tr

_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\(?\+?\d[\d\s()-]*\d")
_SHORTEST_NUMBER = 3

IN_DANGER = N_("Ada bahaya? Telepon {number} (gratis, 24 jam).")
NOT_OURS = N_("Sepertinya ini urusan {owner}.")


class Hint(TypedDict):
    """What is shown: a title, what to say, whom to call, and the number to dial (none where there is no number)."""

    kind: Literal["emergency", "elsewhere"]
    code: str
    signs: list[str]
    title: str
    words: str
    call: str
    tel: str


def in_danger(code: str, signs: str, words: str, number: str) -> Hint:
    """An emergency: the number first."""
    title = tr(IN_DANGER).format(number=number)
    return Hint(kind="emergency", code=code, signs=listed(signs), title=title, words=words, call=number, tel=dialled(number))


def not_ours(code: str, signs: str, words: str, owner: str, contact: str) -> Hint:
    """A matter of somebody else."""
    title = tr(NOT_OURS).format(owner=owner)
    return Hint(kind="elsewhere", code=code, signs=listed(signs), title=title, words=words, call=contact, tel=dialled(contact))


def recognised(text: str, hints: Iterable[Hint]) -> list[Hint]:
    """The hints whose signs stand in the text, in their order: emergencies come first."""
    told = plain(text)
    return [hint for hint in hints if any(plain(sign) in told for sign in hint["signs"])]


def plain(text: str) -> str:
    """Words alone, case-folded, a space on either side of each."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "


def listed(signs: str) -> list[str]:
    """Signs as a manager writes them: separated by commas or lines."""
    parts = (" ".join(part.split()) for part in re.split(r"[,\n]", signs))
    return list(dict.fromkeys(part for part in parts if _WORDS.search(part)))


def dialled(contact: str) -> str:
    """The first number in a contact, as a telephone dials it."""
    numbers = (re.sub(r"\D", "", found) for found in _NUMBER.findall(contact))
    return next((number for number in numbers if len(number) >= _SHORTEST_NUMBER), "")
