"""The words of ASGI, and reading a header in it."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: str) -> str | None:
    """A header of the request by its lower-case name; of several, all, joined by commas."""
    wanted = name.encode()
    values = [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == wanted]
    return ", ".join(values) if values else None
