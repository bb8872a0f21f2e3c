"""All tables of the project, in the order in which they refer to each other."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from backend.accounts.tables import Account, Attempt, RoleGrant, Session, SessionClaim
from backend.agencies.tables import Agency, Area, Category
from backend.complaints.tables import Assignment, Chunk, Complaint, Note, Photo
from backend.events.tables import Event
from backend.jobs.tables import Job
from backend.notifications.tables import Follow, Subscription
from backend.operation_table import OperationRow
from backend.sla.tables import Clock, Holiday

APP_CONFIG = AppConfig(
    app_name="sambat",
    migrations_folder_path=str(Path(__file__).parents[1] / "migrations"),
    table_classes=[
        OperationRow,
        Event,
        Job,
        Agency,
        Area,
        Category,
        Account,
        RoleGrant,
        Session,
        SessionClaim,
        Attempt,
        Holiday,
        Clock,
        Complaint,
        Assignment,
        Note,
        Photo,
        Chunk,
        Subscription,
        Follow,
    ],
)
