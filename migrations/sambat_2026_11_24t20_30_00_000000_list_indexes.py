"""What a moderator decides now and then is found without looking at all that waits; in SQL that both databases read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-24T20:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes of lists"

INDEXES = {
    "complaint_objected": "INDEX {} ON complaint (status, received_at, id) WHERE objected_at IS NOT NULL",
    "complaint_to_review": "INDEX {} ON complaint (review_due, received_at, id)",
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
