"""What the house needs from others: a place for photos, the bell, a mail server, push services."""

import asyncio
from contextlib import suppress

from backend import readiness
from backend.care.findings import Found, good, look, wrong
from backend.complaints.storage import StorageFault, StorageFull, storage
from backend.mail import smtp
from backend.notifications import subscriptions
from backend.notifications.endpoints import HTTPS, KNOWN_HOSTS
from backend.settings import settings

REACH_SECONDS = 4


async def photo_storage() -> Found:
    """Can it be written and read, by us alone?"""
    place = settings().bucket
    named = f"bucket {place.name}" if place else str(settings().photo_folder)
    try:
        await storage().check()
    except StorageFull:
        return wrong(f"{named} is full", "make room: until then photos wait")
    except StorageFault as fault:
        return wrong(f"{named} cannot be written ({fault.reason})", "look at SAMBAT_STORAGE_… and the rights there: until then photos wait")
    if await storage().is_public():
        return wrong(f"{named} lets everybody read", "take public access away at once: anonymous and sealed photos lie there")
    return good(named)


async def redis() -> Found:
    """The doorbell; without it workers look by themselves."""
    match await readiness.redis():
        case "none":
            return good("none set: workers look by themselves each 1.5 s")
        case "away":
            return look("does not answer: workers look by themselves each 1.5 s", "start it, and look at SAMBAT_REDIS_URL")
        case _:
            return good("answers")


async def mail() -> Found:
    """Codes to sign in with come by mail."""
    if not settings().mail_url:
        if settings().production:
            return wrong("no server is set: citizens cannot sign in", "set SAMBAT_MAIL_URL")
        return look("no server is set: mails are shown at /dev/outbox", "set SAMBAT_MAIL_URL where citizens use it")
    server = smtp.server_of(settings().mail_url)
    try:
        await smtp.greet(server)
    except smtp.NotTaken as refused:
        return wrong(f"{server.host}:{server.port} does not take mails ({refused})", "look at SAMBAT_MAIL_URL and at that server")
    return good(f"{server.host}:{server.port}, sent as {settings().sender}")


async def pushes() -> Found:
    """Can push services be reached from here?"""
    reached = [host for host, there in zip(KNOWN_HOSTS, await asyncio.gather(*map(_is_reached, KNOWN_HOSTS)), strict=True) if there]
    listening = await subscriptions.count()
    told = f"{len(reached)} of {len(KNOWN_HOSTS)} push services can be reached, {listening} browsers listen"
    if len(reached) == len(KNOWN_HOSTS):
        return good(told)
    todo = "let this machine out to port 443 of: " + ", ".join(host for host in KNOWN_HOSTS if host not in reached)
    return wrong(told, todo) if listening and not reached else look(told, todo)


async def _is_reached(host: str) -> bool:
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(REACH_SECONDS):
            _, writer = await asyncio.open_connection(host, HTTPS)
            writer.close()
            return True
    return False
