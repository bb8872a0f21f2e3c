"""What a moderator finds who comes by the door, as a browser does."""

import html
import random
import re

import msgspec

from benchmarks.line import Answer, Door, Line, Traffic
from benchmarks.people import MODERATORS, Session, sign_in
from benchmarks.record import Entry, Record
from benchmarks.verdict.promise import Promise, all_of, more_than_once

LOOKED_AT = 60
"""Complaints and photos of which the page is opened."""
CARD = re.compile(r'id="complaint-([0-9a-f-]{36})"')
GOES_ON = re.compile(r'"(?:/work)?(\?after=[^"]+)"')
FOUND = 200


async def judge(door: Door, record: Record) -> list[Promise]:
    """The promises a moderator can check. Raises `CannotSignIn`."""
    line = Line(door, Traffic(), Record())
    try:
        moderator = await sign_in(line, MODERATORS[0])
        acknowledged = [entry for entry in record.entries.values() if entry.answer is not None]
        return [
            *await _queue(line, moderator, acknowledged),
            await _news(line, moderator, acknowledged),
            await _pages(line, moderator, acknowledged),
            await _photos(line, moderator, acknowledged),
        ]
    finally:
        await line.close()


async def _queue(line: Line, moderator: Session, acknowledged: list[Entry]) -> list[Promise]:
    """The work list from its first page to its last."""
    listed: list[str] = []
    broken, path = [], "/work"
    while path:
        answer = await line.ask("GET", path, headers=moderator.headers)
        if answer.status != FOUND:
            broken.append(f"the list answers {answer.status} after {len(listed)} complaints")
            break
        page = answer.content.decode()
        cards = CARD.findall(page)
        listed += cards
        found = GOES_ON.search(page) if cards else None
        path = f"/work{html.unescape(found[1])}" if found else ""
    missing = {str(entry.complaint) for entry in acknowledged} - set(listed)
    waits = all_of("Every acknowledged complaint waits in the moderation queue", "not in the list", missing)
    waits.broken[:0] = broken
    return [waits, all_of("None waits there twice", "listed again", more_than_once(listed))]


async def _news(line: Line, moderator: Session, acknowledged: list[Entry]) -> Promise:
    """The same by the door of phones: what has changed since the beginning of time."""
    heard: set[str] = set()
    cursor, more = 0, True
    headers = {"Content-Type": "application/json", **moderator.headers}
    while more:
        answer = await line.ask("POST", "/api/sync", content=msgspec.json.encode({"protocol": 1, "cursor": cursor}), headers=headers)
        if answer.status != FOUND:
            return Promise("The sync door tells a moderator of every complaint", [f"it answers {answer.status}"])
        said = msgspec.json.decode(answer.content)
        heard |= {page["url"].rpartition("/")[2] for page in said["changed"]}
        more, cursor = said["more"] and said["cursor"] > cursor, said["cursor"]
    missing = {str(entry.complaint) for entry in acknowledged} - heard
    return all_of("The sync door tells a moderator of every complaint", "not told of", missing)


async def _pages(line: Line, moderator: Session, acknowledged: list[Entry]) -> Promise:
    """The page of some of them: the very words, and the number on the receipt."""
    broken = []
    for entry in _some(acknowledged):
        answer = await line.ask("GET", f"/complaints/{entry.complaint}", headers=moderator.headers)
        page = html.unescape(answer.content.decode())
        number = (entry.answer or {}).get("number", "")
        if answer.status != FOUND or entry.text not in page or f"SRK {number[:4]} {number[4:]}" not in page:
            broken.append(f"{entry.complaint}: {answer.status}, or other words, or another number")
    return Promise("A complaint's page shows the words that were sent and the number of the receipt", broken)


async def _photos(line: Line, moderator: Session, acknowledged: list[Entry]) -> Promise:
    broken = []
    for entry in _some([entry for entry in acknowledged if entry.photos and entry.photos[0].whole]):
        for size in ("", "/small"):
            answer = await line.ask("GET", f"/photos/{entry.photos[0].id}{size}", headers=moderator.headers)
            if not _is_clean_jpeg(answer, entry):
                broken.append(f"{entry.photos[0].id}{size}: {answer.status}, or not the picture made anew")
    return Promise("A photo is shown in both sizes, made anew", broken)


def _is_clean_jpeg(answer: Answer, entry: Entry) -> bool:
    jpeg = answer.content.startswith(b"\xff\xd8") and answer.content.endswith(b"\xff\xd9")
    return answer.status == FOUND and jpeg and entry.photos[0].id.bytes not in answer.content


def _some(entries: list[Entry]) -> list[Entry]:
    return random.Random(len(entries)).sample(entries, min(LOOKED_AT, len(entries)))
