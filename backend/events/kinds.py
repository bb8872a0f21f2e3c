"""Everything that can happen, in the past tense."""

from enum import StrEnum


class EventKind(StrEnum):
    """What a line of the log says."""

    RECEIVED = "complaint.received"
    FORWARDED = "complaint.forwarded"
    ANSWERED = "part.answered"
    OFFICER_NAMED = "part.officer_named"
    VISITED = "part.visited"
    PART_DONE = "part.done"
    RESOLVED = "complaint.resolved"
    CONFIRMED = "complaint.confirmed"
    DISPUTED = "complaint.disputed"
    CONFLICTED = "step.conflicted"
    PHOTO_UPLOADED = "photo.uploaded"
    PHOTO_READY = "photo.ready"
    PHOTO_REFUSED = "photo.refused"
