"""Our transaction: nested ones are savepoints, and what follows a COMMIT runs after it or not at all."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from piccolo.query import Objects, Select

from backend.database import engine as engines
from backend.database.sqlite import SQLiteEngine

_Lockable = TypeVar("_Lockable", bound=Objects[Any] | Select[Any])
_callbacks: ContextVar[list[Callable[[], None]] | None] = ContextVar("callbacks after commit", default=None)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """All or nothing. Inside another one: a savepoint of its own. Never start tasks inside."""
    if in_transaction():
        async with _savepoint():
            yield
        return
    callbacks: list[Callable[[], None]] = []
    token = _callbacks.set(callbacks)
    try:
        async with engines.current().transaction():
            yield
    finally:
        _callbacks.reset(token)
    for callback in callbacks:
        callback()


def in_transaction() -> bool:
    """Is a transaction open in this task?"""
    return engines.current().current_transaction.get() is not None


def after_commit(callback: Callable[[], None]) -> None:
    """Call once the outermost transaction has been committed; at once where there is none. A doorbell, never a promise."""
    callbacks = _callbacks.get()
    if callbacks is None:
        callback()
    else:
        callbacks.append(callback)


def locked(query: _Lockable) -> _Lockable:
    """The same query, its rows held until the end of the transaction. SQLite has one writer and needs no more."""
    if isinstance(engines.current(), SQLiteEngine):
        return query
    return query.lock_rows("UPDATE")  # type: ignore[return-value]  # itself


@asynccontextmanager
async def _savepoint() -> AsyncIterator[None]:
    open_transaction = engines.current().current_transaction.get()
    if open_transaction is None:
        raise RuntimeError("a savepoint needs a transaction")
    callbacks = _callbacks.get()
    kept = len(callbacks) if callbacks is not None else 0
    savepoint = await open_transaction.savepoint()
    try:
        yield
    except BaseException:
        await savepoint.rollback_to()  # type: ignore[no-untyped-call]  # Piccolo's
        await savepoint.release()  # type: ignore[no-untyped-call]  # Piccolo's
        if callbacks is not None:
            del callbacks[kept:]
        raise
    await savepoint.release()  # type: ignore[no-untyped-call]  # Piccolo's
