"""What the report form weighs on a phone that has never been here: bytes over the line, in a real browser, by kind.

`python -m benchmarks.weight` ends with exit code 1 where a limit is passed.
"""

import asyncio
import contextlib
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import CDPSession, Page, Request, async_playwright
from rich.console import Console
from rich.table import Table

from benchmarks.server import Server

PAGE = "/complaints/new"
PAGE_LIMIT, SCRIPT_LIMIT = 90 * 1024, 40 * 1024
SLOW_LINE = 15 * 1024
"""Bytes a second of a bad line."""
QUIET_SECONDS = 2.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
console = Console()


class Weight(msgspec.Struct):
    """Bytes with their headers, by kind: until the page stands, and what came after it. `plain` are scripts that came uncompressed."""

    at_once: Counter[str] = msgspec.field(default_factory=Counter)
    later: Counter[str] = msgspec.field(default_factory=Counter)
    worker: Counter[str] = msgspec.field(default_factory=Counter)
    plain: list[str] = []
    loaded: bool = False

    @property
    def kept(self) -> bool:
        """Both limits."""
        return self.at_once.total() <= PAGE_LIMIT and self.at_once["Script"] <= SCRIPT_LIMIT and not self.plain and self.loaded


async def weigh() -> Weight:
    """Open the form once."""
    weight = Weight()
    with tempfile.TemporaryDirectory(prefix="sambat-weight-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data")
        try:
            await server.start()
            await _open(server.address, Path(folder) / "profile", weight)
        finally:
            with contextlib.suppress(ProcessLookupError):
                server.kill()
                await server.gone()
    return weight


async def _open(address: str, profile: Path, weight: Weight) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    async with async_playwright() as playwright:
        phone = {"viewport": {"width": 360, "height": 740}, "locale": "id-ID"}
        context = await playwright.chromium.launch_persistent_context(str(profile), executable_path=browser, args=FLAGS, **phone)  # type: ignore[arg-type]  # as documented
        page = context.pages[0]
        await _listen(page, await context.new_cdp_session(page), weight)
        fetched: list[Request] = []
        context.on("requestfinished", lambda request: fetched.append(request) if request.service_worker else None)
        await page.goto(f"{address}{PAGE}", wait_until="load")
        await _until_quiet(fetched, weight)
        for request in fetched:
            sizes = await request.sizes()
            weight.worker[request.resource_type] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
        await context.close()


async def _listen(page: Page, session: CDPSession, weight: Weight) -> None:
    kinds: dict[str, str] = {}

    def received(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        if event["type"] == "Script" and headers.get("content-encoding") != "br":
            weight.plain.append(event["response"]["url"].rpartition("/")[2])

    def finished(event: dict[str, Any]) -> None:
        counted = weight.later if weight.loaded else weight.at_once
        counted[kinds.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    def loaded(_: Page) -> None:
        weight.loaded = True

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    page.on("load", loaded)
    await session.send("Network.enable")


async def _until_quiet(fetched: list[Request], weight: Weight) -> None:
    """Wait until the service worker and the page have fetched what they want for later."""
    seen = -1
    while seen != (now := len(fetched) + weight.later.total()):
        seen = now
        await asyncio.sleep(QUIET_SECONDS)


def main() -> None:
    """Weigh and print."""
    weight = asyncio.run(weigh())
    table = Table(
        "Kind",
        "Until it stands",
        "Later",
        "By the service worker",
        title=f"{PAGE}, empty profile, bytes over the line",
        title_justify="left",
    )
    for kind in sorted(weight.at_once | weight.later | weight.worker):
        table.add_row(kind, *(str(counted[kind] or "") for counted in (weight.at_once, weight.later, weight.worker)))
    table.add_row("all", *(str(counted.total()) for counted in (weight.at_once, weight.later, weight.worker)))
    console.print(table)
    console.print(f"{weight.at_once.total() / 1024:.1f} of {PAGE_LIMIT // 1024} KiB: {weight.at_once.total() / SLOW_LINE:.1f} s at 15 KB/s")
    console.print(f"{weight.at_once['Script'] / 1024:.1f} of {SCRIPT_LIMIT // 1024} KiB of scripts")
    if weight.plain:
        console.print(f"[red]not as brotli:[/] {', '.join(weight.plain)}")
    console.print("[green]Within the limits.[/]" if weight.kept else "[red]Too heavy.[/]")
    sys.exit(0 if weight.kept else 1)


if __name__ == "__main__":
    main()
