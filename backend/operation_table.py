"""The table of operations: what each phone and form asked for, and what came of it, once."""

from piccolo.columns import UUID, Text, Timestamptz, Varchar
from piccolo.table import Table


class OperationRow(Table, tablename="operation"):
    """One operation. `outcome` is the JSON answer a copy gets again; `digest` tells a copy from a stranger with its id."""

    id = UUID(primary_key=True, default=None)
    owner = UUID(null=True, default=None)
    kind = Varchar(length=64)
    digest = Varchar(length=64)
    status = Varchar(length=16)
    outcome = Text()
    at = Timestamptz(default=None, index=True)
