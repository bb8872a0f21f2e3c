"""Answers on their way out: our headers on each, and a plain refusal where no page can be made."""

from html import escape

import msgspec

from backend.errors import DomainError
from backend.security.asgi import Message, Scope, Send, header
from backend.security.wants import wants_json

Headers = tuple[tuple[bytes, bytes], ...]

OUR_COOKIES = "__Host-"

PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sambat Rene Ker</title></head><body><main><p>{}</p><p><a href="/">Sambat Rene Ker</a></p></main></body></html>
"""


class Answer:
    """What goes out for one request. `status` is 0 until it has begun; `instead` replaces what has not begun."""

    def __init__(self, scope: Scope, send: Send, headers: Headers) -> None:
        self._scope = scope
        self._send = send
        self._headers = headers
        self._personal = OUR_COOKIES in (header(scope, "cookie") or "")
        self.status = 0
        self.instead: DomainError | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, the first with our headers."""
        if self.instead is not None and not self.status:
            raise self.instead
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._complete(list(message.get("headers", ())))}
        await self._send(message)

    def _complete(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """Ours where the page says nothing stricter itself. With a session no cache keeps anything but what is the same for all."""
        names = {name.lower() for name, _ in given}
        for_all = any(name.lower() == b"cache-control" and b"public" in value for name, value in given)
        if (self._personal or b"set-cookie" in names) and not for_all:
            given = [(name, value) for name, value in given if name.lower() != b"cache-control"]
            given.append((b"cache-control", b"private, no-store"))
        return given + [(name, value) for name, value in self._headers if name not in names]


async def refuse(refusal: DomainError, scope: Scope, send: Send) -> None:
    """A refusal as a bare page or as JSON."""
    if wants_json(scope):
        kind, content = b"application/json", msgspec.json.encode({"code": refusal.code, "message": str(refusal)})
    else:
        kind, content = b"text/html; charset=utf-8", PAGE.format(escape(str(refusal))).encode()
    headers = [(b"content-type", kind), (b"content-length", str(len(content)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": refusal.http_status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
