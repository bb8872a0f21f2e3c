"""Browsers of a few people that want to be told, and the push service behind them, which counts what it is handed."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from benchmarks.line import Line
from benchmarks.people import sign_in
from benchmarks.verdict.by_effect import RECEIVED
from tests.support.push_service import PushService

WELCOME = frozenset({200, 201})
TRIES = 40


class CannotSubscribe(Exception):
    """A browser is refused; no push could be counted."""


class Service(PushService):
    """Whoever dies in the middle of a request has handed over nothing."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await super()._serve(reader, writer)

    async def subscribe(self, line: Line, email: str) -> str:
        """A browser of this person, who signs in for it; their account. Raises `CannotSignIn`, `CannotSubscribe`."""
        person = await sign_in(line, email)
        wish = msgspec.json.encode(self.wish(f"/{person.account}"))
        headers = {"Content-Type": "application/json", **person.headers}
        for _ in range(TRIES):
            answer = await line.ask("POST", "/api/push", content=wish, headers=headers)
            if answer.status in WELCOME:
                return str(person.account)
            await asyncio.sleep(0.5)
        raise CannotSubscribe(f"{email}: the last answer was {answer.status}")

    def counted(self, accounts: Sequence[str]) -> dict[str, Counter[str]]:
        """How often each account's browser was told that which complaint was received."""
        told: dict[str, Counter[str]] = {account: Counter() for account in accounts}
        for delivery in self.deliveries:
            complaint, _, kind = str(self.read(delivery)["tag"]).partition(":")
            if kind == RECEIVED:
                told[delivery.path.removeprefix("/")][complaint] += 1
        return told
