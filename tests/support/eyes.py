"""What is looked at on the way: a picture of every step, and axe over it, by day and by night."""

import re
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Page

from tests.support import machine
from tests.support.people import Person
from tests.support.tree import ROOT

Light = Literal["dark", "light"]
AXE = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()
ASK_AXE = """async ({ rules, known }) => {
    const titled = (part) => part.querySelector("summary").textContent.trim();
    const parts = [...document.querySelectorAll("main details")].map((part) => ({ part, open: part.open }));
    const unfolded = parts.filter(({ part }) => !part.open && !known.includes(titled(part))).map(({ part }) => part);
    for (const part of unfolded) part.open = true;
    const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false, ...(rules && { runOnly: rules }) });
    for (const { part, open } of parts) part.open = open;
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
    return { found, unfolded: unfolded.map(titled) };
}"""
"""What is folded away is looked at too, where this person has not seen it yet."""
COLOURS = ["color-contrast", "link-in-text-block"]
"""All that is different by night."""
TALLEST = 6000
"""Pixels of a page that are pictured: what sticks to the screen's edge stays at the edge of the picture."""


class Eyes:
    """Numbers the pictures of one journey. `nights`: each step is pictured by night too, not only the last. `whole`: all of a page, not what fits."""

    def __init__(self, folder: Path, *, nights: bool = True, whole: bool = False) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob("*.png"):
            old.unlink()
        self._nights = nights
        self._whole = whole
        self._seen = 0
        self._unfolded: dict[str, set[str]] = {}
        self.found: list[str] = []

    async def look(self, person: Person, step: str, *, last: bool = False) -> None:
        """Pictures of the page as it stands. What axe finds is told at the end; it looks once where somebody comes by in each journey."""
        self._seen += 1
        name = f"{self._seen:02d}-{step}"
        if self._nights or last:
            await self._see(person, step, "dark", f"{name}-dark")
        elif step not in person.checked:
            await self._see(person, step, "dark")
        await self._see(person, step, "light", name)
        person.checked.add(step)

    async def look_back(self, people: list[Person]) -> None:
        """Where everybody stood when it went wrong."""
        for person in people:
            await self._draw(person.page, f"zz-{person.name}")

    async def _see(self, person: Person, step: str, light: Light, picture: str = "") -> None:
        await person.page.emulate_media(color_scheme=light)
        if picture:
            await self._picture(person, picture)
        if step not in person.checked:
            self.found += [f"{step} ({light}): {line}" for line in await self._axe(person, light)]

    async def _picture(self, person: Person, name: str) -> None:
        """To be looked at by somebody: on CI nobody does, unless something went wrong."""
        page, screen = person.page, person.page.viewport_size
        if machine.CI:
            return
        if self._whole and screen:
            tall = await page.evaluate("document.documentElement.scrollHeight")
            await page.set_viewport_size({"width": screen["width"], "height": min(max(tall, screen["height"]), TALLEST)})
        await self._draw(page, name)
        if self._whole and screen:
            await page.set_viewport_size(screen)

    async def _draw(self, page: Page, name: str) -> None:
        await page.screenshot(path=self._folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png")

    async def _axe(self, person: Person, light: Light) -> list[str]:
        """From outside, as the page's own policy lets no stranger's script in."""
        if not await person.page.evaluate("'axe' in window"):
            await person.page.evaluate(AXE)
        known = self._unfolded.setdefault(f"{person.name} {light}", set())
        asked = {"rules": COLOURS if light == "dark" else None, "known": sorted(known)}
        answer: dict[str, Any] = await person.page.evaluate(ASK_AXE, asked)
        known.update(answer["unfolded"])
        return [str(line) for line in answer["found"]]
