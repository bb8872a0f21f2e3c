"""THE TABLE of what follows what: an event's kind and the jobs it makes."""

from backend.events.kinds import EventKind
from backend.jobs.kinds import JobKind

REACTIONS: dict[EventKind, tuple[JobKind, ...]] = {
    EventKind.RECEIVED: (JobKind.ANNOUNCE,),
    EventKind.FORWARDED: (JobKind.ANNOUNCE,),
    EventKind.ANSWERED: (JobKind.ANNOUNCE,),
    EventKind.OFFICER_NAMED: (JobKind.ANNOUNCE,),
    EventKind.VISITED: (JobKind.ANNOUNCE,),
    EventKind.PART_DONE: (JobKind.ANNOUNCE,),
    EventKind.RESOLVED: (JobKind.ANNOUNCE,),
    EventKind.CONFIRMED: (),
    EventKind.DISPUTED: (JobKind.ANNOUNCE,),
    EventKind.CONFLICTED: (),
    EventKind.PHOTO_UPLOADED: (JobKind.PROCESS_PHOTO,),
    EventKind.PHOTO_READY: (),
    EventKind.PHOTO_REFUSED: (),
}
