"""Browsers and phones before the whole app: every middleware, page and answer as a server gives them, without a socket."""

from contextlib import AsyncExitStack
from functools import cache

import httpx
import pytest

from backend import app
from backend.accounts import sessions
from backend.actors.actor import Actor

ADDRESS = "https://sambat.example"


@cache
def house():
    """The app, put together once: it keeps nothing between requests, and its database is whichever is bound."""
    return app.create()


@pytest.fixture
async def door(database):
    """`await door()` is a new browser; `await door(actor)` one in which that person has signed in."""
    whole = house()
    async with AsyncExitStack() as opened:

        async def browser(actor: Actor | None = None, accept: str = "text/html") -> httpx.AsyncClient:
            transport = httpx.ASGITransport(whole, client=("203.0.113.7", 1))
            client = httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers={"origin": ADDRESS, "accept": accept})
            await opened.enter_async_context(client)
            if actor and actor.account:
                session = await sessions.open_for(actor.account, proved=True)
                client.cookies.set(sessions.ACCOUNT_COOKIE, session.token)
            return client

        yield browser
