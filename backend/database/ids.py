"""Ids are made here, in Python: a default in a column would be baked into the table's definition."""

from uuid import UUID, uuid4

from uuid_utils.compat import uuid7


def new_id(*, anonymous: bool = False) -> UUID:
    """A new id. It holds its moment (UUIDv7), unless it belongs to somebody who stays anonymous (UUIDv4)."""
    return uuid4() if anonymous else uuid7()
