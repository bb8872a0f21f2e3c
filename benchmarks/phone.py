"""A phone: a person writes, a queue sends, one request at a time, texts before photos, nothing dropped."""

import asyncio
import random
from collections import deque
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec

from benchmarks import answers
from benchmarks.answers import Meaning
from benchmarks.compose import Writer
from benchmarks.line import Answer, Line
from benchmarks.people import Session, sign_in
from benchmarks.record import Entry, Record
from benchmarks.upload import Upload

MOST_TOGETHER = 10
MOST_CLAIMS = 50
MOST_WAITING = 15
"""Where so much waits for a signal, nobody writes more: else a slow machine would be given ever more to do."""


class Phone:
    """One phone of a guest, or of the citizen with this address."""

    def __init__(self, line: Line, writer: Writer, record: Record, chance: random.Random, *, citizen: str = "") -> None:
        self._line = line
        self._writer = writer
        self._record = record
        self._chance = chance
        self._citizen = citizen
        self._session: Session | None = None
        self._device = str(uuid4())
        self._queue: deque[Entry] = deque()
        self._uploads: deque[Upload] = deque()
        self._acknowledged: list[Entry] = []
        self._cursor = 0
        self._together = MOST_TOGETHER
        self._attempt = 0
        self._news = asyncio.Event()
        self._written = False

    async def open(self) -> None:
        """The citizen signs in, days before anything happens."""
        if self._citizen:
            await self._sign_in()

    async def live(self, pace: float, enough: asyncio.Event) -> None:
        """Write every `pace` seconds or so until it is enough; send until nothing is left."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._write(pace, enough))
            group.create_task(self._send())
        await self._line.close()

    async def _write(self, pace: float, enough: asyncio.Event) -> None:
        while not enough.is_set():
            if len(self._queue) < MOST_WAITING:
                entry = self._writer.write()
                self._record.wrote(entry)
                self._queue.append(entry)
                self._news.set()
            await asyncio.sleep(self._chance.expovariate(1 / pace))
        self._written = True
        self._news.set()

    async def _send(self) -> None:
        while not (self._written and not self._queue and not self._uploads):
            self._news.clear()
            if self._queue:
                await self._send_texts()
            elif self._uploads:
                await self._send_piece()
            else:
                await self._news.wait()

    async def _send_texts(self) -> None:
        batch = self._batch()
        for entry in batch:
            self._record.sent_again += entry.attempts > 0
            entry.attempts += 1
        headers = {"Content-Type": "application/json", **(self._session.headers if self._session and batch[0].body["owner"] else {})}
        answer = await self._line.ask("POST", "/api/sync", content=self._request(batch), headers=headers, operations=len(batch))
        for entry in batch:
            entry.attempts += answer.copies
        match answers.meaning(answer.status, answer.headers):
            case Meaning.ANSWERED:
                await self._hear(batch, answer)
            case Meaning.SIGN_IN:
                await self._sign_in()
            case Meaning.TOO_LARGE | Meaning.REFUSED if len(batch) > 1:
                self._together = len(batch) // 2
            case Meaning.TOO_LARGE | Meaning.REFUSED | Meaning.OUTDATED:
                self._refused(batch[0], f"HTTP {answer.status}")
            case _:
                await self._rest(answer)

    def _batch(self) -> list[Entry]:
        """From the front: an anonymous one alone, else what others there are for the same request."""
        if self._queue[0].anonymous:
            return [self._queue[0]]
        return [entry for entry in self._queue if not entry.anonymous][: self._together]

    def _request(self, batch: list[Entry]) -> bytes:
        request: dict[str, Any] = {"protocol": 1, "sent_at": datetime.now(UTC).isoformat(), "operations": [entry.body for entry in batch]}
        if not batch[0].anonymous:
            request |= {"device_id": self._device, "cursor": self._cursor}
        if not batch[0].anonymous and self._session is None:
            request["claims"] = [entry.key for entry in self._acknowledged[-MOST_CLAIMS:]]
        return msgspec.json.encode(request)

    async def _hear(self, batch: list[Entry], answer: Answer) -> None:
        """One outcome for each; an answer without ours is a stranger's, as on a line that first shows its own page."""
        try:
            said = msgspec.json.decode(answer.content)
            outcomes = {outcome["id"]: outcome for outcome in said["outcomes"]}
        except (msgspec.DecodeError, KeyError, TypeError):
            said, outcomes = {}, {}
        if not all(str(entry.id) in outcomes for entry in batch):
            await self._rest(answer)
            return
        self._attempt = 0
        for entry in batch:
            self._settle(entry, outcomes[str(entry.id)])
        if not batch[0].anonymous:
            self._follow(said)
        if any(outcome["status"] == "retry" for outcome in outcomes.values()):
            await self._rest(answer)

    def _settle(self, entry: Entry, outcome: dict[str, Any]) -> None:
        match outcome["status"]:
            case "applied" | "duplicate":
                self._record.heard(entry, outcome)
                self._queue.remove(entry)
                if not entry.anonymous:
                    self._acknowledged.append(entry)
                self._uploads.extend(Upload(entry, photo) for photo in entry.photos)
            case "conflict" | "rejected":
                self._refused(entry, f"{outcome['status']}: {outcome.get('code')}")

    def _follow(self, said: dict[str, Any]) -> None:
        """What has changed elsewhere. A guest may hear of nobody else's."""
        self._cursor = said["cursor"]
        if self._session is None:
            own = {f"/complaints/{entry.complaint}" for entry in self._acknowledged}
            heard = {page["url"] for page in said["changed"] if page["url"].startswith("/complaints/")}
            self._record.surprises.extend(f"a guest hears of a stranger's page {url}" for url in sorted(heard - own))

    def _refused(self, entry: Entry, why: str) -> None:
        """Kept and shown to the person, who could mend it; here nothing we write is wrong."""
        entry.refused = why
        self._queue.remove(entry)

    async def _send_piece(self) -> None:
        upload = self._uploads[0]
        answer = await upload.go_on(self._line, self._record, self._session)
        if upload.over:
            self._uploads.popleft()
            self._attempt = 0
        elif answer.status == 401:  # noqa: PLR2004  (HTTP)
            await self._sign_in()
        elif not upload.moved:
            self._uploads.rotate(-1)
            await self._rest(answer)

    async def _sign_in(self) -> None:
        self._session = await sign_in(self._line, self._citizen)
        self._writer.account = self._session.account

    async def _rest(self, answer: Answer) -> None:
        """Wait: as long as asked, or longer each time."""
        self._attempt += 1
        asked = answers.meaning(answer.status, answer.headers) is Meaning.PAUSE
        await asyncio.sleep(answers.asked_to_wait(answer.headers) if asked else answers.pause(self._attempt, self._chance))
