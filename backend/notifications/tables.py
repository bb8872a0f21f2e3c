"""Browsers that want to be told, and of what."""

from piccolo.columns import UUID, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.accounts.tables import Account


class Subscription(Table):
    """A browser's push subscription (RFC 8030, 8291). Never one of somebody anonymous."""

    id = UUID(primary_key=True, default=None)
    endpoint = Text(unique=True)
    p256dh = Varchar(length=120)
    auth = Varchar(length=40)
    account = ForeignKey(references=Account, null=True, default=None, index=True)
    created_at = Timestamptz(default=None)


class Follow(Table):
    """A subscription that hears of one complaint, after proof of its key."""

    id = UUID(primary_key=True, default=None)
    subscription = ForeignKey(references=Subscription, null=False, index=True)
    complaint = UUID(default=None, index=True)
