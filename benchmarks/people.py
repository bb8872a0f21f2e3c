"""Whom the demo data lets in, and how they sign in."""

import asyncio
import re
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from benchmarks.line import Line

CITIZEN, MODERATOR = "warga@contoh.test", "moderator@contoh.test"
PASSWORD = "sambat-demo"
TRIES = 40


class CannotSignIn(Exception):
    """Nobody gets in; nothing can be tried or judged."""


class Session(msgspec.Struct, frozen=True):
    """Who is signed in, and the header that proves it."""

    account: UUID
    headers: dict[str, str]


async def sign_in(line: Line, email: str) -> Session:
    """Sign in as a browser does, and read from a page whose it is. Waits for a server that is away."""
    for _ in range(TRIES):
        form = urlencode({"email": email, "password": PASSWORD}).encode()
        signed = await line.ask("POST", "/sign-in", content=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
        if signed.status == 303:  # noqa: PLR2004  (HTTP)
            headers = {"Cookie": signed.headers.get("set-cookie", "").partition(";")[0]}
            front = await line.ask("GET", "/", headers=headers)
            if found := re.search(r'data-owner="([0-9a-f-]{36})"', front.content.decode()):
                return Session(UUID(found[1]), headers)
        await asyncio.sleep(0.5)
    raise CannotSignIn(f"{email}: the last answer was {signed.status}")
