"""Browsers that want to be told, and of what; and what everybody was told."""

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


class Notice(Table):
    """A line of somebody's inbox: of an account, or of whoever holds the complaint's key (`account` none).

    It says what the push said; `id` is made of the event and the reader, so that there is one for each. `complaint` none: news of
    the account itself. Of somebody anonymous `at` is a full hour; `read_at` always is.
    """

    id = UUID(primary_key=True, default=None)
    account = UUID(null=True, default=None, index=True)
    complaint = UUID(null=True, default=None, index=True)
    event = UUID(default=None)
    hearer = Varchar(length=16)
    title = Text(default="")
    body = Text(default="")
    url = Text(default="")
    at = Timestamptz(default=None)
    read_at = Timestamptz(null=True, default=None)
