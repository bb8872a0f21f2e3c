"""A sign of life for whoever watches a worker process from beside it: a file that is touched as long as the loop turns."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

BEAT_SECONDS = 2.0
NAME = "sambat-worker"


@asynccontextmanager
async def beating(folder: Path | None = None) -> AsyncIterator[None]:
    """Touch the file every `BEAT_SECONDS`; it is gone after the block. Without a folder: the one for what is passing."""
    sign = (folder or Path(tempfile.gettempdir())) / NAME
    sign.touch()
    beats = asyncio.create_task(_beat(sign), name="heart")
    try:
        yield
    finally:
        beats.cancel()
        sign.unlink(missing_ok=True)


async def _beat(sign: Path) -> None:
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        sign.touch()  # noqa: ASYNC240  (a thread could beat while the loop hangs)
