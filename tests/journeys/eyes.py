"""What is looked at on the way: a picture of every step, and axe over it, by day and by night."""

import re
from pathlib import Path
from typing import Any, Literal

from tests.journeys.people import Person
from tests.support.tree import ROOT

PICTURES = ROOT / "build" / "journey"
AXE = (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()
ASK_AXE = """async () => (await axe.run(document, { resultTypes: ["violations"], preload: false })).violations
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`))"""


class Eyes:
    """Numbers the pictures of one journey."""

    def __init__(self, journey: str) -> None:
        self._folder = PICTURES / journey
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob("*.png"):
            old.unlink()
        self._seen = 0
        self.found: list[str] = []

    async def look(self, person: Person, step: str) -> None:
        """Pictures of the page as it stands. What axe finds is told at the end; it looks once where somebody comes by in each journey."""
        self._seen += 1
        lights: tuple[Literal["dark", "light"], ...] = ("dark", "light")
        for light in lights:
            await person.page.emulate_media(color_scheme=light)
            await self._picture(person, f"{self._seen:02d}-{step}{'-dark' if light == 'dark' else ''}")
            if step not in person.checked:
                self.found += [f"{step} ({light}): {line}" for line in await _axe(person)]
        person.checked.add(step)

    async def look_back(self, people: list[Person]) -> None:
        """Where everybody stood when it went wrong."""
        for person in people:
            await self._picture(person, f"zz-{person.name}")

    async def _picture(self, person: Person, name: str) -> None:
        await person.page.screenshot(path=self._file(name))

    def _file(self, name: str) -> Path:
        return self._folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"


async def _axe(person: Person) -> list[str]:
    """From outside, as the page's own policy lets no stranger's script in."""
    if not await person.page.evaluate("'axe' in window"):
        await person.page.evaluate(AXE)
    found: Any = await person.page.evaluate(ASK_AXE)
    return [str(line) for line in found]
