"""WHAT A PHONE MAY QUEUE: operation -> the action that carries it out. Everything else needs the desk's line."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from backend.actors.actor import Actor
from backend.complaints import actions, parts
from backend.complaints.operations import ConfirmComplaint, DisputeComplaint, FinishPart, SubmitComplaint, VisitPart
from backend.operations import Operation, Outcome

Queueable = SubmitComplaint | ConfirmComplaint | DisputeComplaint | VisitPart | FinishPart

OPERATIONS: dict[type[Operation], Callable[[Actor, Any], Awaitable[Outcome]]] = {
    SubmitComplaint: actions.submit,
    ConfirmComplaint: actions.confirm,
    DisputeComplaint: actions.dispute,
    VisitPart: parts.visit,
    FinishPart: parts.finish,
}


def complaint_of(op: Operation) -> UUID | None:
    """The complaint an operation names itself."""
    return getattr(op, "complaint", None)
