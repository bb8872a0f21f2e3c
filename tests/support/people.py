"""Who takes part: a browser for each, and what all of them do with it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playwright.async_api import BrowserContext, ConsoleMessage, Error, Locator, Page, Request, expect

from tests.support.house import House

PASSWORD = "sambat-demo"
PATIENCE = 60
"""Seconds for whatever the house or a phone does by itself."""
Screen = dict[str, Any]
PHONE: Screen = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
DESK: Screen = {"viewport": {"width": 1280, "height": 800}}
MALANG: dict[str, Any] = {
    "locale": "id-ID",
    "timezone_id": "Asia/Jakarta",
    "geolocation": {"latitude": -7.9666, "longitude": 112.6326, "accuracy": 12},
    "permissions": ["notifications", "background-sync", "geolocation"],
    "reduced_motion": "reduce",
}

Found = TypeVar("Found")


@dataclass
class Person:
    """A person's browser with its one page; what went wrong in it; every request it made, its service worker's too; what axe has seen."""

    name: str
    house: House
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    checked: set[str] = field(default_factory=set)

    async def open(self, path: str) -> None:
        await self.page.goto(self.house.address + path)

    async def sign_in(self, email: str) -> None:
        await self.open("/sign-in")
        await self.page.get_by_label("Alamat email").fill(email)
        await self.page.get_by_label("Kata sandi").fill(PASSWORD)
        await self.page.get_by_role("main").get_by_role("button", name="Masuk").click()
        await expect(self.page.locator("details.account")).to_be_attached()

    async def is_ready_for_no_signal(self) -> None:
        """The service worker has taken over this page, and with that keeps all it needs."""
        await until(lambda: self.page.evaluate("navigator.serviceWorker.controller !== null"))


async def met(name: str, house: House, context: BrowserContext) -> Person:
    context.set_default_timeout(PATIENCE * 1000)
    page = context.pages[0] if context.pages else await context.new_page()
    person = Person(name, house, context, page)
    context.on("request", lambda request: person.requests.append(request))  # noqa: PLW0108  (Playwright marks what it is given, which a method of a list refuses)
    page.on("pageerror", lambda error: person.faults.append(str(error)))
    page.on("console", lambda message: _note(person, message))
    return person


async def until(ask: Callable[[], Awaitable[Found]], patience: float = PATIENCE) -> Found:
    """What is found, as soon as it is something."""
    async with asyncio.timeout(patience):
        while not (found := await ask()):
            await asyncio.sleep(0.1)
        return found


async def reread_until_seen(person: Person, what: Locator) -> None:
    """A page that nobody refreshes for its reader is opened anew until it shows this."""

    async def look() -> bool:
        with suppress(Error):  # at this moment it may open itself anew, because something of its own has arrived
            await person.page.reload()
            return await what.count() > 0
        return False

    if await what.count() == 0:
        await until(look)


def _note(person: Person, message: ConsoleMessage) -> None:
    """What the policy of the page refused; that a server is dead is no fault of the page."""
    if "Content Security Policy" in message.text:
        person.faults.append(message.text)
