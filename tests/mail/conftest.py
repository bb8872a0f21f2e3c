from tests.support.mailbox import mailbox

__all__ = ["mailbox"]
