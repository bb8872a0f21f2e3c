"""How much may be sent where: more is turned away by its announcement, or in the middle, before anybody keeps or decodes it."""

import re

from backend.errors import DomainError
from backend.security.answer import Answer
from backend.security.asgi import Message, Receive, Scope, header
from backend.settings import settings
from backend.words import N_

KIB = 1024
MIB = 1024 * KIB
PHOTOS_OF_A_FORM = 5
DEEPEST = 32


class TooLarge(DomainError):
    """More bytes than the address takes."""

    code = "too_large"
    http_status = 413
    sentence = N_("Kiriman ini terlalu besar. Kurangi jumlah atau ukuran fotonya.")


class TooDeep(DomainError):
    """JSON folded into itself deeper than anything we understand."""

    code = "too_deep"
    http_status = 400
    sentence = N_("Kiriman ini tidak dapat kami baca.")


def limit_of(path: str) -> int:
    """The most bytes a body may have, by the first row that fits."""
    photo = settings().photo_limit_mb * MIB
    form_with_photos = PHOTOS_OF_A_FORM * photo + MIB
    rows = (
        ("/api/sync", 256 * KIB),
        ("/api/photos", photo),
        ("/api/", 16 * KIB),
        ("/complaints", form_with_photos),
        ("/parts/", form_with_photos),
        ("/", 64 * KIB),
    )
    return next((limit for prefix, limit in rows if path.startswith(prefix)), 0)


async def guarded(scope: Scope, receive: Receive, answer: Answer) -> Receive:
    """The same body, counted as it comes; of JSON the depth is measured before anybody decodes it. Raises `TooLarge`, `TooDeep`."""
    limit = limit_of(scope["path"])
    announced = header(scope, "content-length") or ""
    if announced.isdecimal() and int(announced) > limit:
        raise TooLarge
    counted = _counted(receive, limit, answer)
    if "json" not in (header(scope, "content-type") or "").lower():
        return counted
    whole = await _whole(counted)
    if too_deep(whole):
        raise TooDeep
    return _again(whole, receive)


def too_deep(body: bytes) -> bool:
    """Are brackets outside strings nested more than `DEEPEST` deep? A decoder would run out of stack and answer 500."""
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for token in _TOKENS.finditer(body):
        match token.group()[:1]:
            case b"[" | b"{":
                depth += 1
            case b"]" | b"}":
                depth -= 1
        if depth > DEEPEST:
            return True
    return False


_TOKENS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)
"""Strings are one token each, so that brackets in them do not count; a last one may lack its end."""


def _counted(receive: Receive, limit: int, answer: Answer) -> Receive:
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            answer.instead = TooLarge()
            raise answer.instead
        return message

    return counting


async def _whole(receive: Receive) -> bytes:
    pieces = []
    while (message := await receive())["type"] == "http.request":
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            break
    return b"".join(pieces)


def _again(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replaying() -> Message:
        return waiting.pop() if waiting else await receive()

    return replaying
