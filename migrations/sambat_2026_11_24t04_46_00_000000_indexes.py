"""Indexes over several columns, or over some of the rows, which tables cannot declare; in SQL that both databases read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-24T04:46:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes"

INDEXES = {
    "assignment_once": "UNIQUE INDEX {} ON assignment (complaint, agency)",
    "follow_once": "UNIQUE INDEX {} ON follow (subscription, complaint)",
    "chunk_once": 'UNIQUE INDEX {} ON chunk (photo, "start")',
    "session_claim_once": "UNIQUE INDEX {} ON session_claim (session, complaint)",
    "event_unnumbered": 'INDEX {} ON event (id) WHERE "position" IS NULL',
    "event_of_complaint": "INDEX {} ON event (complaint, at)",
    "job_due": "INDEX {} ON job (run_at) WHERE done_at IS NULL AND given_up_at IS NULL",
    "complaint_queue": "INDEX {} ON complaint (status, received_at, id)",
    "assignment_of_agency": "INDEX {} ON assignment (agency, status)",
    "assignment_of_officer": "INDEX {} ON assignment (officer, status)",
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="sambat", description=DESCRIPTION)

    async def create():
        for name, index in INDEXES.items():
            await engine_finder().run_ddl(f"CREATE {index.format(name)}")

    async def drop():
        for name in INDEXES:
            await engine_finder().run_ddl(f"DROP INDEX {name}")

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
