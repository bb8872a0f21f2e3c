"""A page of a work list among few and among many complaints: the moderator's first, one from the middle, an OPD's."""

import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from typing import NamedTuple

import asyncpg
import httpx

from backend import app, clock, database
from backend.accounts import sessions
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import Role
from backend.database.sqlite import PRAGMAS
from benchmarks.bench import crowded, houses, sql
from benchmarks.bench.caller import Caller
from benchmarks.bench.ground import Ground, Place
from benchmarks.bench.rows import Row, Sizes, compared, in_turn
from benchmarks.bench.sql import Asked

MIDDLE = "SELECT received_at, id FROM complaint WHERE status = 'received' ORDER BY received_at, id LIMIT 1 OFFSET {}"
OFFICE = "DPUPRPKP"
ADDRESS = "https://sambat.example"
FOUND = 200

Headers = dict[str, str]


class Crowd(NamedTuple):
    """A database with many complaints, and who looks at them: the headers of a moderator and of an OPD's admin."""

    place: Place
    moderator: Headers
    office: Headers
    middle: str

    def pages(self) -> dict[str, tuple[str, Headers]]:
        """What is asked, by whom."""
        return {
            "moderator's first page": ("/work", self.moderator),
            "a page from the middle": (f"/work?after={self.middle}", self.moderator),
            "an OPD's list": ("/work", self.office),
        }


async def lists(ground: Ground, sizes: Sizes) -> list[Row]:
    """Among many beside among few, by HTTP; and among many beside the SQL of the same page by the bare driver."""
    few, many = await _crowd(ground, sizes.small), await _crowd(ground, sizes.large)
    rows = []
    with houses.standing(few.place) as small, houses.standing(many.place) as large:
        near, far = Caller(small.port), Caller(large.port)
        for name, (path, headers) in many.pages().items():
            path_among_few, headers_among_few = few.pages()[name]
            pairs = await in_turn(
                sizes.rounds, _asking(far, path, headers, sizes.requests), _asking(near, path_among_few, headers_among_few, sizes.requests)
            )
            rows.append(compared(f"{name} among {sizes.large:,}", ground.engine, "ms", pairs, f"the same among {sizes.small:,}"))
            statements = await _statements(many.place, path, headers)
            async with _bare(many.place, statements, sizes.requests) as bare:
                pairs = await in_turn(sizes.rounds, _asking(far, path, headers, sizes.requests), bare)
            rows.append(compared(f"{name} among {sizes.large:,}", ground.engine, "ms", pairs, f"its {len(statements)} statements, bare"))
    return rows


async def _crowd(ground: Ground, count: int) -> Crowd:
    place = await ground.fresh(f"crowd_{count}")
    await crowded.fill(place, count)
    async with database.opened(place.url):
        moderator, office = await _signed_in(Role.MODERATOR), await _signed_in(Role.AGENCY_ADMIN, OFFICE)
    [(moment, last)] = await place.read(MIDDLE.format(count // 4))
    return Crowd(place, moderator, office, f"{moment}_{last}".replace(" ", "T").replace("+", "%2B"))


async def _signed_in(role: Role, agency: str | None = None) -> Headers:
    """A new account of the city in a browser that has shown its second factor."""
    account = database.new_id()
    await Account.insert(Account(id=account, name="Siti", email=f"{account}@contoh.test", password_hash="none", created_at=clock.now()))
    await RoleGrant.insert(RoleGrant(id=database.new_id(), account=account, role=role, agency=agency, valid_from=clock.day_of(clock.now())))
    opened = await sessions.open_for(account, proved=True)
    return {"Cookie": f"{sessions.ACCOUNT_COOKIE}={opened.token}"}


def _asking(caller: Caller, path: str, headers: Headers, times: int) -> Callable[[], Awaitable[float]]:
    """Milliseconds of a page, asked for so often on one connection."""

    async def ask() -> float:
        began = time.perf_counter()
        for _ in range(times):
            status, _ = await caller.ask("GET", path, headers)
            if status != FOUND:
                raise RuntimeError(f"{path} answered {status}")
        return (time.perf_counter() - began) * 1000 / times

    return ask


async def _statements(place: Place, path: str, headers: Headers) -> list[Asked]:
    """Everything the page asks of the database, who is asking included."""
    async with sql.overheard(place.url) as heard:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app.create()), base_url=ADDRESS, headers=headers) as client:
            answer = await client.get(path)
        answer.raise_for_status()
        return list(heard.asked)


@asynccontextmanager
async def _bare(place: Place, statements: Sequence[Asked], times: int) -> AsyncIterator[Callable[[], Awaitable[float]]]:
    """Milliseconds of these statements one after the other, all rows fetched."""
    async with AsyncExitStack() as stack:
        if place.ground.server:
            connection = await asyncpg.connect(place.url)
            stack.push_async_callback(connection.close)
        else:
            file = stack.enter_context(closing(sqlite3.connect(place.file)))
            for pragma in PRAGMAS:
                file.execute(pragma)

        async def run() -> float:
            began = time.perf_counter()
            for _ in range(times):
                for one in statements:
                    if place.ground.server:
                        await connection.fetch(one.sql, *one.arguments)
                    else:
                        file.execute(one.sql, one.arguments).fetchall()
            return (time.perf_counter() - began) * 1000 / times

        yield run
