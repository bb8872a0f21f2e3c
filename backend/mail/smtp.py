"""One mail to a mail server, over a line nobody reads along where a password is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from backend.mail.tables import Mail
from backend.settings import settings

SECONDS = 20.0
GREETING_SECONDS = 5.0
PLAIN_PORT, TLS_PORT = 587, 465


class Server(NamedTuple):
    """Where mails are handed in. `start_tls`: True it must, False it must not, None if the server offers it."""

    host: str
    port: int
    username: str | None
    password: str | None
    use_tls: bool
    start_tls: bool | None


class NotTaken(Exception):
    """The mail server did not take it; only a code of it is told, for its words may name an address."""


def server_of(url: str) -> Server:
    """`smtps://user:password@host` (TLS from the first byte) or `smtp://…`, where `?starttls=1` insists and `=0` forbids.

    Without it a line with a password insists, one without takes STARTTLS where it is offered.
    """
    parts = urlsplit(url)
    use_tls = parts.scheme == "smtps"
    asked = parse_qs(parts.query).get("starttls", [""])[0]
    start_tls = {"1": True, "0": False}.get(asked, True if parts.password else None)
    return Server(
        host=parts.hostname or "localhost",
        port=parts.port or (TLS_PORT if use_tls else PLAIN_PORT),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        use_tls=use_tls,
        start_tls=None if use_tls else start_tls,
    )


async def deliver(mail: Mail, server: Server) -> None:
    """Hand one mail in. Raises `NotTaken`."""
    with _refusals():
        await aiosmtplib.send(message_of(mail), recipients=[mail.to], timeout=SECONDS, **_named(server))


async def greet(server: Server) -> None:
    """Come as far as handing a mail in, and hand none in. Raises `NotTaken`."""
    with _refusals():
        async with aiosmtplib.SMTP(timeout=GREETING_SECONDS, **_named(server)) as line:
            await line.noop()


def _named(server: Server) -> dict[str, Any]:
    return {
        "hostname": server.host,
        "port": server.port,
        "username": server.username,
        "password": server.password,
        "use_tls": server.use_tls,
        "start_tls": server.start_tls,
    }


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise NotTaken(f"recipient refused: {[each.code for each in error.recipients]}") from None
    except aiosmtplib.SMTPResponseException as error:
        raise NotTaken(f"{type(error).__name__}: {error.code}") from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise NotTaken(type(error).__name__) from None


def message_of(mail: Mail) -> EmailMessage:
    """The mail as it travels. The same row is the same message: its id tells a second copy from a second mail."""
    name, sender = parseaddr(settings().sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
