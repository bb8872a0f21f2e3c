"""A phone: a browser with a profile of its own, which can be killed and started again, and what lies in its storage."""

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.support import chromium, machine
from tests.support.people import MALANG, PASSWORD, PATIENCE, PHONE, until

PEEPHOLE = "/assets/favicon.svg"
"""What the worker keeps and is no page of the house: whoever looks from there moves nothing."""
_STORED = """async () => {
    const whole = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const database = await whole(indexedDB.open("sambat"));
    const all = (name) => whole(database.transaction(name).objectStore(name).getAll());
    const digested = async ({ blob, ...photo }) => ({
        ...photo, bytes: blob.size, digest: hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())),
    });
    const [operations, photos, receipts, diary] = await Promise.all(["operations", "photos", "receipts", "diary"].map(all));
    database.close();
    return { operations, photos: await Promise.all(photos.map(digested)), receipts, diary };
}"""
_KEPT = "async (paths) => (await Promise.all(paths.map((path) => caches.match(path, { ignoreVary: true })))).every(Boolean)"


@dataclass
class Stored:
    """What lies on the phone: rows as its own script wrote them; of a photo its length and digest in place of its bytes."""

    operations: list[dict[str, Any]]
    photos: list[dict[str, Any]]
    receipts: list[dict[str, Any]]
    diary: list[dict[str, Any]]

    def noted(self, about: str) -> list[str]:
        """What the diary says of an operation or a photo, in order."""
        return [line["what"] for line in self.diary if line["id"] == about]


@dataclass
class Phone:
    """One profile and the browser that runs on it; `page` is the tab in front."""

    browser: Browser
    profile: Path
    address: str
    permissions: list[str]
    faults: list[str] = field(default_factory=list)
    """What a script of the house did not catch, in any tab."""
    _context: BrowserContext | None = None
    _gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def switch_on(self) -> None:
        """With the same storage as before."""
        settings = {**MALANG, **PHONE, "permissions": self.permissions}
        self._context = await self.browser.browser_type.launch_persistent_context(
            self.profile, executable_path=machine.chromium(), args=[*chromium.FLAGS, *chromium.HASTY_SYNC], **settings
        )
        self._context.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        self._gone.clear()
        self._context.on("close", lambda _: self._gone.set())
        self._context.on("weberror", lambda fault: self.faults.append(str(fault.error)))

    async def switch_off(self) -> None:
        if self._context is not None and not self._gone.is_set():
            await self._context.close()

    async def kill(self) -> None:
        """Every process of the browser at once: no time to write anything down."""
        group = self._process()
        assert os.getpgid(group) == group, "the browser leads a process group of its own"
        os.killpg(group, signal.SIGKILL)
        await asyncio.wait_for(self._gone.wait(), PATIENCE)

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None
        return self._context

    @property
    def page(self) -> Page:
        return self.context.pages[-1]

    async def open(self, path: str) -> Page:
        await self.page.goto(self.address + path)
        return self.page

    async def new_tab(self, path: str) -> Page:
        page = await self.context.new_page()
        await page.goto(self.address + path)
        return page

    async def close_tab(self) -> None:
        """No page of the house is open after this; the browser keeps running."""
        page = self.page
        await self.context.new_page()
        await page.close()
        assert [one.url for one in self.context.pages if one.url.startswith("http")] == []

    async def is_ready_for_no_signal(self, *paths: str) -> None:
        """The worker has taken over, and these pages are kept."""
        page = self.page
        await until(lambda: page.evaluate("navigator.serviceWorker.controller !== null"))
        await until(lambda: page.evaluate(_KEPT, ["/complaints/new", "/queue", "/offline", "/receipt", "/claim", *paths]))

    async def sign_in(self, email: str) -> None:
        page = await self.open("/sign-in")
        await page.get_by_label("Alamat email").fill(email)
        await page.get_by_label("Kata sandi").fill(PASSWORD)
        await page.get_by_role("main").get_by_role("button", name="Masuk").click()
        await expect(page.locator("details.account")).to_be_attached()

    async def stored(self) -> Stored:
        """Seen through a page that does nothing."""
        peephole = await self.context.new_page()
        try:
            await peephole.goto(self.address + PEEPHOLE)
            return Stored(**await peephole.evaluate(_STORED))
        finally:
            await peephole.close()

    async def worker_stops(self) -> None:
        """As the browser does when it needs the memory."""
        cdp = await self.context.new_cdp_session(self.page)
        running: dict[str, str] = {}
        cdp.on("ServiceWorker.workerVersionUpdated", lambda event: _note(running, event))
        await cdp.send("ServiceWorker.enable")
        await cdp.send("ServiceWorker.stopAllWorkers")
        await self._until_stopped(cdp, running)

    async def _until_stopped(self, cdp: CDPSession, running: dict[str, str]) -> None:
        async def ask() -> bool:
            await self.page.wait_for_timeout(50)
            return bool(running) and set(running.values()) == {"stopped"}

        await until(ask)
        await cdp.detach()

    def _process(self) -> int:
        wanted = f"--user-data-dir={self.profile}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                line = (folder / "cmdline").read_bytes().split(b"\0")
                if wanted in line and not any(part.startswith(b"--type=") for part in line):
                    return int(folder.name)
        raise ProcessLookupError(self.profile)


def _note(running: dict[str, str], event: dict[str, Any]) -> None:
    for version in event["versions"]:
        running[version["versionId"]] = version["runningStatus"]
