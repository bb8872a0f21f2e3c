"""Who holds the card opens the case, on any phone; and what of it must never be seen on the way."""

from typing import Any

from playwright.async_api import Request, expect

from tests.journeys.reporting import Told
from tests.support.eyes import Eyes
from tests.support.people import Person


async def open_by_card(reader: Person, eyes: Eyes, told: Told) -> None:
    """As the code on the card leads: the key is out of the address at once, and in no request's address or headers."""
    page = reader.page
    await reader.open(f"/claim#{told.key}")
    assert page.url == f"{reader.house.address}/claim"
    await expect(page.get_by_label("Kunci aduan")).to_have_value(told.key)
    await eyes.look(reader, "card on another phone")
    await page.get_by_role("button", name="Buka aduan").click()
    await page.wait_for_url(f"**/complaints/{told.id}")
    await expect(page.locator(".case__top .badge")).to_be_visible()
    await eyes.look(reader, "case on another phone")
    cdp = await reader.context.new_cdp_session(page)
    history = await cdp.send("Page.getNavigationHistory")
    await cdp.detach()
    assert [entry["url"] for entry in history["entries"] if told.key in entry["url"]] == []
    assert [one.url for one in reader.requests if told.key in f"{one.url} {one.headers}"] == []


async def carries_nothing_of_the_sender(sender: Person, told: Told) -> None:
    """What this phone sent about the case: each operation alone, without session, device, account or moment; photos too."""
    sent = [one for one in sender.requests if one.url.endswith("/api/sync") and str(told.id) in (one.post_data or "")]
    arrived = [one for one in sent if await one.response()]
    assert arrived
    for request in sent:
        body: Any = request.post_data_json
        assert set(body) == {"protocol", "sent_at", "cursor", "claims", "operations"}
        assert (body["cursor"], body["claims"], len(body["operations"])) == (0, [], 1)
        [operation] = body["operations"]
        assert operation["owner"] is None
        assert "occurred_at" not in operation
    photos = [one for one in sender.requests if "/api/photos" in one.url and await one.response()]
    assert [one.url for one in [*arrived, *photos] if await _has_cookie(one)] == []


async def carries_the_session(sender: Person) -> bool:
    """Shows that a cookie would have been seen."""
    return any([await _has_cookie(one) for one in sender.requests if one.url.endswith("/api/sync") and await one.response()])


async def _has_cookie(request: Request) -> bool:
    """As it went over the line; for what a page or a worker fetches. Of a preloaded page Chromium never tells."""
    return "cookie" in await request.all_headers()
