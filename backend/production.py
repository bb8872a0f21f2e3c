"""What a city's real installation refuses to start with: each a sentence that names the setting."""

from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

if TYPE_CHECKING:
    from backend.settings import Settings

SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 10
"""A made-up secret of that length has twice as many different ones; `changeme-changeme-…` and a row of zeros have fewer."""


def faults(given: "Settings") -> dict[str, str]:
    """Everything that stands against these settings, by setting, so that one start tells it all."""
    return dict(_faults(given))


def _faults(given: "Settings") -> Iterator[tuple[str, str]]:
    if len(given.secret_key) < SHORTEST_SECRET:
        yield "secret_key", f"has to be set, to at least {SHORTEST_SECRET} characters that nobody can guess"
    elif len(set(given.secret_key)) < FEWEST_CHARACTERS:
        yield "secret_key", "looks like a placeholder: take characters that nobody can guess"
    if urlsplit(given.public_url).scheme != "https" or not urlsplit(given.public_url).hostname:
        yield "public_url", "has to be the https:// address under which people reach the app"
    if given.mail_sink:
        yield "mail_sink", "would keep codes and links in a file"
    if given.openapi:
        yield "openapi", "would show every door to strangers' machines"
    if given.extra_push_hosts:
        yield "extra_push_hosts", "would let strangers choose where this machine sends to"
    if given.log_level.lower() == "debug":
        yield "log_level", "debug would tell moments that give away who is anonymous beside the proxy's log"
    if _is_open(urlsplit(given.redis_url)):
        yield "redis_url", "has no password, and that Redis is not this machine's own"
    if _is_open(urlsplit(given.database_url)):
        yield "database_url", "has no password, and that PostgreSQL is not this machine's own"


def _is_open(url: SplitResult) -> bool:
    """Does this server let in whoever finds it?"""
    return bool(url.scheme) and not url.password and not _is_here(unquote(url.hostname or ""))


def _is_here(host: str) -> bool:
    """No name, `localhost`, a loopback address or a socket's folder."""
    if not host or host == "localhost" or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
