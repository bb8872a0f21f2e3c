"""The words of the law for states, endings, reasons and kinds (`law.md` 4): what may stand in a row."""

from enum import StrEnum


class Status(StrEnum):
    """States of a complaint."""

    RECEIVED = "received"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    NEEDS_INFO = "needs_info"
    RESOLVED = "resolved"
    DISPUTED = "disputed"
    CLOSED = "closed"
    REJECTED = "rejected"


class PartStatus(StrEnum):
    """States of a part, one OPD's assignment."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    NEEDS_INFO = "needs_info"
    DONE = "done"
    TAKEN_BACK = "taken_back"


class Ending(StrEnum):
    """How a complaint was closed; nothing ends without one of these."""

    CONFIRMED = "confirmed"
    SILENCE = "silence"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    NOTE = "note"


class Rejection(StrEnum):
    """Why something is not for the city (C7). There is no "unclear": that is asked, not rejected (G19)."""

    NOT_CITY = "not_city"
    OTHER_REGION = "other_region"
    IN_COURT = "in_court"
    NOT_A_COMPLAINT = "not_a_complaint"
    ABUSE = "abuse"


class QuestionKind(StrEnum):
    """What may be asked (G3); never who an anonymous reporter is."""

    PLACE = "place"
    TIME = "time"
    PHOTO = "photo"
    DETAILS = "details"
    DOCUMENT = "document"
    STILL_SO = "still_so"


class PromiseReason(StrEnum):
    """For what a promise may move, and for nothing else (T17)."""

    QUESTION = "question"
    DISPUTE = "dispute"
    JOINT = "joint"
    FINISH_DATE = "finish_date"
    DECISION = "decision"
    CLASS = "class"
    HOLIDAY = "holiday"
    EXTENSION = "extension"


class Source(StrEnum):
    """How a complaint reached us; all but the app are written down by a clerk."""

    APP = "app"
    COUNTER = "counter"
    PHONE = "phone"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    LAPOR = "lapor"


class PartOutcome(StrEnum):
    """How a part ended (C15). The first three count as handled in public."""

    FIXED = "fixed"
    ANSWERED = "answered"
    SETTLED = "settled"
    ALREADY_FIXED = "already_fixed"
    NOT_FOUND = "not_found"
    NOT_POSSIBLE = "not_possible"


class Evidence(StrEnum):
    """What stands behind a result. Awaited: the photo is still under way from the officer's phone."""

    PHOTO = "photo"
    AWAITED = "awaited"
    WEAK = "weak"


class Mode(StrEnum):
    """How a complaint is forwarded: one OPD, two matters side by side, or one matter nobody can do alone."""

    SINGLE = "single"
    PARALLEL = "parallel"
    JOINT = "joint"
