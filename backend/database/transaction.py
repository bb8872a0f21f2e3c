"""Our transaction: nested ones are savepoints, and what follows a COMMIT runs after it or not at all."""

import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from piccolo.query import Objects, Select

from backend.database import engine as engines
from backend.database.sqlite import SQLiteEngine

T = TypeVar("T")
_Lockable = TypeVar("_Lockable", bound=Objects[Any] | Select[Any])
_known: ContextVar[dict[Callable[..., Any], Any] | None] = ContextVar("facts of the transaction", default=None)
_callbacks: ContextVar[list[Callable[[], None]] | None] = ContextVar("callbacks after commit", default=None)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """All or nothing. Inside another one: a savepoint of its own. Never start tasks inside."""
    if in_transaction():
        async with _savepoint():
            yield
        return
    callbacks: list[Callable[[], None]] = []
    token, facts = _callbacks.set(callbacks), _known.set({})
    try:
        async with engines.current().transaction():
            yield
    finally:
        _callbacks.reset(token)
        _known.reset(facts)
    for callback in callbacks:
        callback()


@asynccontextmanager
async def joined() -> AsyncIterator[None]:
    """Part of the open transaction, where there is one; else one of its own. What fails in it fails the whole."""
    if in_transaction():
        yield
        return
    async with transaction():
        yield


def once_a_transaction(read: Callable[[], Awaitable[T]]) -> Callable[[], Awaitable[T]]:
    """Read what does not change while a transaction lasts once in each; outside of one each time."""

    @functools.wraps(read)
    async def known() -> T:
        facts = _known.get()
        if facts is None:
            return await read()
        if read not in facts:
            facts[read] = await read()
        found: T = facts[read]
        return found

    return known


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
