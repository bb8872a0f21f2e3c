"""Indexes over several columns, or over some of the rows, which tables cannot declare; in SQL that both databases read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-24T07:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes of people and city"

INDEXES = {
    "notice_of_account": "INDEX {} ON notice (account, at)",
    "notice_of_complaint": "INDEX {} ON notice (complaint, at)",
    "complaint_public": "INDEX {} ON complaint (published_at, id) WHERE published_at IS NOT NULL",
    "follower_once": "UNIQUE INDEX {} ON follower (complaint, account)",
    "clock_due": "INDEX {} ON clock (due_on) WHERE stopped_at IS NULL AND over_at IS NULL",
    "change_of_row": "INDEX {} ON change (subject, key, at)",
    "accused_agency": "INDEX {} ON accused (agency, complaint)",
    "accused_account": "INDEX {} ON accused (account, complaint)",
    "assignment_of_witness": "INDEX {} ON assignment (witness)",
    "notice_unread": "INDEX {} ON notice (account) WHERE read_at IS NULL",
    "notice_old": "INDEX {} ON notice (at)",
    "complaint_confidential": "INDEX {} ON complaint (confidential, id)",
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
