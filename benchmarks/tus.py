"""What schemathesis must be told to speak tus: a piece of a photo is sent as it is (`schemathesis.toml` loads this)."""

from typing import Any

import schemathesis
from schemathesis import SerializationContext

PIECE = "application/offset+octet-stream"


@schemathesis.serializer(PIECE)
def piece(_: SerializationContext, value: Any) -> bytes:  # noqa: ANN401  (whatever was made up)
    """Bytes as they are, anything else as its words."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")
