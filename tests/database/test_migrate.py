"""From nothing to the shape of this release, once, whoever starts it; and the indexes that lists need."""

import asyncio
import sqlite3
from contextlib import closing
from importlib import import_module
from uuid import uuid4

import asyncpg
import pytest

from backend import clock
from backend import database as db
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Role
from backend.complaints import access
from backend.complaints.states import PartStatus, Status
from backend.complaints.tables import Assignment, Chunk, Complaint
from backend.events.tables import Event
from backend.jobs.tables import Job
from backend.piccolo_app import APP_CONFIG
from tests.support import servers

INDEXES = import_module("migrations.sambat_2026_11_24t04_46_00_000000_indexes").INDEXES
FAULTS = (sqlite3.IntegrityError, asyncpg.UniqueViolationError)


async def test_every_table_and_column_is_there(database):
    for table in APP_CONFIG.table_classes:
        await table.select(*table.all_columns()).limit(1)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def test_two_migrators_at_once_do_it_once(databases, tmp_path, kind):
    url = f"sqlite:///{tmp_path}/new/sambat.db"
    if kind == "postgresql":
        server = (await databases.fresh(kind)).rpartition("/")[0]
        await servers.execute(server, "CREATE DATABASE empty_city")
        url = f"{server}/empty_city"
    command = ("import asyncio, sys; from backend import database; asyncio.run(database.migrate(database.engine_for(sys.argv[1])))", url)
    both = [await asyncio.create_subprocess_exec(".venv/bin/python", "-c", *command, stderr=asyncio.subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, said = await process.communicate()
        assert (process.returncode, said) == (0, b"")
    engine = db.engine_for(url)
    db.bind(engine)
    await db.migrate(engine)
    assert await Complaint.count() == 0
    if kind == "postgresql":
        await databases.drop(url)


async def test_a_migration_that_fails_says_so(databases, monkeypatch):
    url = await databases.fresh("sqlite")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.execute("DROP INDEX job_due")
        connection.execute("DELETE FROM migration WHERE name LIKE '2026-11-24T04:46%'")
        connection.commit()
    with pytest.raises(RuntimeError, match="assignment_once"):
        await db.migrate(db.engine_for(url))
    await databases.drop(url)


async def test_the_database_itself_keeps_what_must_be_single(database):
    rows = [index for name, index in INDEXES.items() if name.endswith("_once")]
    assert len(rows) == 4
    if isinstance(database, db.engine_for("sqlite:///x").__class__):
        await Chunk.raw("PRAGMA foreign_keys = OFF")
    else:
        await Chunk.raw("ALTER TABLE chunk DROP CONSTRAINT chunk_photo_fkey")
    photo = uuid4()
    await Chunk.insert(Chunk(id=uuid4(), photo=photo, start=0, content=b"x"))
    with pytest.raises(FAULTS):
        await Chunk.insert(Chunk(id=uuid4(), photo=photo, start=0, content=b"y"))


def queries():
    moderator = Actor(account=uuid4(), roles=frozenset({Role.MODERATOR}))
    admin = Actor(account=uuid4(), roles=frozenset({Role.AGENCY_ADMIN}), agencies={Role.AGENCY_ADMIN: frozenset({"DLH"})})
    officer = Actor(account=uuid4(), roles=frozenset({Role.OFFICER}), agencies={Role.OFFICER: frozenset({"DLH"})})
    waiting = Complaint.select(Complaint.id).where(access.within(moderator, Permission.FORWARD), Complaint.status == Status.RECEIVED)
    undone = Assignment.status != PartStatus.DONE
    return {
        "complaint_queue": waiting.order_by(Complaint.received_at, Complaint.id).limit(50),
        "assignment_of_agency": Assignment.select(Assignment.id).where(access.within_parts(admin, Permission.ASSIGN), undone),
        "assignment_of_officer": Assignment.select(Assignment.id).where(access.within_parts(officer, Permission.VISIT), undone),
        "event_of_complaint": Event.select(Event.id).where(Event.complaint == uuid4()),
        "event_unnumbered": Event.select(Event.id).where(Event.position.is_null()).order_by(Event.id).limit(200),
        "job_due": Job.select(Job.id)
        .where(Job.run_at <= clock.now(), Job.done_at.is_null(), Job.given_up_at.is_null())
        .order_by(Job.run_at)
        .limit(50),
    }


@pytest.mark.parametrize("index", sorted(queries()))
async def test_lists_find_their_rows_by_an_index(database, index):
    sql, arguments = queries()[index].querystrings[0].compile_string(engine_type=database.engine_type)
    if database.engine_type == "sqlite":
        async with database._reader() as connection, connection.execute(f"EXPLAIN QUERY PLAN {sql}", arguments) as cursor:
            plan = " ".join(row["detail"] for row in await cursor.fetchall())
    else:
        async with db.transaction():
            connection = database.current_transaction.get().connection
            await connection.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
            plan = " ".join(row[0] for row in await connection.fetch(f"EXPLAIN {sql}", *arguments))
    assert index in plan or (database.engine_type, index) == ("sqlite", "event_unnumbered"), plan
    assert "SCAN" not in plan, plan  # SQLite finds the few unnumbered ones by the unique index of positions
