"""What goes on in the house: whether somebody works, what got stuck, whether every photo is where its row says, and whether it is copied."""

import asyncio
from datetime import timedelta

from backend import clock
from backend.care import backup
from backend.care.findings import Found, good, look, wrong
from backend.complaints import photos
from backend.complaints.chunks import PhotoState
from backend.complaints.storage import Size, storage
from backend.events import queries as events
from backend.jobs import queue, standing

PATIENCE_SECONDS = 3.0
"""Twice as long as a worker sweeps."""
SAMPLE = 200
NAMED = 3
OLD = timedelta(days=2)
START = "start sambat worker, or sambat run where everything is one process"


async def workers() -> Found:
    """Is what is due taken? Jobs that wait are looked at twice: their times tell nothing, those of somebody anonymous are full hours."""
    first = set(await queue.due(SAMPLE))
    if not first:
        return good("nothing waits")
    await asyncio.sleep(PATIENCE_SECONDS)
    if first <= set(await queue.due(SAMPLE)):
        return wrong(f"{(await standing.waiting()).due} jobs are due and nobody takes them: no photos, pushes, mails", START)
    return good("they are at it")


async def relay() -> Found:
    """Does anybody act upon what happens?"""
    position, unnumbered = await events.newest()
    if unnumbered:
        await asyncio.sleep(PATIENCE_SECONDS)
        if await events.newest() == (position, unnumbered):
            return wrong(f"{unnumbered} events wait for their position: nothing follows from them", START)
    return good(f"up to event {position}")


async def given_up() -> Found:
    """Nobody tries these any more."""
    kinds = await standing.given_up_by_kind()
    if kinds:
        told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
        return wrong(told, "mend the reason that /city/jobs shows, then let them be tried again there")
    return good("none")


async def photos_and_files() -> Found:
    """Rows first, then files, then rows again: a file is written before its row, and what comes meanwhile is nobody's fault."""
    ready = await photos.known(PhotoState.READY)
    lying = {(kept.photo, kept.size): kept.length async for kept in storage().names()}
    lost = sorted(photo for photo in ready if any(not lying.get((photo, size)) for size in Size))
    if lost:
        told = ", ".join(map(str, lost[:NAMED])) + (" …" if len(lost) > NAMED else "")
        return wrong(
            f"{len(lost)} photos have lost their files: {told}", "take them out of a backup: tar xf FILE.tar -C DATA_FOLDER photos"
        )
    known = await photos.known()
    strays = {kept: length for kept, length in lying.items() if kept[0] not in known}
    if strays:
        return look(
            f"{len(strays)} files belong to no row, {sum(strays.values()) / 1e6:.1f} MB", "harmless; of a deleted or half restored place"
        )
    return good(f"{len(ready)} photos, each with both its files")


async def backups() -> Found:
    """As far as this data folder knows: others may be made elsewhere."""
    last = backup.last()
    if last is None:
        return look("none was made from here", "sambat backup FILE.tar, each night, and keep it on another machine")
    told = f"{last.file}, {last.at:%Y-%m-%d %H:%M} UTC"
    if clock.now() - last.at > OLD:
        return look(f"the last one is old: {told}", "sambat backup FILE.tar, each night")
    return good(told)
