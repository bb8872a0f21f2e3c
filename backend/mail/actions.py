"""Mails: written down with the fact they tell of, sent by a worker, gone a week later."""

import asyncio
import re
import sys
import unicodedata
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from backend import clock, database
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import TryLater
from backend.mail import smtp
from backend.mail.tables import Mail
from backend.settings import settings

KEPT = timedelta(days=7)
LONGEST_SUBJECT = 150
LONGEST_ADDRESS = 254

ADDRESS = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}"


def is_address(text: str) -> bool:
    """Can a mail be sent there? Plain addresses only: nothing that a header could take for something else."""
    return len(text) <= LONGEST_ADDRESS and re.fullmatch(ADDRESS, text.lower()) is not None


async def send(to: str, subject: str, text: str) -> None:
    """Write a mail down, within the caller's transaction; a worker sends it. What cannot be an address gets none."""
    if not is_address(to):
        return
    mail = Mail(id=database.new_id(), to=to, subject=_line(subject), text=_printable(text), created_at=clock.now())
    async with database.transaction():
        await Mail.insert(mail)
        await queue.enqueue(JobKind.MAIL, {"mail": str(mail.id)}, dedupe_key=f"{JobKind.MAIL}:{mail.id}")


async def deliver(mail_id: UUID) -> None:
    """Send one mail, once; of what a mail server has taken the text is kept no longer. Raises `TryLater`."""
    mail = await Mail.objects().get(Mail.id == mail_id)
    if mail is None or mail.sent_at is not None:
        return
    if settings().mail_sink:
        await asyncio.to_thread(_append, Path(settings().mail_sink), mail)
    if settings().mail_url:
        try:
            await smtp.deliver(mail, smtp.server_of(settings().mail_url))
        except smtp.NotTaken as error:
            raise TryLater(str(error)) from None
        await _sent(mail_id, text="")
    elif settings().production:
        raise TryLater("no mail server is set")
    else:
        _show(mail)
        await _sent(mail_id, text=mail.text)


async def remove_old() -> None:
    """Remove mails of more than a week ago, sent or not: nobody waits for them any more."""
    await Mail.delete().where(Mail.created_at < clock.now() - KEPT)


async def _sent(mail_id: UUID, *, text: str) -> None:
    await Mail.update({Mail.sent_at: clock.now(), Mail.text: text}).where(Mail.id == mail_id)


def _append(sink: Path, mail: Mail) -> None:
    line = msgspec.json.encode({"id": mail.id, "at": mail.created_at, "to": mail.to, "subject": mail.subject, "text": mail.text})
    with sink.open("ab") as file:
        file.write(line + b"\n")


def _show(mail: Mail) -> None:
    """Without a mail server whoever runs the app reads the mail where it runs."""
    sys.stdout.write(f"\n--- mail to {mail.to}: {mail.subject}\n{mail.text.strip()}\n---\n")
    sys.stdout.flush()


def _line(text: str) -> str:
    """One line, so that nothing in it becomes a header of its own."""
    return " ".join(_printable(text).split())[:LONGEST_SUBJECT]


def _printable(text: str) -> str:
    """Without characters that steer terminals or hide what is written; lines stay lines."""
    return "".join(character for character in text if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"})
