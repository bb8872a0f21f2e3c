"""All tables of the project, in the order in which they refer to each other."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from backend.accounts.tables import Account, Attempt, Code, RecoveryCode, RoleGrant, Session, SessionClaim
from backend.agencies.tables import Agency, Area, Category, Change, Elsewhere, Emergency
from backend.complaints.tables import (
    Accused,
    Assignment,
    Chunk,
    Complaint,
    Contact,
    Edit,
    Follower,
    Note,
    Photo,
    Question,
    Rating,
)
from backend.events.tables import Event
from backend.jobs.tables import Job
from backend.mail.tables import Mail
from backend.notifications.tables import Follow, Notice, Subscription
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
        Elsewhere,
        Emergency,
        Change,
        Account,
        RoleGrant,
        Session,
        SessionClaim,
        Attempt,
        Code,
        RecoveryCode,
        Mail,
        Holiday,
        Clock,
        Complaint,
        Assignment,
        Note,
        Photo,
        Chunk,
        Contact,
        Question,
        Edit,
        Rating,
        Follower,
        Accused,
        Subscription,
        Follow,
        Notice,
    ],
)
