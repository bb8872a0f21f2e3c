"""WHICH PUSH SERVICES WE SPEAK TO: an endpoint is an address a stranger gives us, and our own machines must not be behind it."""

import asyncio
import ipaddress
import re
import socket
from contextlib import suppress
from typing import NamedTuple

from backend.errors import DomainError
from backend.settings import settings
from backend.words import N_

PUSH_SERVICES = (
    r"fcm\.googleapis\.com",  # Chrome, Edge on Android, Samsung, Opera, Brave
    r"updates\.push\.services\.mozilla\.com",  # Firefox
    r"[a-z0-9-]+\.push\.services\.mozilla\.com",  # its other regions
    r"web\.push\.apple\.com",  # Safari
    r"[a-z0-9-]+\.notify\.windows\.com",  # Edge on Windows: a host for each region
)
KNOWN_HOSTS = tuple(host.replace("\\", "") for host in PUSH_SERVICES if "[" not in host)
"""Those that have but one."""
HTTPS = 443
LONGEST_ENDPOINT = 1000
RESOLVE_SECONDS = 3

_SERVICE = re.compile("|".join(PUSH_SERVICES))
# Written out, so that no two libraries can read two different hosts out of one address.
_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]{1,253})(?::(?P<port>[0-9]{1,5}))?(?P<rest>/[!-\[\]-~]*)")


class EndpointRefused(DomainError):
    """No address of a push service we know."""

    code = "push_service"
    sentence = N_("Peramban ini memakai layanan kabar yang belum kami kenal.")


class Endpoint(NamedTuple):
    """Where a push goes. A trial's host stands in the settings by name and may be anything."""

    scheme: str
    host: str
    port: int
    trial: bool

    @property
    def origin(self) -> str:
        """The audience of our signature: scheme and host, the port when it is not the usual one."""
        usual = {"https": HTTPS, "http": 80}[self.scheme]
        return f"{self.scheme}://{self.host}" if self.port == usual else f"{self.scheme}://{self.host}:{self.port}"


def read(address: str) -> Endpoint:
    """The endpoint behind an address. Raises `EndpointRefused` unless a push service we know is there, by https on its port."""
    found = _ADDRESS.fullmatch(address) if len(address) <= LONGEST_ENDPOINT else None
    if found is None:
        raise EndpointRefused
    scheme, host = found["scheme"], found["host"]
    port = int(found["port"] or (HTTPS if scheme == "https" else 80))
    if f"{host}:{port}" in _trial_hosts():
        return Endpoint(scheme, host, port, trial=True)
    if scheme != "https" or port != HTTPS or not _SERVICE.fullmatch(host):
        raise EndpointRefused
    return Endpoint(scheme, host, port, trial=False)


def is_trial(address: str) -> bool:
    """Is this a host of the trials, which run at any hour?"""
    try:
        return read(address).trial
    except EndpointRefused:
        return False


async def check(address: str) -> None:
    """The rules an endpoint must keep to be stored: known, and not a name of a machine of ours. One without an answer now is asked again at sending."""
    endpoint = read(address)
    if endpoint.trial:
        return
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(RESOLVE_SECONDS):
            await public_addresses(endpoint.host, endpoint.port)


async def public_addresses(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises `EndpointRefused` when one of them is private, local or otherwise not of the open net."""
    answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(answer[4][0]) for answer in answers]
    if not all(ipaddress.ip_address(address.partition("%")[0]).is_global for address in addresses):
        raise EndpointRefused
    return addresses


def _trial_hosts() -> frozenset[str]:
    return frozenset(host.strip() for host in settings().extra_push_hosts.split(",") if host.strip())
