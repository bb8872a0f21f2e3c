"""One complaint's page: what stands, what was promised, what happened, and what this person may do now."""

from datetime import date
from uuid import UUID

import msgspec

from backend.accounts import queries as accounts
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.agencies import contacts
from backend.agencies import queries as agencies
from backend.complaints import cards, conversation, labels, offered, reporters
from backend.complaints import desk as desks
from backend.complaints.rows import Rows, rows_of
from backend.complaints.secrecy import Secrecy
from backend.complaints.sentences import MOVES
from backend.complaints.states import Mode, PartStatus
from backend.complaints.tables import Assignment, Complaint
from backend.complaints.timeline import timeline
from backend.complaints.views import (
    ComplaintView,
    PartView,
    photo_views,
)
from backend.events.kinds import EventKind
from backend.sla.policy import ClockKind
from backend.words import N_, tr

SAID_LAST = MOVES | {EventKind.CLOCK_OVER}
"""What tells how it stands: a move, or that nobody objected."""


async def show(actor: Actor, complaint: Complaint) -> ComplaintView:
    """The page of a complaint this person may read."""
    rows = await rows_of(complaint)
    area = await agencies.area(str(complaint.area)) if complaint.area else None
    category = await agencies.category(str(complaint.category)) if complaint.category else None
    proposal = await agencies.proposal(
        str(complaint.category) if complaint.category else None, str(complaint.area) if complaint.area else None
    )
    mine = reporters.is_own(actor, complaint)
    card = cards.card(
        complaint,
        rows.parts,
        rows.clocks,
        rows.photos,
        agency_names=rows.agency_names,
        area_name=area.name if area else "",
        holidays=rows.holidays,
        desk=not mine,
    )
    history = timeline(rows, desk=not mine, trail=mine or actor.reach(Permission.READ_ACCESS_TRAIL) == Reach.CITY)
    reached = await offered.reached_parts(actor, complaint)
    desk = await desks.of(actor, complaint)
    steps = await offered.of_complaint(actor, rows, mine=mine)
    return ComplaintView(
        **msgspec.structs.asdict(card),
        text=complaint.text,
        secrecy_word=tr(labels.SECRECY_WORDS[complaint.secrecy]),
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
        state_sentence=next((entry.sentence for entry in reversed(history) if entry.kind in SAID_LAST), card.status_word),
        owed=conversation.owed(rows, desk=not mine),
        photos=photo_views([photo for photo in rows.photos if photo.stage == "report"]),
        parts=[await _part(actor, rows, part, reached) for part in rows.parts],
        timeline=history,
        steps=[step for step in steps if step.name != "edit" or desk.editing is not None],
        sent_at=complaint.occurred_at,
        received_at=complaint.received_at,
        questions=conversation.questions(rows, may_reply=mine),
        rejection=conversation.rejection(rows),
        broken=conversation.broken(rows),
        public_url=f"/public/{complaint.number}" if complaint.published_at is not None and not complaint.confidential else "",
        desk=desk,
    )


def _due_on(rows: Rows, part: UUID, kind: ClockKind) -> date | None:
    return next((one.due_on for one in rows.clocks if one.part == part and one.kind == kind and one.stopped_at is None), None)


def _outside(complaint: Complaint) -> str:
    if not complaint.seems_outside or complaint.latitude is None or complaint.longitude is None:
        return ""
    return contacts.outside_notice(complaint.latitude, complaint.longitude)


async def _part(actor: Actor, rows: Rows, part: Assignment, reached: dict[Permission, set[UUID]]) -> PartView:
    agency = rows.agency_names[str(part.agency)]
    label = labels.STATUS_LABELS[part.status]
    done = part.status == PartStatus.DONE
    steps = await offered.of_part(actor, rows, part, reached)
    officers = await accounts.officers_of(str(part.agency)) if any(step.name == "name_officer" for step in steps) else []
    return PartView(
        id=part.id,
        agency=str(part.agency),
        agency_name=agency,
        lead=part.lead and rows.complaint.mode == Mode.JOINT,
        class_word=tr(labels.CLASS_WORDS[part.service_class]),
        status=part.status,
        status_word=labels.status_word(part.status, agency, desk=not reporters.is_own(actor, rows.complaint)),
        status_icon=label.icon,
        tone=label.tone,
        officer_name=rows.people.get(UUID(str(part.officer)), "") if part.officer else "",
        visit_on=part.visit_on,
        finish_on=part.finish_on,
        answer_due_on=_due_on(rows, part.id, ClockKind.ANSWER),
        work_due_on=_due_on(rows, part.id, ClockKind.WORK),
        outcome_word=tr(labels.OUTCOME_WORDS[part.outcome]) if done and part.outcome else "",
        work_done=part.work_done if done else "",
        work_done_on=part.work_done_on if done else None,
        work_done_by=part.work_done_by if done else "",
        evidence_word=tr(labels.EVIDENCE_WORDS[part.evidence]) if done and part.evidence else "",
        before=photo_views([photo for photo in rows.photos if photo.stage == "report"]),
        after=photo_views([photo for photo in rows.photos if photo.part == part.id and photo.stage == "after"]),
        steps=steps,
        officers=[(person.id, person.name) for person in officers],
        binding=part.binding,
        witness_name=rows.agency_names.get(str(part.witness), "") if part.witness else "",
    )


def place_of(complaint: Complaint, area: str) -> str:
    """Where it is, in words: what was written, and the kelurahan."""
    words = tr(N_("Kelurahan {area} (perkiraan)")) if complaint.area_estimated else tr(N_("Kelurahan {area}"))
    guess = words.format(area=area)
    return " · ".join(words for words in (complaint.address, guess if area else "") if words)
