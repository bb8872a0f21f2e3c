"""PostgreSQL as we need it: a failing COMMIT gives its connection back, and nobody waits for ever for one.

The stock transaction leaks the connection and stays "current" when COMMIT fails, and `acquire` has no time limit.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Self

from piccolo.engine import postgres as piccolo_postgres

ACQUIRE_SECONDS = 10
CONNECT_SECONDS = 5
CLOSE_SECONDS = 2
POOL_SIZE = 10


class PostgresTransaction(piccolo_postgres.PostgresTransaction):
    """Gives its connection back whatever happens."""

    engine: "PostgresEngine"

    async def __aenter__(self) -> Self:
        """Take a connection and begin."""
        self.connection = await self.get_connection()
        try:
            self.transaction = self.connection.transaction()
            await self.begin()  # type: ignore[no-untyped-call]  # Piccolo's
        except BaseException:
            await asyncio.shield(self.engine.give_back(self.connection))
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def get_connection(self) -> Any:  # noqa: ANN401  (asyncpg's proxy of a pooled connection has no public type)
        """A connection of the pool, waited for `ACQUIRE_SECONDS` at most."""
        if self.engine.pool:
            return await self.engine.pool.acquire(timeout=ACQUIRE_SECONDS)
        return await self.engine.get_new_connection()

    async def __aexit__(self, exception_type: object, exception: object, traceback: object) -> bool:
        """Commit or roll back, then always end the transaction and give the connection back."""
        try:
            await (self.commit() if exception is None else self.rollback())  # type: ignore[no-untyped-call]  # Piccolo's
        finally:
            self.engine.current_transaction.reset(self.context)
            await asyncio.shield(self.engine.give_back(self.connection))
        return False


class PostgresEngine(piccolo_postgres.PostgresEngine):
    """Piccolo's engine with our transaction."""

    async def check_version(self) -> None:
        """Asks nothing: the stock engine opens a connection as soon as it is made."""

    async def start_connection_pool(self, **kwargs: Any) -> None:  # noqa: ANN401  (asyncpg's own options)
        """Open the pool; statements give up after half a minute. It connects when it is used: the server may come up after us."""
        options = {"min_size": 0, "max_size": POOL_SIZE, "timeout": CONNECT_SECONDS, "command_timeout": 30}
        await super().start_connection_pool(**options | kwargs)

    async def close_connection_pool(self) -> None:
        """Close the pool if there is one; connections that do not come back are cut off."""
        if self.pool:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self.pool.close()
            self.pool = None

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> list[Any]:
        """The stock one waits for ever for a connection."""
        if self.pool is None:
            raise ValueError("no pool is open")
        async with self.pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
            return list(await connection.fetch(query, *(args or ())))

    async def give_back(self, connection: Any) -> None:  # noqa: ANN401  (see `get_connection`)
        """Return a connection to the pool, or close it where there is none."""
        if self.pool:
            await self.pool.release(connection)
        else:
            await connection.close()

    def transaction(self, allow_nested: bool = True) -> PostgresTransaction:  # noqa: ARG002, FBT001, FBT002  (Piccolo's signature)
        """A transaction of ours; `database.transaction` nests them by savepoints."""
        return PostgresTransaction(engine=self)
