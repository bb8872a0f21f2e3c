"""The job table is the truth of what is to be done; a broker only wakes."""

from piccolo.columns import UUID, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Job(Table):
    """One thing to do. `dedupe_key` keeps it single, `run_at` wakes it, `leased_until` holds it for one worker."""

    id = UUID(primary_key=True, default=None)
    kind = Varchar(length=64)
    arguments = Text(default="{}")
    dedupe_key = Varchar(length=200, null=True, default=None, unique=True)
    run_at = Timestamptz(default=None, index=True)
    leased_until = Timestamptz(null=True, default=None)
    attempts = Integer(default=0)
    done_at = Timestamptz(null=True, default=None)
    given_up_at = Timestamptz(null=True, default=None)
    last_error = Text(default="")
    created_at = Timestamptz(default=None)
