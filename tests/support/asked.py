"""What people ask of complaints, as operations ready to be carried out: `asked.answer(admin, part, text="…")`."""

import hashlib
from uuid import UUID, uuid4

from backend import clock
from backend import database as db
from backend.actors.actor import Actor
from backend.complaints import claims
from backend.complaints.operations import ConfirmComplaint, DisputeComplaint, PhotoClaim, Place, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import AnswerPart, FinishPart, ForwardComplaint, ForwardPart, NameOfficer, VisitPart
from backend.complaints.states import Mode, PartOutcome
from backend.sla.policy import ServiceClass

KEY = "7F3K9QWX01TT2V4B8YHJMNPRS5"
WORDS = "Lampu jalan mati di depan pasar."


def submit(reporter: Actor | None = None, *, key: str = KEY, **other: object) -> SubmitComplaint:
    """Of an account, or of the guest who holds the key."""
    mine = {"owner": reporter.account} if reporter else {"claim_hash": claims.hash_of(key)}
    place = Place(address="depan Pasar Oro-Oro Dowo", area="35.73.02.1001")
    given = {"id": db.new_id(), "complaint": db.new_id(), "secrecy": Secrecy.NAME_HIDDEN, "text": WORDS, "place": place, **mine}
    return SubmitComplaint(**{**given, **other})


def anonymous(*, key: str = KEY, **other: object) -> SubmitComplaint:
    """Of somebody of whom nothing is known."""
    return submit(key=key, id=uuid4(), complaint=uuid4(), secrecy=Secrecy.ANONYMOUS, **other)


def forward(
    moderator: Actor, complaint: UUID, *agencies: str, service_class: str = "field_work", mode: Mode = Mode.SINGLE, **other: object
) -> ForwardComplaint:
    """To these OPDs; the first leads where it is joint."""
    named = tuple(
        ForwardPart(agency=agency, service_class=ServiceClass(service_class), lead=mode == Mode.JOINT and agency == agencies[0])
        for agency in agencies or ("DPUPRPKP",)
    )
    given = {
        "complaint": complaint,
        "seen": "received",
        "mode": mode,
        "parts": named,
        "reason": "Satu galian." if mode == Mode.JOINT else "",
    }
    return ForwardComplaint(**_carried(moderator), **{**given, **other})


def answer(admin: Actor, part: UUID, **other: object) -> AnswerPart:
    return AnswerPart(**{**_carried(admin), "part": part, "seen": "assigned", "text": "Regu kami datang besok.", **other})


def name_officer(admin: Actor, part: UUID, officer: Actor, **other: object) -> NameOfficer:
    today = clock.day_of(clock.now())
    return NameOfficer(**{**_carried(admin), "part": part, "seen": "assigned", "officer": officer.account, "visit_on": today, **other})


def visit(worker: Actor, part: UUID, **other: object) -> VisitPart:
    finish_on = clock.day_of(clock.now())
    given = {"part": part, "seen": "assigned", "text": "Kabel putus.", "finish_on": finish_on, "photos": (photo(),)}
    return VisitPart(**{**_carried(worker), **given, **other})


def finish(worker: Actor, part: UUID, **other: object) -> FinishPart:
    given = {
        "part": part,
        "seen": "assigned",
        "outcome": PartOutcome.FIXED,
        "work_done": "Lampu diganti.",
        "work_done_on": clock.day_of(clock.now()),
        "work_done_by": "Regu tiga",
    }
    return FinishPart(**{**_carried(worker), **given, **other})


def confirm(reporter: Actor, complaint: UUID, **other: object) -> ConfirmComplaint:
    return ConfirmComplaint(**{**_carried(reporter), "complaint": complaint, "seen": "resolved", **other})


def dispute(reporter: Actor, complaint: UUID, **other: object) -> DisputeComplaint:
    return DisputeComplaint(**{**_carried(reporter), "complaint": complaint, "seen": "resolved", "text": "Masih mati.", **other})


def photo(content: bytes = b"photo") -> PhotoClaim:
    return PhotoClaim(id=uuid4(), sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def guest(*complaints: UUID) -> Actor:
    """Whoever proved the keys of these."""
    return Actor(claimed=frozenset(complaints))


def _carried(actor: Actor) -> dict[str, object]:
    return {"id": db.new_id(), "owner": actor.account}
