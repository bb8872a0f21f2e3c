"""Web push (RFC 8030, 8291, 8292): the one place that encrypts, signs and sends a message to a push service."""

import base64
import binascii
import hashlib
import socket
from datetime import timedelta
from enum import Enum, auto
from http import HTTPStatus
from typing import Any

import aiohttp
import msgspec
import structlog
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from py_vapid import Vapid02  # type: ignore[import-untyped]  # it has no types
from pywebpush import WebPusher  # type: ignore[import-untyped]  # it has no types
from yarl import URL

from backend import clock
from backend.errors import DomainError
from backend.jobs.queue import TryLater
from backend.notifications import endpoints, vapid
from backend.settings import settings
from backend.words import N_

TIMEOUT = aiohttp.ClientTimeout(total=10)
SIGNED_FOR = timedelta(hours=12)
LARGEST_PAYLOAD = 3_900
"""Bytes before encryption: no service takes more than 4,096 after it."""
AUTH_BYTES = 16
TOPIC_BYTES = 24
LONGEST_WAIT = timedelta(hours=1)
BUSY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}

_ALPHABET = str.maketrans("-_", "+/")

logger = structlog.get_logger(__name__)


class KeysRefused(DomainError):
    """Keys with which nothing can be encrypted."""

    code = "push_keys"
    sentence = N_("Langganan kabar dari peramban ini tidak dapat dipakai. Coba nyalakan lagi.")


class Receiver(msgspec.Struct, frozen=True, kw_only=True):
    """A browser: its endpoint, and its keys as it gives them (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


class Answer(Enum):
    """What the push service said. Gone: the subscription is over; refused: this message will never pass."""

    TAKEN = auto()
    GONE = auto()
    REFUSED = auto()


def public_key() -> str:
    """What a browser subscribes with."""
    return vapid.public_key()


def check_keys(p256dh: str, auth: str) -> None:
    """Raises `KeysRefused` unless `p256dh` is a point of P-256 and `auth` 16 bytes, both in base64."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _decoded(p256dh))
        fits = len(_decoded(auth)) == AUTH_BYTES
    except (ValueError, binascii.Error):
        fits = False
    if not fits:
        raise KeysRefused


def topic(tag: str) -> str:
    """A name under which a newer message takes the place of one not yet delivered: 32 characters that tell nothing."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:TOPIC_BYTES]).decode()


async def send(to: Receiver, payload: bytes, *, ttl: timedelta, topic: str, urgency: str = "normal") -> Answer:
    """Hand a message to the push service. Raises `TryLater` when it is away or busy; follows no redirect, speaks to no private address."""
    if len(payload) > LARGEST_PAYLOAD:
        logger.error("push too large", size=len(payload))
        return Answer.REFUSED
    try:
        endpoint = endpoints.read(to.endpoint)
        headers = {
            **_signed(endpoint.origin),
            "TTL": str(int(ttl.total_seconds())),
            "Topic": topic,
            "Urgency": urgency,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
        }
        return await _post(to.endpoint, _encrypted(to, payload), headers, trial=endpoint.trial)
    except endpoints.EndpointRefused:
        logger.warning("push endpoint refused")
        return Answer.REFUSED
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise TryLater(f"push service: {type(error).__name__}") from None


async def _post(address: str, body: bytes, headers: dict[str, str], *, trial: bool) -> Answer:
    connector = aiohttp.TCPConnector(force_close=True) if trial else aiohttp.TCPConnector(resolver=PublicOnly(), force_close=True)
    async with (
        aiohttp.ClientSession(connector=connector, timeout=TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()) as session,
        session.post(URL(address, encoded=True), data=body, headers=headers, allow_redirects=False) as response,
    ):
        return _read(response.status, response.headers.get("Retry-After", ""))


def _read(status: int, retry_after: str) -> Answer:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer.TAKEN
    if status in GONE:
        return Answer.GONE
    if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        seconds = int(retry_after) if retry_after.isascii() and retry_after.isdigit() else 0
        raise TryLater(f"push service: {status}", min(timedelta(seconds=min(seconds, 10**6)), LONGEST_WAIT))
    logger.warning("push refused", status=status)
    return Answer.REFUSED


class PublicOnly(AbstractResolver):
    """Names lead to public addresses only, asked at the moment of connecting: a name cannot change in between."""

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        """The addresses of `host`. Raises `EndpointRefused` when one of them is not public."""
        del family  # whatever the net has
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in await endpoints.public_addresses(host, port)
        ]

    async def close(self) -> None:
        """Nothing is held."""


def _signed(audience: str) -> dict[str, str]:
    """Who we are, to this service, for twelve hours. A new dictionary each time: the library writes into it."""
    expires = int((clock.now() + SIGNED_FOR).timestamp())
    claims = {"aud": audience, "exp": expires, "sub": settings().vapid_contact}
    signed: dict[str, str] = Vapid02(vapid.private_key()).sign(claims)
    return signed


def _encrypted(to: Receiver, payload: bytes) -> bytes:
    subscription: dict[str, Any] = {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}}
    body: bytes = WebPusher(subscription).encode(payload)["body"]
    return body


def _decoded(text: str) -> bytes:
    """Bytes of base64 in either alphabet, padded or not: browsers differ."""
    plain = text.rstrip("=").translate(_ALPHABET)
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
