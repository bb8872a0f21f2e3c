"""The log: everything that has happened. History people read, outbox of the relay, source of reports."""

from piccolo.columns import UUID, BigInt, Text, Timestamptz, Varchar
from piccolo.table import Table


class Event(Table):
    """One thing that happened. Ids, codes and times only: texts and identities live in rows the law may have erased.

    `position` is given by the relay once the event is committed: it is the order a phone's cursor follows, without the
    gaps and late comers a sequence would have.
    """

    id = UUID(primary_key=True, default=None)
    kind = Varchar(length=64)
    complaint = UUID(null=True, default=None)
    part = UUID(null=True, default=None)
    subject = UUID(null=True, default=None)
    actor = UUID(null=True, default=None)
    operation = UUID(null=True, default=None)
    data = Text(default="{}")
    device_at = Timestamptz(null=True, default=None)
    at = Timestamptz(default=None)
    position = BigInt(null=True, default=None, unique=True)
