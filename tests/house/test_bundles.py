"""What a phone fetches before it can do anything stays small."""

import json
import re

import pytest

from tests.support.tree import ROOT

DIST = ROOT / "frontend" / "dist"
BUDGET = 40 * 1024
"""Bytes of brotli for our scripts and htmx: three seconds at 15 KB/s."""


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return json.loads((DIST / "manifest.json").read_text())["files"]


def weight(name: str, seen: set[str]) -> int:
    """Brotli bytes of a script and all that it imports at once; what it imports later is not counted."""
    if name in seen:
        return 0
    seen.add(name)
    path = DIST / "assets" / name
    at_once = re.findall(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""", path.read_text())
    return path.with_name(f"{name}.br").stat().st_size + sum(weight(other, seen) for other in at_once)


def test_the_scripts_of_a_page_are_within_the_budget(built):
    seen: set[str] = set()
    assert weight(built["main.js"], seen) + weight(built["htmx.js"], seen) <= BUDGET


def test_the_service_worker_knows_this_build():
    build = json.loads((DIST / "manifest.json").read_text())["build"]
    assert build in (DIST / "sw.js").read_text()


def test_every_asset_of_text_has_its_compressed_copies():
    text = [path for path in DIST.rglob("*") if path.suffix in {".css", ".js", ".svg"}]
    assert [path.name for path in text if not all(path.with_name(f"{path.name}.{kind}").exists() for kind in ("br", "gz"))] == []
