"""Letters on their way by mail: a row each, gone a while after it was sent."""

from piccolo.columns import UUID, Text, Timestamptz, Varchar
from piccolo.table import Table


class Mail(Table):
    """One mail. `text` may hold a code or a link that proves who reads it: it is emptied once sent."""

    id = UUID(primary_key=True, default=None)
    to = Varchar(length=254)
    subject = Text()
    text = Text(secret=True)
    created_at = Timestamptz(default=None)
    sent_at = Timestamptz(null=True, default=None)
