"""Whether this process can do its work: which of its parts stand, and which are away."""

import asyncio
from typing import Literal

import msgspec

from backend import database
from backend.complaints.storage import StorageFault, StorageFull, storage
from backend.settings import settings

SECONDS = 2
"""Each part has that long to answer; they are asked side by side."""
KEPT_SECONDS = 1.0
"""So long an answer is given again: anybody may ask, and each answer costs connections and a file."""


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """How the parts stand. Redis may be away, or none be set: the workers look by themselves."""

    database: Literal["ok", "away"]
    schema: Literal["ok", "behind", "unknown"]
    storage: Literal["ok", "full", "away"]
    redis: Literal["ok", "away", "none"]

    @property
    def is_ready(self) -> bool:
        """Can it take operations, and photos with them?"""
        return (self.database, self.schema, self.storage) == ("ok", "ok", "ok")


async def readiness() -> Readiness:
    """Asks every part, or says what was answered a moment ago."""
    async with _asking:
        now = asyncio.get_running_loop().time()
        if not _answered or now - _answered[0][0] >= KEPT_SECONDS:
            _answered[:] = [(now, await _asked())]
        return _answered[0][1]


_asking = asyncio.Lock()
_answered: list[tuple[float, Readiness]] = []


async def _asked() -> Readiness:
    (answers, schema), stored, rung = await asyncio.gather(_database(), _storage(), redis())
    return Readiness(database=answers, schema=schema, storage=stored, redis=rung)


async def _database() -> tuple[Literal["ok", "away"], Literal["ok", "behind", "unknown"]]:
    if not await database.answers():
        return "away", "unknown"
    try:
        async with asyncio.timeout(SECONDS):
            return "ok", "behind" if await database.missing_migrations() else "ok"
    except database.FAULTS:
        return "ok", "unknown"


async def _storage() -> Literal["ok", "full", "away"]:
    try:
        async with asyncio.timeout(SECONDS):
            await storage().check()
    except StorageFull:
        return "full"
    except (OSError, StorageFault):
        return "away"
    return "ok"


async def redis() -> Literal["ok", "away", "none"]:
    """The doorbell: does it answer?"""
    if not settings().redis_url:
        return "none"
    from redis import RedisError, asyncio as aredis  # noqa: PLC0415, I001  (half a second of every start that the embedded default has no use for)

    try:
        async with asyncio.timeout(SECONDS), aredis.from_url(settings().redis_url) as client:
            await client.ping()
    except (OSError, RedisError):
        return "away"
    return "ok"
