"""What commands stand on: the console they speak to, and a database that is ready for them."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track

from backend import database, demo, seeds
from backend.settings import settings

console = Console()

T = TypeVar("T")


async def prepared(*, with_demo: bool = False) -> tuple[Any, ...]:
    """Migrate and seed the database; with the demo, return its accounts."""
    engine = database.engine_for(settings().database)
    await database.migrate(engine, seeds.plant)
    return await demo.load(_counted) if with_demo else ()


async def with_database(work: Coroutine[Any, Any, Any]) -> None:
    """Do this in a database that is ready."""
    await prepared()
    await work


def at_once(work: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401  (what the work returns)
    """Do this now, on a loop of its own, and return what it returns."""
    return asyncio.run(work)


def _counted(missing: Iterable[T], total: int) -> Iterable[T]:
    """How far the demo's stories have been told; shown to a person, not to a file."""
    return track(missing, "Telling the demo's stories", total=total, console=console, transient=True, disable=not console.is_terminal)
