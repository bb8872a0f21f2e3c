"""What a phone gets before anybody has told anything: little to load, an app to install, and pages that everybody can read."""

from typing import Any

import pytest
from playwright.async_api import CDPSession, expect

from tests.journeys.push import Subscriber
from tests.journeys.staff import Staff
from tests.support.eyes import Eyes
from tests.support.people import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BUDGET = 60 * 1024
"""Bytes over the line for the first report form of a new phone, everything included: four seconds at 15 KB/s."""


async def test_a_new_phone_has_the_report_form_after_few_bytes(citizen: Subscriber) -> None:
    person = citizen.person
    cdp = await person.context.new_cdp_session(person.page)
    received: list[float] = []
    cdp.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    await cdp.send("Network.enable")
    await person.page.goto(f"{person.house.address}/complaints/new", wait_until="load")
    await expect(person.page.get_by_role("button", name="Kirim aduan")).to_be_visible()
    assert 0 < sum(received) <= BUDGET


async def test_a_phone_may_install_the_app(citizen: Subscriber) -> None:
    await citizen.person.open("/")
    await citizen.person.is_ready_for_no_signal()
    cdp = await citizen.person.context.new_cdp_session(citizen.person.page)
    manifest = await cdp.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{citizen.person.house.address}/manifest.webmanifest"
    assert await until(lambda: _nothing_in_the_way(cdp))


async def test_pages_nobody_passes_on_the_walk_are_readable_too(citizen: Subscriber, staff: Staff, eyes: Eyes) -> None:
    person = citizen.person
    for step, path in (("home of a stranger", "/"), ("sign in", "/sign-in"), ("no complaints yet", "/complaints"), ("card", "/claim")):
        await person.open(path)
        await eyes.look(person, step)
    await person.open("/queue")
    await expect(person.page.locator("[data-queue-empty]")).to_be_visible()
    await eyes.look(person, "empty queue")
    await person.open("/receipt#nothing")
    await expect(person.page.locator("[data-receipt-none]")).to_be_visible()
    await eyes.look(person, "no such slip")
    await person.open("/complaints/00000000-0000-4000-8000-000000000000")
    await eyes.look(person, "no such case")
    for worker in (staff.moderator, staff.roads_officer):
        await worker.open("/")
        await eyes.look(worker, f"home of {worker.name}")
        await worker.open("/work")
        await eyes.look(worker, f"work of {worker.name}")
    assert eyes.found == []


async def _nothing_in_the_way(cdp: CDPSession) -> bool:
    """Chromium looks at the icons in its own time."""
    answer: dict[str, Any] = await cdp.send("Page.getInstallabilityErrors")
    return not answer["installabilityErrors"]
