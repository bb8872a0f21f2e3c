"""Whom the demo data lets in, and how they sign in."""

import asyncio
import re
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from benchmarks.line import Line

CITIZENS = ("warga@contoh.test", "warga2@contoh.test", "warga3@contoh.test")
MODERATORS = ("moderator@contoh.test", "moderator2@contoh.test")
PASSWORD = "sambat-demo"
TRIES = 40


class CannotSignIn(Exception):
    """Nobody gets in; nothing can be tried or judged."""


class Session(msgspec.Struct, frozen=True):
    """Who is signed in, and the header that proves it."""

    account: UUID
    headers: dict[str, str]


async def wish_mail(line: Line, email: str) -> None:
    """Have news of one's own complaints sent by mail too, which the demo's people have not. Raises `CannotSignIn`."""
    person = await sign_in(line, email)
    form = urlencode({"name": email, "mail_me": "yes"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", **person.headers}
    answer = await line.ask("POST", "/account/name", content=form, headers=headers)
    if answer.status != 303:  # noqa: PLR2004  (HTTP)
        raise CannotSignIn(f"{email}: no mail is sent, {answer.status}")


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
