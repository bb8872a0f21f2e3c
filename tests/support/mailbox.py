"""A mail server of our own: what the house sends arrives here over real SMTP, as a mailbox shows it."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from backend.settings import settings
from tests.support import machine
from workers import handlers


class Mailbox:
    """Receives what is sent. `refuses`: answer this instead of taking anything."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.refuses = ""

    async def handle_DATA(self, server, session, envelope):  # noqa: ARG002, N802  (as aiosmtpd calls it)
        if self.refuses:
            return self.refuses
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    async def arrived(self) -> list[EmailMessage]:
        """All mails, after the worker has done what waits."""
        await send_all()
        return self.taken

    async def latest(self) -> EmailMessage:
        return (await self.arrived())[-1]

    async def latest_code(self) -> str:
        """The six digits of the newest mail."""
        return re.search(r"\b(\d{6})\b", text_of(await self.latest()))[1]

    async def latest_token(self) -> str:
        """What stands behind the `#` of the newest mail's link."""
        return re.search(r"#([\w-]{43})", text_of(await self.latest()))[1]


def text_of(message: EmailMessage) -> str:
    return message.get_content().replace("\r\n", "\n")


async def send_all() -> None:
    """Do the mail jobs that are due, as a worker does them."""
    for job in await queue.due(200):
        if await queue.due_kind(job.id) == JobKind.MAIL:
            await handlers.run(job.id)


async def waiting() -> int:
    """How many mails have not been sent."""
    return await Job.count().where(Job.kind == JobKind.MAIL, Job.done_at.is_null())


@pytest.fixture
def mailbox(monkeypatch):
    """The city's mail server, and that it is set."""
    received = Mailbox()
    controller = Controller(received, hostname="127.0.0.1", port=machine.free_port())
    controller.start()
    monkeypatch.setenv("SAMBAT_MAIL_URL", f"smtp://127.0.0.1:{controller.port}")
    monkeypatch.setenv("SAMBAT_MAIL_FROM", "Sambat Rene Ker <sambat@malang.test>")
    monkeypatch.setenv("SAMBAT_PUBLIC_URL", "https://sambat.example")
    settings.cache_clear()
    yield received
    controller.stop()
    monkeypatch.undo()
    settings.cache_clear()
