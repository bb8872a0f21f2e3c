"""Every file of the house: short enough to read, and silent about the machine it was written on."""

import re
from pathlib import Path

import pytest

from tests.support.tree import ROOT, files

CEILING = 250
CODE = {".css", ".html", ".mjs", ".py", ".toml", ".ts"}
WRITTEN_BY_PROGRAMS = re.compile(r"^(frontend/scripts/generated/|migrations/|frontend/package-lock\.json$|requirements.*\.lock$)")
ELSEWHERE = re.compile(
    "|".join(
        re.escape(".".join(name)) for name in (("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "org"), ("deb", "debian", "org"))
    )
)
"""Hosts of registries: whoever sets this up has their own, and says so to pip and npm. Joined here, so as not to find itself."""
THIS_MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp|root)/\w")


def texts() -> list[tuple[str, str]]:
    found = []
    for path in files():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.fixture(scope="module")
def all_texts() -> list[tuple[str, str]]:
    return texts()


def test_no_file_is_too_long_to_be_read_at_once(all_texts):
    code = [(name, text.count("\n")) for name, text in all_texts if Path(name).suffix in CODE and not WRITTEN_BY_PROGRAMS.match(name)]
    assert [(name, lines) for name, lines in code if lines > CEILING] == []


def test_no_file_names_the_host_of_a_registry(all_texts):
    assert [name for name, text in all_texts if ELSEWHERE.search(text)] == []


def test_no_file_names_a_path_of_one_machine(all_texts):
    assert [(name, found[0]) for name, text in all_texts if (found := THIS_MACHINE.search(text))] == []


def test_locks_name_no_source(all_texts):
    locks = [(name, text) for name, text in all_texts if name.endswith((".lock", "package-lock.json"))]
    assert len(locks) == 3
    assert [name for name, text in locks if re.search(r'^\s*(--(index|extra|find|trusted)|"resolved")', text, re.MULTILINE)] == []


def test_nothing_built_or_downloaded_is_tracked(all_texts):
    built = re.compile(r"(^|/)(node_modules|dist|\.venv|__pycache__|data/.*\.db)(/|$)")
    assert [str(path.relative_to(ROOT)) for path in files() if built.search(str(path.relative_to(ROOT)))] == []
