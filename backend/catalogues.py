"""Writes the message catalogues anew from the sentences in code and pages: `python -m backend.catalogues`, or `make catalogues`.

What a catalogue says already stays. In the Indonesian one a new sentence stands as it was written; in another it is empty.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from backend.words import CATALOGUES, SOURCE

ROOT = CATALOGUES.parents[1]
WHERE = {"backend": [("**.py", "python")], "frontend/pages": [("**.html", "jinja2")]}
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}
LINE = 130


def sentences() -> Catalog:
    """Every sentence there is, with the files in which it stands."""
    found = Catalog(project="Sambat Rene Ker")
    for folder, methods in WHERE.items():
        for file, _, message, comments, context in sorted(
            extract_from_dir(ROOT / folder, methods, OPTIONS, KEYWORDS), key=lambda found: (found[0], found[1])
        ):
            found.add(message, None, [(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return found


def written(code: str) -> bytes:
    """The catalogue of a language as it should lie in `frontend/catalogues`."""
    file = _file(code)
    known = BytesIO(file.read_bytes()) if file.exists() else None
    catalogue = read_po(known, locale=code) if known else Catalog(locale=code, project="Sambat Rene Ker")
    catalogue.update(sentences(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        if code == SOURCE and message.id and not _said(message.string):
            message.string = message.id if isinstance(message.id, str) else message.id[:1]
    text = BytesIO()
    write_po(text, catalogue, width=LINE, omit_header=True, sort_output=True, include_lineno=False)
    return text.getvalue()


def main() -> None:
    """Write every catalogue there is, and the Indonesian one in any case."""
    CATALOGUES.mkdir(exist_ok=True)
    for code in sorted({SOURCE, *(file.stem for file in CATALOGUES.glob("*.po"))}):
        _file(code).write_bytes(written(code))


def _file(code: str) -> Path:
    return CATALOGUES / f"{code}.po"


def _said(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return any(string) if isinstance(string, (tuple, list)) else bool(string)


if __name__ == "__main__":
    main()
