"""What this person may do now: the steps the table allows, less those that have no sense in this case."""

from collections.abc import Callable
from uuid import UUID

from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import queries, questions, ratings, rejections
from backend.complaints.conversation import open_questions
from backend.complaints.lifecycle import MOST_QUESTIONS, OPEN, SECOND_DISPUTE, STEPS, Step
from backend.complaints.rows import Rows
from backend.complaints.tables import Assignment, Complaint
from backend.complaints.views import StepView, step_view
from backend.sla.policy import ClockKind, ServiceClass

REPORTERS_OWN = frozenset({"add"})
"""Steps a permission gives to others too, though only the reporter takes them."""
ASKED_LAST = "ask"
"""What is decided stands before what is only asked."""
UNFORMED = frozenset({"submit", "reply"})
"""Steps whose form stands elsewhere: a page of its own, or under the question."""


SENSE: dict[str, Callable[[Rows, Actor], bool]] = {
    "forward": lambda rows, _: not rejections.waits_for_decision(rows.complaint),
    "reject": lambda rows, _: not rejections.waits_for_decision(rows.complaint),
    "grant_objection": lambda rows, actor: rejections.may_decide(actor, rows.complaint),
    "refuse_objection": lambda rows, actor: rejections.may_decide(actor, rows.complaint),
    "ask": lambda rows, _: may_ask(rows, None),
    "object": lambda rows, _: rows.complaint.objected_at is None and _runs(rows, ClockKind.OBJECTION),
    "withdraw": lambda rows, _: rows.complaint.withdrawn_at is None,
    "dispute": lambda rows, _: rows.complaint.disputes < SECOND_DISPUTE,
    "redo": lambda rows, _: rows.complaint.disputes >= SECOND_DISPUTE,
    "redirect": lambda rows, _: rows.complaint.disputes >= SECOND_DISPUTE,
    "decide": lambda rows, _: rows.complaint.disputes >= SECOND_DISPUTE,
    "review_silence": lambda rows, _: rows.complaint.review_due and not _runs(rows, ClockKind.SILENCE),
    "rate": lambda rows, _: ratings.may_be_rated(rows.complaint) and not rows.rated,
}
"""Where the state allows more than the case."""


async def of_complaint(actor: Actor, rows: Rows, *, mine: bool) -> list[StepView]:
    """The complaint's own steps."""
    complaint = rows.complaint
    steps = [
        step
        for step in STEPS
        if not step.of_part
        and step.name not in UNFORMED
        and complaint.status in step.sources
        and (mine or step.name not in REPORTERS_OWN)
        and SENSE.get(step.name, _always)(rows, actor)
    ]
    allowed = {permission: await queries.may(actor, permission, complaint.id) for permission in {step.permission for step in steps}}
    possible = [step for step in steps if allowed[step.permission]]
    return [step_view(step, complaint.id, complaint.status) for step in sorted(possible, key=lambda step: step.name == ASKED_LAST)]


async def of_part(actor: Actor, rows: Rows, part: Assignment, reached: dict[Permission, set[UUID]]) -> list[StepView]:
    """A part's steps, as far as `reached`, by permission, holds it."""
    if rows.complaint.status not in OPEN:
        return []
    steps = [step for step in STEPS if step.of_part and part.status in step.sources and _fits(step, rows, part, actor)]
    return [step_view(step, part.id, part.status) for step in steps if part.id in reached[step.permission]]


async def reached_parts(actor: Actor, complaint: Complaint) -> dict[Permission, set[UUID]]:
    """The parts of a complaint in which this person has each permission of a step; a query each, whatever their number."""
    permissions = {step.permission for step in STEPS if step.of_part} if actor.is_staff else set()
    return {permission: await queries.parts_with_steps(actor, permission, complaint.id) for permission in permissions} or {
        step.permission: set() for step in STEPS if step.of_part
    }


def _fits(step: Step, rows: Rows, part: Assignment, actor: Actor) -> bool:
    """A question is answered and done at once; only work outside is visited; an OPD asks in its own name."""
    information = part.service_class == ServiceClass.INFORMATION
    match step.name:
        case "answer":
            return not information
        case "answer_information":
            return information
        case "ask":
            return questions.works_on(actor, part) and may_ask(rows, part.id)
        case _:
            return not (information and step.name in {"visit", "name_officer"})


def may_ask(rows: Rows, part: UUID | None) -> bool:
    """Has this asker a question left, and none open (G3)?"""
    asked = [one for one in rows.questions if one.part == part]
    return len(asked) < MOST_QUESTIONS and not any(one.part == part for one in open_questions(rows))


def _runs(rows: Rows, kind: ClockKind) -> bool:
    return any(one.kind == kind and one.stopped_at is None for one in rows.clocks)


def _always(_: Rows, __: Actor) -> bool:
    return True
