"""The README is held to its word: what it names exists."""

import re
import subprocess

import pytest
import typer

from tests.support.tree import ROOT, files

README = ROOT / "README.md"
FOLDER = re.compile(r"`((?:[\w.-]+/)+)`")
FILE = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:css|csv|html|md|mjs|py|toml|ts|yml))`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
MAKE = re.compile(r"\bmake ([a-z]+)\b(?=[`\s]|$)")
SAMBAT = re.compile(r"\bsambat ([a-z][\w-]*)")
MADE = ("build/", "data/", "frontend/dist/", "secrets/")
"""Folders that commands make."""
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def code(readme) -> str:
    """What stands in code, where a command is a command and no word of a sentence."""
    return "\n".join(CODE.findall(readme))


def ends(name: str, paths: list[str]) -> bool:
    return any(f"/{path}".endswith(f"/{name}") for path in paths)


def test_folders_exist(readme):
    folders = [f"{parent.relative_to(ROOT)}/" for path in files() for parent in path.parents if parent.is_relative_to(ROOT)]
    assert [name for name in FOLDER.findall(readme) if not ends(name, [*folders, *MADE])] == []


def test_files_exist(readme):
    names = [str(path.relative_to(ROOT)) for path in files()]
    assert [name for name in FILE.findall(readme) if not ends(name, names)] == []


def test_links_and_pictures_lead_somewhere(readme):
    assert [link for link in LINK.findall(readme) if not (ROOT / link).exists()] == []


def test_make_knows_the_targets(code):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(MAKE.findall(code)) <= targets
    assert {"run", "test"} <= set(MAKE.findall(code))


def test_sambat_knows_the_commands(code):
    from backend import cli

    commands = set(typer.main.get_command(cli.app).commands)
    assert set(SAMBAT.findall(code)) <= commands


def test_make_prints_what_it_can_do():
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"make run", "make test"} <= {line.split("\t")[0] for line in said.splitlines()}


def test_no_file_lies_where_no_one_said(readme):
    """Each folder at the top is in the README's tree."""
    tops = {path.relative_to(ROOT).parts[0] for path in files() if len(path.relative_to(ROOT).parts) > 1}
    assert [name for name in sorted(tops) if not name.startswith(".") and f"{name}/" not in readme] == []


def test_it_says_how_to_begin_in_two_commands(readme):
    assert re.search(r"make run.{0,400}make test", readme, re.DOTALL)
