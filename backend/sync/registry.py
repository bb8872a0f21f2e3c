"""WHAT A PHONE MAY QUEUE: operation -> the action that carries it out. Everything else needs the desk's line."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from backend.actors.actor import Actor
from backend.complaints import actions, endings, followers, parts, questions, ratings, rejections
from backend.complaints.operations import (
    AddToComplaint,
    ConfirmComplaint,
    DisputeComplaint,
    FollowComplaint,
    ObjectToRejection,
    RateComplaint,
    ReplyComplaint,
    StillBroken,
    SubmitComplaint,
    WithdrawComplaint,
)
from backend.complaints.staff_operations import AskForPart, FinishPart, VisitPart
from backend.operations import Operation, Outcome

Queueable = (
    SubmitComplaint
    | ReplyComplaint
    | AddToComplaint
    | ObjectToRejection
    | WithdrawComplaint
    | ConfirmComplaint
    | DisputeComplaint
    | RateComplaint
    | FollowComplaint
    | StillBroken
    | AskForPart
    | VisitPart
    | FinishPart
)

OPERATIONS: dict[type[Operation], Callable[[Actor, Any], Awaitable[Outcome]]] = {
    SubmitComplaint: actions.submit,
    ReplyComplaint: questions.reply,
    AddToComplaint: questions.add,
    ObjectToRejection: rejections.object_to,
    WithdrawComplaint: endings.withdraw,
    ConfirmComplaint: actions.confirm,
    DisputeComplaint: actions.dispute,
    RateComplaint: ratings.rate,
    FollowComplaint: followers.follow,
    StillBroken: followers.still_broken,
    AskForPart: questions.ask_for_part,
    VisitPart: parts.visit,
    FinishPart: parts.finish,
}


def complaint_of(op: Operation) -> UUID | None:
    """The complaint an operation names itself."""
    return getattr(op, "complaint", None)
