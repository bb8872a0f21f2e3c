"""The database: one engine per address, our transactions, callbacks after COMMIT, claims of rows."""

from backend.database.claim import claim
from backend.database.engine import AWAY, FAULTS, Engine, answers, bind, current, engine_for, is_away, is_full, opened, start, stop
from backend.database.ids import new_id
from backend.database.insert import insert, insert_unless_there
from backend.database.migrate import known_migrations, migrate, migrate_to, missing_migrations
from backend.database.transaction import after_commit, in_transaction, joined, locked, once_a_transaction, transaction

__all__ = [
    "AWAY",
    "FAULTS",
    "Engine",
    "after_commit",
    "answers",
    "bind",
    "claim",
    "current",
    "engine_for",
    "in_transaction",
    "insert",
    "insert_unless_there",
    "is_away",
    "is_full",
    "joined",
    "known_migrations",
    "locked",
    "migrate",
    "migrate_to",
    "missing_migrations",
    "new_id",
    "once_a_transaction",
    "opened",
    "start",
    "stop",
    "transaction",
]
