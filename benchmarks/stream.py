"""The other way to keep a list fresh: a stream of server-sent events, as small as it can be. For comparison only; the app has none.

Run as a process of its own, so that its processor time can be read: `python -m benchmarks.stream PORT`.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

Message = MutableMapping[str, Any]
EVENT_STREAM = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]

_viewers: set[asyncio.Queue[bytes]] = set()


async def app(scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
    """GET opens a stream; POST sends its body to every stream."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        words = (await receive()).get("body", b"")
        for viewer in _viewers:
            viewer.put_nowait(words)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})
        return
    mine: asyncio.Queue[bytes] = asyncio.Queue()
    _viewers.add(mine)
    await send({"type": "http.response.start", "status": 200, "headers": EVENT_STREAM})
    await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
    try:
        while True:
            await send({"type": "http.response.body", "body": await mine.get(), "more_body": True})
    finally:
        _viewers.discard(mine)


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        http="httptools",
        loop="uvloop",
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
