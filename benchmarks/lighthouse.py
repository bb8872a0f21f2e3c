"""What Lighthouse says of the pages people see first, as on a mid-range phone on a slow line: `make lighthouse`.

Ends with exit code 1 where a score is below its aim. The reports, as pages to read, lie in `build/lighthouse`.
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import httpx
import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.server import ROOT, Server
from benchmarks.weight import BROWSERS, FLAGS

REPORTS = ROOT / "build" / "lighthouse"
AIMS = {"performance": 95, "accessibility": 100, "best-practices": 95, "seo": 90}
NOT_FOUND_BY_SEARCH = frozenset({"complaint"})
"""Pages search engines are not led to."""
console = Console()


class Category(msgspec.Struct):
    """A score between nought and one."""

    score: float | None


class Report(msgspec.Struct):
    """What is read of a report."""

    categories: dict[str, Category]


async def examine() -> dict[str, dict[str, int]]:
    """Page -> category -> score in per cent."""
    with tempfile.TemporaryDirectory(prefix="sambat-lighthouse-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data")
        await server.start()
        try:
            return {name: await _examine(name, f"{server.address}{path}") for name, path in (await _pages(server.address)).items()}
        finally:
            await server.stop()


async def _pages(address: str) -> dict[str, str]:
    """The pages to look at; the complaint is the first of the public list."""
    async with httpx.AsyncClient(trust_env=False) as client:
        listed = (await client.get(f"{address}/public")).text
    [found, *_] = re.findall(r'href="/public/(?!map)([^"/?]+)"', listed)
    return {"home": "/", "report": "/complaints/new", "public list": "/public", "complaint": f"/public/{found}"}


async def _examine(name: str, url: str) -> dict[str, int]:
    file = REPORTS / name.replace(" ", "-")
    REPORTS.mkdir(parents=True, exist_ok=True)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "hatch_build.py"),
        "npm",
        "-s",
        "run",
        "lighthouse",
        "--",
        url,
        "--quiet",
        "--output=json",
        "--output=html",
        f"--output-path={file}",
        f"--only-categories={','.join(AIMS)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        env={**os.environ, "CHROME_PATH": str(browser)},
        stdout=asyncio.subprocess.DEVNULL,
    )
    if await process.wait():
        message = f"lighthouse failed on {url}"
        raise RuntimeError(message)
    return _scores(Path(f"{file}.report.json"))


def _scores(file: Path) -> dict[str, int]:
    report = msgspec.json.decode(file.read_bytes(), type=Report)
    return {category: round(100 * (found.score or 0)) for category, found in report.categories.items()}


def main() -> None:
    """Examine and print."""
    scores = asyncio.run(examine())
    table = Table("Page", *AIMS, title="Lighthouse, mobile", title_justify="left")
    low = []
    for page, found in scores.items():
        for category, aim in AIMS.items():
            if found[category] < aim and not (category == "seo" and page in NOT_FOUND_BY_SEARCH):
                low.append(f"{page}: {category} {found[category]} < {aim}")
        table.add_row(page, *(str(found[category]) for category in AIMS))
    console.print(table)
    console.print("\n".join(low) if low else "[green]Every aim is met.[/]")
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
