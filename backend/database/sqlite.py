"""SQLite as we need it: one writer behind a lock, a few readers, every COMMIT on the disk before it is answered.

The stock engine opens a connection and a thread for each query and begins DEFERRED: half of the posts of sixty phones
failed with "database is locked", and a power cut under `synchronous=NORMAL` lost acknowledged rows.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, Self

import aiosqlite
from piccolo.engine import sqlite as piccolo_sqlite
from piccolo.engine.sqlite import TransactionType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from piccolo.querystring import QueryString

READERS = 4
PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class SQLiteTransaction(piccolo_sqlite.SQLiteTransaction):
    """Takes the writer, and gives it back whatever happens."""

    engine: "SQLiteEngine"

    async def __aenter__(self) -> Self:
        """Begin IMMEDIATE, so that what was read is still true when it is written."""
        self.connection = await self.engine.take_writer()
        try:
            await self.connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            await asyncio.shield(self.engine.return_writer(self.connection))
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, exception_type: object, exception: object, traceback: object) -> bool:
        """Commit or roll back; a failing COMMIT leaves neither the writer taken nor the transaction set."""
        try:
            if exception is None:
                await self.commit()  # type: ignore[no-untyped-call]  # Piccolo's
        finally:
            self.engine.current_transaction.reset(self.context)
            await asyncio.shield(self.engine.return_writer(self.connection))
        return False


class SQLiteEngine(piccolo_sqlite.SQLiteEngine):
    """One writer and `READERS` readers after `start_connection_pool`; before it, a connection for each use, as commands need it."""

    def __init__(self, path: str) -> None:
        super().__init__(path=path)
        self._writer: aiosqlite.Connection | None = None
        self._writing = asyncio.Lock()
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()

    async def check_version(self) -> None:
        """Asks nothing: the stock engine opens the file as soon as it is made."""

    async def get_connection(self) -> aiosqlite.Connection:
        """A new connection with our pragmas, rows as dictionaries."""
        connection = await aiosqlite.connect(**self.connection_kwargs)
        connection.row_factory = piccolo_sqlite.dict_factory  # type: ignore[assignment]  # Piccolo reads rows as dictionaries
        for pragma in PRAGMAS:
            await connection.execute(pragma)
        return connection

    async def start_connection_pool(self) -> None:
        """Open writer and readers."""
        self._writing = asyncio.Lock()
        self._readers = asyncio.Queue()
        self._writer = await self.get_connection()
        for _ in range(READERS):
            self._readers.put_nowait(await self.get_connection())

    async def close_connection_pool(self) -> None:
        """Wait for the last writer, then close all."""
        if self._writer is None:
            return
        async with self._writing:
            await self._writer.close()
            self._writer = None
        for _ in range(READERS):
            await (await self._readers.get()).close()

    async def take_writer(self) -> aiosqlite.Connection:
        """The one connection that writes, once nobody else holds it."""
        if self._writer is None:
            return await self.get_connection()
        await self._writing.acquire()
        if self._writer is None:  # the pool was closed while we waited
            self._writing.release()
            return await self.get_connection()
        return self._writer

    async def return_writer(self, connection: aiosqlite.Connection) -> None:
        """Undo what was not committed and let the next one write."""
        if connection is not self._writer:
            await connection.close()
            return
        try:
            await connection.rollback()
        finally:
            self._writing.release()

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,  # noqa: ARG002  (Piccolo's signature; ours are always IMMEDIATE)
        allow_nested: bool = True,  # noqa: ARG002, FBT001, FBT002  (Piccolo's signature)
    ) -> SQLiteTransaction:
        """A transaction of ours; `database.transaction` nests them by savepoints."""
        return SQLiteTransaction(engine=self)

    async def run_querystring(self, querystring: "QueryString", in_pool: bool = False) -> list[dict[str, Any]]:  # noqa: ARG002, FBT001, FBT002  (Piccolo's signature)
        """Run a query where it belongs: in the open transaction, on a reader, or on the writer."""
        query, arguments = querystring.compile_string(engine_type=self.engine_type)
        return await self._run(query, arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[dict[str, Any]]:  # noqa: ARG002, FBT001, FBT002  (Piccolo's signature)
        """Run a statement that shapes tables."""
        return await self._run(ddl, [])

    async def _run(self, query: str, arguments: list[Any]) -> list[dict[str, Any]]:
        async with self._connection_for(query) as connection, connection.execute(query, arguments) as cursor:
            return list(await cursor.fetchall())  # type: ignore[arg-type]  # dictionaries, by our row_factory

    def _connection_for(self, query: str) -> AbstractAsyncContextManager[aiosqlite.Connection]:
        transaction = self.current_transaction.get()
        if transaction is not None:
            return _borrowed(transaction.connection)
        reads = query.lstrip()[:6].upper() == "SELECT"
        return self._reader() if reads and self._writer is not None else self._sole_writer()

    @asynccontextmanager
    async def _reader(self) -> "AsyncIterator[aiosqlite.Connection]":
        connection = await self._readers.get()
        try:
            yield connection
        finally:
            self._readers.put_nowait(connection)

    @asynccontextmanager
    async def _sole_writer(self) -> "AsyncIterator[aiosqlite.Connection]":
        connection = await self.take_writer()
        try:
            yield connection
        finally:
            await asyncio.shield(self.return_writer(connection))


@asynccontextmanager
async def _borrowed(connection: aiosqlite.Connection) -> "AsyncIterator[aiosqlite.Connection]":
    yield connection
