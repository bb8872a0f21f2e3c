"""One complaint's page: what stands, what was promised, what happened, and what this person may do now."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from backend.accounts import queries as accounts
from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.agencies import contacts
from backend.agencies import queries as agencies
from backend.complaints import cards, labels, queries
from backend.complaints.lifecycle import SECOND_DISPUTE, STEPS, Mode, PartStatus, Status, Step
from backend.complaints.rows import Rows, rows_of
from backend.complaints.secrecy import Secrecy
from backend.complaints.tables import Assignment, Complaint
from backend.complaints.timeline import timeline
from backend.complaints.views import (
    ComplaintView,
    OwedView,
    PartView,
    StepView,
    photo_views,
    step_view,
)
from backend.sla.policy import ClockKind, ServiceClass

if TYPE_CHECKING:
    pass

PROMISED = (ClockKind.PROMISE, ClockKind.WORK, ClockKind.FINISH, ClockKind.SILENCE)


async def show(actor: Actor, complaint: Complaint) -> ComplaintView:
    """The page of a complaint this person may read."""
    rows = await rows_of(complaint)
    area = await agencies.area(str(complaint.area)) if complaint.area else None
    category = await agencies.category(str(complaint.category)) if complaint.category else None
    proposal = await agencies.proposal(
        str(complaint.category) if complaint.category else None, str(complaint.area) if complaint.area else None
    )
    card = cards.card(
        complaint,
        rows.parts,
        rows.clocks,
        rows.photos,
        agency_names=rows.agency_names,
        area_name=area.name if area else "",
        holidays=rows.holidays,
    )
    mine = complaint.id in actor.claimed or (actor.account is not None and complaint.reporter == actor.account)
    history = timeline(rows, desk=not mine)
    return ComplaintView(
        **msgspec.structs.asdict(card),
        text=complaint.text,
        secrecy_word=labels.SECRECY_WORDS[complaint.secrecy],
        anonymous=complaint.secrecy == Secrecy.ANONYMOUS,
        mine=mine,
        category_name=category.name if category else "",
        service_class=proposal.service_class or "",
        proposed_agency=proposal.agency or "",
        place_sentence=place_of(complaint, f"{area.name}, {area.district}" if area else ""),
        latitude=complaint.latitude,
        longitude=complaint.longitude,
        accuracy_m=complaint.accuracy_m,
        seems_outside_notice=_outside(complaint),
        state_sentence=next((entry.sentence for entry in reversed(history) if entry.sentence), card.status_word),
        owed=_owed(rows),
        photos=photo_views([photo for photo in rows.photos if photo.stage == "report"]),
        parts=[await _part(actor, rows, part) for part in rows.parts],
        timeline=history,
        steps=await _complaint_steps(actor, complaint),
        sent_at=complaint.occurred_at,
        received_at=complaint.received_at,
    )


def _owed(rows: Rows) -> list[OwedView]:
    """The promises that run: of each kind the slowest part's."""
    running = [one for one in rows.clocks if one.stopped_at is None]
    slowest = [max((one for one in running if one.kind == kind), key=lambda one: one.due_on, default=None) for kind in PROMISED]
    return [cards.owed_view(one, rows.holidays) for one in slowest if one]


def _due_on(rows: Rows, part: UUID, kind: ClockKind) -> date | None:
    return next((one.due_on for one in rows.clocks if one.part == part and one.kind == kind and one.stopped_at is None), None)


def _outside(complaint: Complaint) -> str:
    if not complaint.seems_outside or complaint.latitude is None or complaint.longitude is None:
        return ""
    return contacts.outside_notice(complaint.latitude, complaint.longitude)


async def _part(actor: Actor, rows: Rows, part: Assignment) -> PartView:
    agency = rows.agency_names[str(part.agency)]
    label = labels.STATUS_LABELS[part.status]
    done = part.status == PartStatus.DONE
    may_assign = rows.complaint.status != Status.CLOSED and part.id in await queries.parts_with_steps(
        actor, Permission.ASSIGN, rows.complaint.id
    )
    officers = await accounts.officers_of(str(part.agency)) if may_assign else []
    return PartView(
        id=part.id,
        agency_name=agency,
        lead=part.lead and rows.complaint.mode == Mode.JOINT,
        class_word=labels.CLASS_WORDS[part.service_class],
        status=part.status,
        status_word=labels.status_word(part.status, agency),
        status_icon=label.icon,
        tone=label.tone,
        officer_name=rows.people.get(UUID(str(part.officer)), "") if part.officer else "",
        visit_on=part.visit_on,
        finish_on=part.finish_on,
        answer_due_on=_due_on(rows, part.id, ClockKind.ANSWER),
        work_due_on=_due_on(rows, part.id, ClockKind.WORK),
        outcome_word=labels.OUTCOME_WORDS[part.outcome] if done and part.outcome else "",
        work_done=part.work_done if done else "",
        work_done_on=part.work_done_on if done else None,
        work_done_by=part.work_done_by if done else "",
        evidence_word=labels.EVIDENCE_WORDS[part.evidence] if done and part.evidence else "",
        before=photo_views([photo for photo in rows.photos if photo.stage == "report"]),
        after=photo_views([photo for photo in rows.photos if photo.part == part.id and photo.stage == "after"]),
        steps=await _part_steps(actor, rows.complaint, part),
        officers=[(person.id, person.name) for person in officers],
    )


async def _complaint_steps(actor: Actor, complaint: Complaint) -> list[StepView]:
    found = [
        step
        for step in STEPS
        if not step.of_part and complaint.status in step.sources and await queries.may(actor, step.permission, complaint.id)
    ]
    return [
        step_view(step, complaint.id, complaint.status)
        for step in found
        if not (step.name == "dispute" and complaint.disputes >= SECOND_DISPUTE)
    ]


async def _part_steps(actor: Actor, complaint: Complaint, part: Assignment) -> list[StepView]:
    if complaint.status == Status.CLOSED:
        return []
    found = [step for step in STEPS if step.of_part and part.status in step.sources and _fits(step, part)]
    return [
        step_view(step, part.id, part.status)
        for step in found
        if part.id in await queries.parts_with_steps(actor, step.permission, complaint.id)
    ]


def _fits(step: Step, part: Assignment) -> bool:
    """A question is answered and done at once; only field work is visited."""
    information = part.service_class == ServiceClass.INFORMATION
    match step.name:
        case "answer":
            return not information
        case "answer_information":
            return information
        case _:
            return not (information and step.name in {"visit", "name_officer"})


def place_of(complaint: Complaint, area: str) -> str:
    """Where it is, in words: what was written, and the kelurahan."""
    guess = f"Kelurahan {area} (perkiraan)" if complaint.area_estimated else f"Kelurahan {area}"
    return " · ".join(words for words in (complaint.address, guess if area else "") if words)
