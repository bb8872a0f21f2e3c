"""The database: one engine per address, our transactions, callbacks after COMMIT, claims of rows."""

from backend.database.claim import claim
from backend.database.engine import Engine, answers, bind, current, engine_for, is_full, start, stop
from backend.database.ids import new_id
from backend.database.migrate import migrate
from backend.database.transaction import after_commit, in_transaction, locked, transaction

__all__ = [
    "Engine",
    "after_commit",
    "answers",
    "bind",
    "claim",
    "current",
    "engine_for",
    "in_transaction",
    "is_full",
    "locked",
    "migrate",
    "new_id",
    "start",
    "stop",
    "transaction",
]
