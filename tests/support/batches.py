"""A phone's queue before the door: batches as it sends them."""

from typing import Any
from uuid import uuid4

import httpx
import msgspec


def batch(*operations: object, **other: object) -> dict[str, Any]:
    """The body of `POST /api/sync`."""
    written = [msgspec.to_builtins(op) if isinstance(op, msgspec.Struct) else op for op in operations]
    return {"protocol": 1, "device_id": str(uuid4()), "operations": written, **other}


async def send(phone: httpx.AsyncClient, *operations: object, **other: object) -> dict[str, Any]:
    """The answer to a batch that must be taken as a whole."""
    answer = await phone.post("/api/sync", json=batch(*operations, **other))
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told
