"""What can be asked of a worker."""

from enum import StrEnum


class JobKind(StrEnum):
    """One kind of thing to do; `workers/handlers.py` says how."""

    ANNOUNCE = "event.announce"
    PUSH = "push.deliver"
    PROCESS_PHOTO = "photo.process"
    MAIL = "mail.deliver"
    HAND_OVER = "inbox.hand_over"
    FORGET_BROWSERS = "account.forget_browsers"
    CLOCK_OVER = "clock.over"
