"""Every main page with no data, a crowd, long words and large text, by day and night: `make screens`. Pictures lie in `build/screens`.

Ends with exit code 1 where a page scrolls sideways or something on it is cut off. Prints how long each page takes to answer.
"""

import asyncio
import json
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any, Literal

import msgspec
from playwright.async_api import BrowserContext, Locator, Page, async_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import crowd, edges
from benchmarks.pages import HOUSES, SCREENS, House, Screen
from benchmarks.people import PASSWORD
from benchmarks.server import ROOT, Server
from benchmarks.weight import BROWSERS, FLAGS

PICTURES = ROOT / "build" / "screens"
WIDTHS = {360: 740, 412: 915, 1280: 800}
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 3000
AGAIN = 5
"""So often a page is asked for once more, for the usual time of its answer."""
console = Console()


class Answer(msgspec.Struct):
    """Milliseconds until the first byte: the first time, and as usual. No `usual` where nothing was there to open."""

    first: float
    usual: float


class Seen(msgspec.Struct):
    """What came of a house."""

    house: str
    faults: list[str] = []
    answers: dict[str, Answer] = {}


async def look(wanted: list[str]) -> list[Seen]:
    """Every page of each house, one after the other."""
    with tempfile.TemporaryDirectory(prefix="sambat-screens-", ignore_cleanup_errors=True) as folder:
        told = Path(folder) / "told"
        server = Server(told / "data")
        told.mkdir()
        await server.start()
        await server.stop()
        return [await _look_at(house, told, Path(folder)) for house in HOUSES if not wanted or house.name in wanted]


async def _look_at(house: House, told: Path, folder: Path) -> Seen:
    console.print(f"[bold]{house.name}[/]")
    place = folder / house.name.replace(" ", "-")
    shutil.copytree(told, place)
    if house.change:
        house.change(place / "data")
    server, seen = Server(place / "data", demo=False), Seen(house.name)
    await server.start()
    try:
        for who in dict.fromkeys(screen.who for screen in SCREENS):
            async with _browser(place / f"profile-{who}", large=house.large) as context:
                await _walk(context, server.address, who, seen)
    finally:
        await server.stop()
        shutil.rmtree(place, ignore_errors=True)
    return seen


async def _walk(context: BrowserContext, address: str, who: str, seen: Seen) -> None:
    page = context.pages[0]
    context.set_default_timeout(60_000)
    if who:
        await _sign_in(page, address, who)
    for screen in SCREENS:
        if screen.who == who:
            await page.set_viewport_size({"width": 1280, "height": 800})
            if await _open(page, address, screen):
                seen.answers[screen.name] = await _timed(page)
                await _see(page, screen, seen)


async def _see(page: Page, screen: Screen, seen: Seen) -> None:
    folder = PICTURES / seen.house.replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in WIDTHS.items():
        await page.set_viewport_size({"width": width, "height": height})
        await _settled(page)
        seen.faults += [f"{seen.house}, {screen.name}, {width} px: {line}" for line in await edges.faults(page)]
        tall = int(await page.evaluate("document.documentElement.scrollHeight"))
        await page.set_viewport_size({"width": width, "height": max(height, min(tall, TALLEST))})
        for light in LIGHTS:
            await page.emulate_media(color_scheme=light, reduced_motion="reduce")
            await page.screenshot(path=folder / f"{screen.name.replace(' ', '-')}-{width}{'-dark' if light == 'dark' else ''}.png")


async def _open(page: Page, address: str, screen: Screen) -> bool:
    """False where the page has nothing that leads on."""
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    await page.goto(address + screen.path)
    if screen.name == "receipt":
        await _report(page)
    if screen.then:
        link: Locator = page.locator(screen.then).first
        if not await link.count():
            return False
        await page.goto(address + str(await link.get_attribute("href")))
    await _settled(page)
    return True


async def _report(page: Page) -> None:
    await page.locator("#text").fill(f"{crowd.WORD} di depan pasar, sudah tiga hari.")
    await page.locator("input[name=address]").fill(crowd.WORD)
    await page.get_by_role("button", name="Kirim aduan").click()
    await page.wait_for_url("**/receipt#*")
    await page.get_by_text("Sudah diterima Pemkot").wait_for()


async def _timed(page: Page) -> Answer:
    """As the browser measured the opening, and as it goes when asked again."""
    first = float(await page.evaluate("(([one]) => one.responseStart - one.requestStart)(performance.getEntriesByType('navigation'))"))
    path = re.sub(r"#.*", "", page.url)
    times = [
        float(
            await page.evaluate("async (url) => { const at = performance.now(); await fetch(url); return performance.now() - at; }", path)
        )
        for _ in range(AGAIN)
    ]
    return Answer(first, median(times))


async def _settled(page: Page) -> None:
    """What the page fetches by itself has come."""
    await page.wait_for_timeout(150)
    await page.wait_for_function("() => !document.querySelector('.htmx-request')")


async def _sign_in(page: Page, address: str, who: str) -> None:
    await page.goto(f"{address}/sign-in")
    await page.locator("input[name=email]").fill(f"{who}@contoh.test")
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.locator("main form").first.get_by_role("button").first.click()
    await page.locator("details.account").wait_for(state="attached")


@asynccontextmanager
async def _browser(profile: Path, *, large: bool) -> AsyncIterator[BrowserContext]:
    """Large letters are the person's own setting: twice the browser's 16 px."""
    settings: dict[str, Any] = {"webkit": {"webprefs": {"default_font_size": 32, "minimum_font_size": 0}}} if large else {}
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(settings))
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            str(profile), executable_path=program, args=FLAGS, locale="id-ID", timezone_id="Asia/Jakarta", service_workers="block"
        )
        yield context
        await context.close()


def main() -> None:
    """Look at the houses named, or at all, and print."""
    seen = asyncio.run(look(sys.argv[1:]))
    table = Table("Page", *(one.house for one in seen), title="Milliseconds to answer: first, then as usual", title_justify="left")
    for screen in SCREENS:
        answers = [one.answers.get(screen.name) for one in seen]
        table.add_row(screen.name, *(f"{answer.first:.0f}, {answer.usual:.0f}" if answer else "" for answer in answers))
    console.print(table)
    faults = [fault for one in seen for fault in one.faults]
    console.print("\n".join(faults) if faults else "[green]Everything fits.[/]", highlight=False)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
