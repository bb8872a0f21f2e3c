"""What database and files say once the server has stopped: each complaint, operation and photo counted and compared with what was sent."""

import re
from collections.abc import Iterator

from benchmarks.record import Entry, Record
from benchmarks.verdict.promise import Promise, all_of, more_than_once
from benchmarks.verdict.store import Ids, Reported, Row, Store, reported

FULL_HOUR = re.compile(r":00:00(\.0+)?\+00:00$")
SUBMITTED = "complaint.submit"


async def judge(store: Store, before: Ids, record: Record) -> list[Promise]:
    """The promises the store can prove."""
    entries = list(record.entries.values())
    acknowledged = [entry for entry in entries if entry.answer is not None]
    rows = [row for row in await store.rows("SELECT * FROM complaint") if row["id"] not in before.complaints]
    operations = [row for row in await store.rows("SELECT * FROM operation") if row["id"] not in before.operations]
    photos = [row for row in await store.rows("SELECT * FROM photo") if row["id"] not in before.photos]
    return [
        _stored(acknowledged, rows, operations),
        _once(rows, operations),
        _same(acknowledged, rows),
        _nothing_invented(entries, rows, operations, photos),
        all_of("Each waits for a moderator", "in another state", [row["id"] for row in rows if row["status"] != "received"]),
        _nameless(rows),
        await _photos(store, acknowledged, photos),
        Promise("The database is whole", await store.damage()),
    ]


def _stored(acknowledged: list[Entry], rows: list[Row], operations: list[Row]) -> Promise:
    complaints = {row["id"] for row in rows}
    applied = {row["id"] for row in operations if row["status"] == "applied" and row["kind"] == SUBMITTED}
    promise = all_of("Acknowledged is stored", "complaint lost", {str(entry.complaint) for entry in acknowledged} - complaints)
    promise.broken.extend(f"operation lost: {one}" for one in sorted({str(entry.id) for entry in acknowledged} - applied))
    return promise


def _once(rows: list[Row], operations: list[Row]) -> Promise:
    """By id, by number, and by its words, which no two share. What it set off is counted by `by_effect`."""
    again = {f"operation {one}" for one in more_than_once(row["id"] for row in operations)}
    for field in ("id", "number", "text"):
        twice = more_than_once(row[field] for row in rows)
        again |= {f"{row['id']} ({field})" for row in rows if row[field] in twice}
    return all_of("Each exactly once", "more than once", again)


def _same(acknowledged: list[Entry], rows: list[Row]) -> Promise:
    """Field by field; a digest would say no more."""
    found = {row["id"]: row for row in rows}
    present = [(entry, found[str(entry.complaint)]) for entry in acknowledged if str(entry.complaint) in found]
    other = [
        entry.complaint for entry, row in present if reported(row) != _sent(entry) or row["number"] != (entry.answer or {}).get("number")
    ]
    return all_of("Stored is what was sent, and bears the number of the receipt", "differs", other)


def _sent(entry: Entry) -> Reported:
    body, place = entry.body, entry.body["place"]
    return Reported(
        text=body["text"],
        secrecy=body["secrecy"],
        category=body["category"],
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        accuracy_m=place.get("accuracy_m"),
        area=place.get("area"),
        area_estimated=place.get("area_estimated", False),
        address=place.get("address", ""),
        reporter=body["owner"],
        claim_hash=body.get("claim_hash"),
    )


def _nothing_invented(entries: list[Entry], rows: list[Row], operations: list[Row], photos: list[Row]) -> Promise:
    invented = {f"complaint {row['id']}" for row in rows} - {f"complaint {entry.complaint}" for entry in entries}
    invented |= {f"operation {row['id']}" for row in operations} - {f"operation {entry.id}" for entry in entries}
    invented |= {f"photo {row['id']}" for row in photos} - {f"photo {photo.id}" for entry in entries for photo in entry.photos}
    return all_of("Nothing is there that nobody sent", "invented", invented)


def _nameless(rows: list[Row]) -> Promise:
    anonymous = [row for row in rows if row["secrecy"] == "anonymous"]
    known = [row["id"] for row in anonymous if row["reporter"] or row["occurred_at"] or not FULL_HOUR.search(row["received_at"])]
    return all_of("Of somebody anonymous neither account nor moment is kept", "tells who or when", known)


async def _photos(store: Store, acknowledged: list[Entry], photos: list[Row]) -> Promise:
    found, files = {row["id"]: row for row in photos}, {name: path.read_bytes() for name, path in store.files().items()}
    sent = [photo for entry in acknowledged for photo in entry.photos if photo.whole]
    promise = Promise("Every photo is ready, both its files whole", [])
    for photo in sent:
        row = found.get(str(photo.id), {})
        if (row.get("state"), row.get("sha256"), row.get("size")) != ("ready", photo.sha256, photo.size):
            promise.broken.append(f"{photo.id}: {row.get('state', 'no row')}")
        promise.broken.extend(f"{name}: not there, or not whole" for name in _unwhole(str(photo.id), files))
    left = await store.rows("SELECT photo, count(*) AS pieces FROM chunk GROUP BY photo")
    promise.broken.extend(
        f"{row['photo']}: {row['pieces']} pieces left over" for row in left if row["photo"] in {str(photo.id) for photo in sent}
    )
    return promise


def _unwhole(photo: str, files: dict[str, bytes]) -> Iterator[str]:
    for name in (f"{photo}-large.jpg", f"{photo}-small.jpg"):
        content = files.get(name, b"")
        if not (content.startswith(b"\xff\xd8") and content.endswith(b"\xff\xd9")):
            yield name
