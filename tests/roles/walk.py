"""One person's way through the app: every page looked at, what is wrong with it kept until the end."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Error, Locator, expect

from tests.support.eyes import Eyes
from tests.support.house import House
from tests.support.people import MALANG, Person, Screen, met
from tests.support.tree import ROOT

PICTURES = ROOT / "build" / "roles"
AT_REST = """() => !document.querySelector(".htmx-request") && [...document.images].every(({ complete, loading }) => complete || loading === "lazy")"""
OPENED_ANEW = "Execution context was destroyed"
WIDE = "document.documentElement.scrollWidth > innerWidth"
Meeting = Callable[[str, Screen], AbstractAsyncContextManager["Walk"]]


@dataclass
class Walk:
    """Somebody with their eyes."""

    person: Person
    eyes: Eyes

    def __post_init__(self) -> None:
        self.page = self.person.page

    async def open(self, path: str, step: str = "") -> None:
        """Opens a page as somebody does who knows its address. `step`: looks at it too."""
        answer = await self.page.goto(self.person.house.address + path)
        assert answer
        assert answer.ok, f"{path}: {answer.status}"
        if step:
            await self.see(step)

    async def see(self, step: str, *, last: bool = False) -> None:
        """As it stands when nothing is on its way any more; a page that opens itself anew meanwhile is looked at again."""
        while True:
            await self.page.wait_for_function(AT_REST)
            try:
                await self.eyes.look(self.person, step, last=last)
            except Error as error:
                if OPENED_ANEW not in error.message:
                    raise
            else:
                break
        if await self.page.evaluate(WIDE):
            self.eyes.found.append(f"{step}: scrolls sideways")

    async def press(self, name: str, within: Locator | None = None) -> None:
        await (within or self.page.get_by_role("main")).get_by_role("button", name=name, exact=True).first.click()

    async def follow(self, link: Locator) -> None:
        """Goes where a link leads, and waits until that is a page."""
        target = await link.first.get_attribute("href")
        assert target
        await link.first.click()
        await self.page.wait_for_url(f"**{target.partition('#')[0]}**")
        await expect(self.page.get_by_role("main")).to_be_visible()

    async def choose_from_menu(self, words: str) -> None:
        """As it stands behind the name of who is signed in."""
        await self.page.locator("details.account summary").click()
        await self.follow(self.page.locator(".account__menu").get_by_role("link", name=words, exact=True))

    async def unfold(self, step: str) -> Locator:
        """A step of a case, opened where it is not the only one."""
        found = self.page.locator(f"details.step--{step}").first
        if await found.get_attribute("open") is None:
            await found.locator("summary").first.click()
        return found

    def wrong(self) -> list[str]:
        """What axe found, what a page complained of, what the house logged as a fault."""
        logged = [line for line in self.person.house.log.splitlines() if "level='error'" in line]
        return [*self.eyes.found, *self.person.faults, *logged]


@asynccontextmanager
async def walking(house: House, browser: Browser, role: str, screen: Screen) -> AsyncIterator[Walk]:
    """A browser nobody has used before; at the end nothing was wrong. Where it breaks off, a picture tells where."""
    given: dict[str, Any] = {**MALANG, **screen}
    walk = Walk(await met(role, house, await browser.new_context(**given)), Eyes(PICTURES / role, nights=False, whole=True))
    try:
        yield walk
    except BaseException:
        await walk.eyes.look_back([walk.person])
        raise
    finally:
        await walk.person.context.close()
    assert walk.wrong() == []
