"""What followed: each complaint taken up once, told to everybody who is to hear of it, pushed at least once and at most twice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from benchmarks.people import MODERATORS
from benchmarks.record import Entry, Record
from benchmarks.verdict.promise import Promise, all_of, more_than_once
from benchmarks.verdict.store import Row, Store

RECEIVED = "complaint.received"
MOST_PUSHES = 2
ONCE = 1
NUMBER = re.compile(r"SRK (\w{4}) (\w{2})")

EVENTS = f"SELECT id, complaint, position FROM event WHERE kind = '{RECEIVED}'"
LINES = f"SELECT n.complaint, n.account FROM notice n JOIN event e ON e.id = n.event WHERE e.kind = '{RECEIVED}'"
MAILS = 'SELECT m.subject, m.sent_at, a.id AS account FROM mail m JOIN account a ON a.email = m."to"'
GIVEN_UP = "SELECT id, kind, attempts, last_error FROM job WHERE done_at IS NULL"

Pushed = Mapping[str, Counter[str]]
"""Of each account that has a browser: how often it was told of which complaint."""


class Followed(msgspec.Struct, frozen=True):
    """What the store knows of everything that followed."""

    events: list[Row]
    lines: list[Row]
    mails: list[Row]
    moderators: frozenset[str]


async def judge(store: Store, record: Record, pushed: Pushed) -> list[Promise]:
    """The promises about effects; of mails and pushes where people have asked for them."""
    acknowledged = [entry for entry in record.entries.values() if entry.answer is not None]
    addresses = ", ".join(f"'{address}'" for address in MODERATORS)
    moderators = await store.rows(f"SELECT id FROM account WHERE email IN ({addresses})")
    found = Followed(
        events=await store.rows(EVENTS),
        lines=await store.rows(LINES),
        mails=await store.rows(MAILS),
        moderators=frozenset(row["id"] for row in moderators),
    )
    jobs = await store.rows(GIVEN_UP)
    return [
        Promise("Every job is done", [f"{row['kind']} {row['id']}: {row['attempts']} attempts {row['last_error']}" for row in jobs]),
        taken_up(acknowledged, found.events),
        noted(acknowledged, found),
        *([mailed(acknowledged, found.mails), rung(acknowledged, found.moderators, pushed)] if pushed else []),
    ]


def taken_up(acknowledged: list[Entry], events: list[Row]) -> Promise:
    """One event for each complaint, with a place in the order of the log that no other has."""
    placed = {row["complaint"] for row in events if row["position"] is not None}
    missing = {str(entry.complaint) for entry in acknowledged} - placed
    promise = all_of("Each is taken up once, in one order", "not taken up", missing)
    promise.broken.extend(f"two events: {one}" for one in sorted(more_than_once(row["complaint"] for row in events)))
    promise.broken.extend(f"two events at place {one}" for one in sorted(more_than_once(_places(events))))
    return promise


def noted(acknowledged: list[Entry], found: Followed) -> Promise:
    """A line in the inbox of the reporter (or for whoever holds the key) and of each moderator: exactly one, as it is a row."""
    lines = Counter((row["complaint"], row["account"]) for row in found.lines)
    broken = [] if found.moderators else ["there is no moderator"]
    for entry in acknowledged:
        for reader in (entry.body["owner"], *sorted(found.moderators)):
            times = lines[str(entry.complaint), reader]
            broken.extend([f"{entry.complaint}: {times} lines for {reader or 'the key'}"] if times != ONCE else [])
    return Promise("Reporter and moderators each find one line of it in their inbox", broken)


def mailed(acknowledged: list[Entry], mails: list[Row]) -> Promise:
    """To who has an account, and sent. A mail is told by the number in its subject."""
    sent = Counter(
        (row["account"], "".join(found.groups())) for row in mails if row["sent_at"] and (found := NUMBER.search(row["subject"]))
    )
    owned = [entry for entry in acknowledged if entry.body["owner"]]
    counted = [(entry.complaint, sent[entry.body["owner"], (entry.answer or {}).get("number", "")]) for entry in owned]
    return Promise(
        "Who has an account gets one mail of it", [f"{complaint}: {count} mails" for complaint, count in counted if count != ONCE]
    )


def rung(acknowledged: list[Entry], moderators: Iterable[str], pushed: Pushed) -> Promise:
    """A push goes out into the world: it may go twice where the sender died before it could say so, and never a third time."""
    broken = []
    for account, times in pushed.items():
        heard = [entry for entry in acknowledged if account in moderators or entry.body["owner"] == account]
        counted = {str(entry.complaint): times[str(entry.complaint)] for entry in heard}
        broken += [f"{complaint}: {count} pushes to {account}" for complaint, count in counted.items() if not ONCE <= count <= MOST_PUSHES]
        strangers = ({str(entry.complaint) for entry in acknowledged} - counted.keys()) & times.keys()
        broken += [f"{complaint}: not for {account}" for complaint in sorted(strangers)]
    return Promise("Each push comes at least once, at most twice", broken)


def _places(events: list[Row]) -> Iterator[int]:
    return (row["position"] for row in events if row["position"] is not None)
