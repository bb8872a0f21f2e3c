"""What nobody else may read in public: NIK, KK and mobile numbers in a text, found and masked (`law.md` G22). Pure.

The patterns are the phone's too (`data-private-patterns`): every one means the same to Python and to JavaScript, flagless.
Landlines are left alone: they stand in a building, and those people write, "(0341) 715103", are an office's.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

HIDDEN = "[nomor disembunyikan]"


class Kind(StrEnum):
    """What was found: a number of a person or family, or of a mobile phone."""

    IDENTITY = "identity"
    PHONE = "phone"


class Finding(NamedTuple):
    """Where in a text something private stands, `end` excluded."""

    kind: Kind
    start: int
    end: int


class Stretch(NamedTuple):
    """A stretch of a text; `hidden`: the public does not see it."""

    words: str
    hidden: bool


GAP = r"[ .\-]{1,3}"
MAYBE_GAP = r"[ .\-]{0,3}"

WRITTEN_IN = ("4 4 4 4", "6 6 4", "2 2 2 6 4", "2 2 2 2 2 2 4", "6 2 2 2 4", "4 2 6 4", "6 10", "12 4", "8 8", "4 12", "4 4 8", "3 3 3 3 4")
"""The groups in which people write a NIK; in any others, dates and prices would be taken for one."""


def _digits(count: int) -> str:
    return f"[0-9]{{{count}}}"


_BORN = MAYBE_GAP.join((r"(?:[04][1-9]|[1256][0-9]|[37][01])", r"(?:0[1-9]|1[0-2])"))
"""Day (of a woman: plus 40) and month stand in the middle of each."""
_LOOKS_LIKE_ONE = rf"(?=(?:[0-9]{MAYBE_GAP}){{6}}{_BORN})"
_GROUPED = "|".join(GAP.join(_digits(int(size)) for size in groups.split()) for groups in WRITTEN_IN)
_REST = rf"(?:{MAYBE_GAP}[0-9]){{6,9}}(?![0-9])"
_NO_COORDINATE = r"(?<![0-9])(?<!-[0-9][.,])(?<!1[0-9][0-9][.,])"

_NO_THOUSANDS = r"(?<![0-9])(?<![0-9][ .,\-])"

BY_KIND: dict[Kind, tuple[str, ...]] = {
    Kind.IDENTITY: (
        r"(?<![0-9])[0-9]{16}(?![0-9])",
        rf"(?<![0-9]){_LOOKS_LIKE_ONE}(?:{_GROUPED})(?![0-9])",
    ),
    Kind.PHONE: (
        rf"{_NO_COORDINATE}08[1-9][0-9]{_REST}",
        rf"{_NO_THOUSANDS}08[1-9](?:[ .\-][0-9]{{3,4}}){{2,3}}(?:[ .\-][0-9]{{1,2}})?(?![0-9])",
        rf"(?<![0-9])(?:\+ ?62[ .\-()0]{{0,4}}8[1-9]{MAYBE_GAP}|62[ \-]?8[1-9])[0-9]{_REST}",
    ),
}
PATTERNS: tuple[str, ...] = tuple(pattern for patterns in BY_KIND.values() for pattern in patterns)
PATTERNS_JSON = msgspec.json.encode(PATTERNS).decode()
"""For `data-private-patterns`."""

_COMPILED = [(kind, re.compile(pattern)) for kind, patterns in BY_KIND.items() for pattern in patterns]


def found(text: str) -> list[Finding]:
    """Everything private in a text, in order; of two that overlap the first, made long enough for both."""
    plain = _plain(text)
    every = sorted(Finding(kind, *match.span()) for kind, pattern in _COMPILED for match in pattern.finditer(plain))
    apart: list[Finding] = []
    for finding in sorted(every, key=lambda one: (one.start, -one.end)):
        if apart and finding.start < apart[-1].end:
            apart[-1] = apart[-1]._replace(end=max(apart[-1].end, finding.end))
        else:
            apart.append(finding)
    return apart


def masked(text: str) -> str:
    """The text as everybody may read it."""
    return "".join(HIDDEN if stretch.hidden else stretch.words for stretch in stretches(text))


def stretches(text: str) -> Sequence[Stretch]:
    """The text cut where something private begins and ends, for whoever must see what will be masked."""
    cut: list[Stretch] = []
    reached = 0
    for finding in found(text):
        cut += [Stretch(text[reached : finding.start], hidden=False), Stretch(text[finding.start : finding.end], hidden=True)]
        reached = finding.end
    return [stretch for stretch in (*cut, Stretch(text[reached:], hidden=False)) if stretch.words]


def _plain(text: str) -> str:
    """The same length, with every digit, space and dash of the world written as we write it."""
    return "".join(_plainly(character) for character in text)


def _plainly(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    match unicodedata.category(character):
        case _ if digit is not None:
            return str(digit)
        case "Zs" | "Cf":
            return " "
        case "Pd":
            return "-"
        case _:
            return character
