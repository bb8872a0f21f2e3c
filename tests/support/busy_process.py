"""A process to be killed: it takes complaints in, says which after COMMIT, and works meanwhile. `python -m … REPORTER|none`."""

import asyncio
import sys
from datetime import timedelta
from uuid import UUID

import workers
from backend import database, logs
from backend.actors.actor import Actor
from backend.actors.permissions import Role
from backend.jobs import queue
from backend.settings import settings
from tests.support import city


async def main(reporter):
    queue.LEASE = timedelta(seconds=1)
    logs.configure("warning")  # our words alone go to standard output
    async with database.opened(settings().database), workers.embedded():
        say("ready")
        while reporter:
            complaint = await city.tell(Actor(account=UUID(reporter), roles=frozenset({Role.CITIZEN})))
            say(complaint)
        await asyncio.sleep(600)


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if sys.argv[1] != "none" else ""))
