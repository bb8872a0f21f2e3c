"""The verdict: acknowledged exactly once in the house's database and gone from the phone, or still on the phone and in sight."""

import sqlite3
from contextlib import closing
from typing import Any

from playwright.async_api import expect

from tests.browser.phone import Phone
from tests.support.house import House
from tests.support.people import until

Row = dict[str, Any]


def rows(house: House, query: str, *values: object) -> list[Row]:
    """What the database file says, read beside the running house or after its death."""
    with closing(sqlite3.connect(f"file:{house.database}?mode=ro", uri=True, timeout=30)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query, values)]


def photos(house: House, complaint: str) -> list[Row]:
    return rows(house, "SELECT * FROM photo WHERE complaint = ? ORDER BY place", complaint)


async def has_once(house: House, entry: Row) -> None:
    """The house took this entry of a phone's queue once: its text, and each photo it names, whole and fit to be shown."""
    operation = entry["operation"]

    async def complete() -> bool:
        if not rows(house, "SELECT id FROM operation WHERE id = ?", operation["id"]):
            return False
        return all(one["state"] == "ready" for one in photos(house, entry["complaint"]))

    await until(complete)
    [kept] = rows(house, "SELECT kind, status FROM operation WHERE id = ?", operation["id"])
    assert kept == {"kind": operation["kind"], "status": "applied"}
    [told] = rows(house, "SELECT text, number FROM complaint WHERE id = ?", entry["complaint"])
    assert told["text"] == operation["text"]
    assert len(rows(house, "SELECT id FROM complaint WHERE text = ?", operation["text"])) == 1
    assert len(rows(house, "SELECT id FROM event WHERE operation = ? AND kind = 'complaint.received'", operation["id"])) == 1
    wanted = [(photo["id"], photo["sha256"], photo["size"], photo["size"]) for photo in operation["photos"]]
    assert [(one["id"], one["sha256"], one["size"], one["received"]) for one in photos(house, entry["complaint"])] == wanted
    for photo in operation["photos"]:
        assert len([name for name in house.photo_files if photo["id"] in name]) == 2, "large and small"


async def has_let_go(phone: Phone, house: House, entry: Row, senders: int = 1) -> None:
    """The phone keeps the receipt alone, with the house's number, and its diary tells the whole way; each sender writes of what it heard."""

    async def empty() -> bool:
        return entry["id"] not in {one["id"] for one in (await phone.stored()).operations}

    await until(empty)
    stored = await phone.stored()
    assert [photo["id"] for photo in stored.photos if photo["holder"] == entry["id"]] == []
    [receipt] = [one for one in stored.receipts if one["complaint"] == entry["complaint"]]
    [told] = rows(house, "SELECT number FROM complaint WHERE id = ?", entry["complaint"])
    assert (receipt["number"], receipt["received_at"] is not None) == (told["number"], True)
    noted = stored.noted(entry["id"])
    assert (noted[0], noted[-1]) == ("queued", "acknowledged")
    assert noted.count("acknowledged") == 1
    assert 1 <= noted.count("accepted") <= senders, noted
    for photo in entry["operation"]["photos"]:
        told_of = stored.noted(photo["id"])
        assert set(told_of) == {"photo acknowledged"}
        assert len(told_of) <= senders


async def is_in_sight(phone: Phone, entry: Row, words: str) -> None:
    """Still on the phone with every photo, and the queue says so."""
    stored = await phone.stored()
    [kept] = [one for one in stored.operations if one["id"] == entry["id"]]
    assert kept["operation"] == entry["operation"]
    sent = set(kept["photos_sent"])
    here = {(one["id"], one["digest"], one["bytes"]) for one in stored.photos if one["holder"] == entry["id"]}
    assert here == {(one["id"], one["sha256"], one["size"]) for one in entry["operation"].get("photos", []) if one["id"] not in sent}
    page = await phone.open("/queue")
    await expect(page.locator(f'[data-entry="{entry["id"]}"]')).to_contain_text(words)
