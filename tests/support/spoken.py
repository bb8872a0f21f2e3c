"""What the city and the reporter ask, answer, refuse and decide, as operations ready to be carried out; and what the night does by itself."""

from datetime import date
from uuid import UUID

from backend import clock
from backend import database as db
from backend.actors.actor import Actor
from backend.agencies.routing import village_office
from backend.complaints import questions
from backend.complaints.operations import AddToComplaint, ObjectToRejection, ReplyComplaint, WithdrawComplaint
from backend.complaints.staff_operations import (
    AskForPart,
    AskReporter,
    DecideDispute,
    ForwardPart,
    GrantObjection,
    RedirectAfterDispute,
    RedoAfterDispute,
    RefuseObjection,
    RejectComplaint,
    ReviewSilence,
)
from backend.complaints.states import Mode, QuestionKind, Rejection
from backend.complaints.tables import Assignment, Question
from backend.events.tables import Event
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from backend.sla import actions as sla
from backend.sla import queries as sla_queries
from backend.sla.policy import ServiceClass
from backend.sla.tables import Clock
from tests.support.city import City
from tests.support.walked import applied, row
from workers import handlers
from workers.relay import relay

KELURAHAN = village_office("Klojen")


def ask(moderator: Actor, complaint: UUID, **other: object) -> AskReporter:
    given = {"complaint": complaint, "seen": "received", "question_kind": QuestionKind.PLACE, "text": "Di depan toko yang mana?"}
    return AskReporter(**{**_carried(moderator), **given, **other})


def ask_for_part(worker: Actor, part: UUID, **other: object) -> AskForPart:
    given = {"part": part, "seen": "assigned", "question_kind": QuestionKind.DETAILS, "text": "Lampunya berkedip atau mati?"}
    return AskForPart(**{**_carried(worker), **given, **other})


def reply(reporter: Actor, complaint: UUID, question: UUID, **other: object) -> ReplyComplaint:
    given = {"complaint": complaint, "question": question, "seen": "needs_info", "text": "Depan toko roti."}
    return ReplyComplaint(**{**_carried(reporter), **given, **other})


def add(reporter: Actor, complaint: UUID, **other: object) -> AddToComplaint:
    return AddToComplaint(**{**_carried(reporter), "complaint": complaint, "text": "Tadi malam padam semua.", **other})


def reject(moderator: Actor, complaint: UUID, **other: object) -> RejectComplaint:
    given = {
        "complaint": complaint,
        "seen": "received",
        "reason": Rejection.NOT_CITY,
        "responsible": "PLN",
        "contact": "123",
        "text": "Meteran listrik diurus PLN.",
    }
    return RejectComplaint(**{**_carried(moderator), **given, **other})


def object_to(reporter: Actor, complaint: UUID, **other: object) -> ObjectToRejection:
    given = {"complaint": complaint, "seen": "rejected", "text": "Tiangnya milik kota."}
    return ObjectToRejection(**{**_carried(reporter), **given, **other})


def grant(person: Actor, complaint: UUID, *agencies: str, **other: object) -> GrantObjection:
    given = {
        "complaint": complaint,
        "seen": "received",
        "mode": Mode.SINGLE,
        "parts": _parts(*agencies),
        "text": "Tiangnya memang milik kota.",
    }
    return GrantObjection(**{**_carried(person), **given, **other})


def refuse(person: Actor, complaint: UUID, **other: object) -> RefuseObjection:
    return RefuseObjection(**{**_carried(person), "complaint": complaint, "seen": "received", "text": "Meteran bukan milik kota.", **other})


def withdraw(reporter: Actor, complaint: UUID, **other: object) -> WithdrawComplaint:
    return WithdrawComplaint(**{**_carried(reporter), "complaint": complaint, "seen": "received", "own_will": True, **other})


def redo(moderator: Actor, complaint: UUID, finish_on: date, **other: object) -> RedoAfterDispute:
    given = {
        "complaint": complaint,
        "seen": "disputed",
        "finish_on": finish_on,
        "witness": KELURAHAN,
        "text": "Ganti kabelnya, bukan lampunya.",
    }
    return RedoAfterDispute(**{**_carried(moderator), **given, **other})


def redirect(moderator: Actor, complaint: UUID, *agencies: str, **other: object) -> RedirectAfterDispute:
    given = {
        "complaint": complaint,
        "seen": "disputed",
        "mode": Mode.SINGLE,
        "parts": _parts(*agencies or ("DLH",)),
        "text": "Lampu taman diurus Dinas Lingkungan Hidup.",
    }
    return RedirectAfterDispute(**{**_carried(moderator), **given, **other})


def decide(moderator: Actor, complaint: UUID, **other: object) -> DecideDispute:
    return DecideDispute(
        **{**_carried(moderator), "complaint": complaint, "seen": "disputed", "text": "Sudah diperiksa dua kali.", **other}
    )


def review(moderator: Actor, complaint: UUID, *, stands: bool, **other: object) -> ReviewSilence:
    given = {"complaint": complaint, "seen": "resolved", "stands": stands, "text": "Saya lihat sendiri ke sana."}
    return ReviewSilence(**{**_carried(moderator), **given, **other})


async def asked_part(city: City, complaint: UUID, part: UUID, **other: object) -> UUID:
    """The id of a question of the OPD that was put."""
    await applied(questions.ask_for_part(city.roads, ask_for_part(city.roads, part, **other)))
    return (await question_of(complaint)).id


async def clocks(complaint: UUID) -> list[Clock]:
    """All of them, running or not."""
    return (await sla_queries.of_complaints([complaint]))[complaint]


async def proven(part: UUID) -> None:
    """Its result has a photo."""
    await Assignment.update({Assignment.evidence: "photo"}).where(Assignment.id == part)


async def ended(complaint: UUID) -> tuple[str, str]:
    """State and ending."""
    found = await row(complaint)
    return found.status, found.ending


async def question_of(complaint: UUID) -> Question:
    """The last question put to its reporter."""
    return (await Question.objects().where(Question.complaint == complaint).order_by(Question.asked_at))[-1]


async def night() -> list[UUID]:
    """What the house does by itself: the sweep, the relay, and what follows the end of a window. Returns the clocks that were told of."""
    while await sla.sweep(clock.now()):
        pass
    while await relay():
        pass
    jobs = await Job.select(Job.id).where(Job.kind == JobKind.CLOCK_OVER, Job.done_at.is_null()).order_by(Job.id)
    for job in jobs:
        await handlers.run(job["id"])
    return await Event.select(Event.subject).where(Event.kind == "clock.over").output(as_list=True)


def _parts(*agencies: str) -> tuple[ForwardPart, ...]:
    return tuple(ForwardPart(agency=agency, service_class=ServiceClass.FIELD_WORK) for agency in agencies or ("DPUPRPKP",))


def _carried(actor: Actor) -> dict[str, object]:
    return {"id": db.new_id(), "owner": actor.account}
