"""Reading mails: by the development's outbox alone."""

from backend.mail.tables import Mail

SHOWN = 50


async def latest() -> list[Mail]:
    """The newest mails, the last one first."""
    return await Mail.objects().order_by(Mail.created_at, Mail.id, ascending=False).limit(SHOWN)
