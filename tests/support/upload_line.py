"""The door for photos on a real line, with a header in place of the session."""

import asyncio
import contextlib
import socket
from uuid import UUID

import uvicorn
from litestar import Litestar
from litestar.middleware import ASGIMiddleware

from backend.actors.actor import NOBODY, Actor
from backend.sync import uploads
from tests.support import pictures, reported

CONTENT = pictures.encoded(pictures.scene(1600, 1200), "PNG", compress_level=0)[:700_000]
"""Larger than two pieces; whether it is a photo is asked later."""
PIECE = 256 * 1024
PROOF = {"Authorization": f"Claim {reported.KEY}"}
PATCHED = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


class SignedIn(ASGIMiddleware):
    """Stands for the session: who is asking says so in a header of the test."""

    async def handle(self, scope, receive, send, next_app):
        account = dict(scope["headers"]).get(b"x-account")
        scope["state"]["actor"] = Actor(account=UUID(account.decode())) if account else NOBODY
        await next_app(scope, receive, send)


@contextlib.asynccontextmanager
async def listening():
    """A real server's address."""
    app = Litestar([uploads.router], middleware=[SignedIn()], openapi_config=None)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        running = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        running.capture_signals = contextlib.nullcontext
        task = asyncio.create_task(running.serve(sockets=[listener]))
        while not running.started:
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        running.should_exit = True
        await task


async def send(phone, photo, offset, content, **headers):
    """One piece, as the httpx client `phone` sends it."""
    return await phone.patch(f"/api/photos/{photo}", content=content, headers={**PATCHED, "Upload-Offset": str(offset), **headers})
