"""Sentences for people: marked where they stand, said in the words of the reader's catalogue. They are written in Indonesian."""

from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parents[1] / "frontend" / "catalogues"
SOURCE = "id"

language: ContextVar[str] = ContextVar("language", default=SOURCE)
"""In which language the person reads for whom this runs."""


def N_(sentence: str) -> str:  # noqa: N802  (gettext's own name for "say it later")
    """Mark a sentence for the catalogues; it stays as it is."""
    return sentence


def tr(sentence: str) -> str:
    """The sentence as the reader's catalogue has it; as it is written where none does."""
    return translations(language.get()).gettext(sentence) if sentence else ""


def tr_many(one: str, many: str, count: int) -> str:
    """The same of a sentence that counts."""
    return translations(language.get()).ngettext(one, many, count)


@cache
def translations(code: str) -> NullTranslations:
    """The catalogue of a language (`frontend/catalogues/<code>.po`), read once."""
    file = CATALOGUES / f"{code}.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as written:
        write_mo(compiled, read_po(written, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
