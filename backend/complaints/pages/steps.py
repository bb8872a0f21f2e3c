"""Each step's door: a form becomes the same operation a phone would send, and leads back to the complaint."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.params import FromPath
from litestar.response import Redirect

from backend import web
from backend.actors.actor import Actor
from backend.complaints import actions, intake, parts, queries
from backend.complaints.operations import (
    AnswerPart,
    ConfirmComplaint,
    DisputeComplaint,
    FinishPart,
    ForwardComplaint,
    NameOfficer,
    VisitPart,
)
from backend.complaints.pages.read import complaint_page
from backend.errors import InvalidInput, NotFound
from backend.forms import decode
from backend.operations import Operation, Outcome, Status

AnyRequest = Request[Any, Any, Any]
StepAction = Callable[[Actor, Any], Awaitable[Outcome]]

COMPLAINT_STEPS: dict[str, tuple[type[Operation], StepAction]] = {
    "forward": (ForwardComplaint, actions.forward),
    "confirm": (ConfirmComplaint, actions.confirm),
    "dispute": (DisputeComplaint, actions.dispute),
}
PART_STEPS: dict[str, tuple[type[Operation], StepAction]] = {
    "answer": (AnswerPart, parts.answer),
    "officer": (NameOfficer, parts.name_officer),
    "visit": (VisitPart, parts.visit),
    "done": (FinishPart, parts.finish),
}
CLASS = "class_"
"""A forwarding form names each OPD's class by this and its code."""

NO_FIELDS = frozenset({"photos", "operation_id"})
"""What a form carries beside the fields of its operation."""

STATUS_CODES = {Status.CONFLICT: 409, Status.REJECTED: 422, Status.RETRY: 503}


@post("/complaints/{complaint_id:uuid}/{step:str}", status_code=303)
async def complaint_step(request: AnyRequest, complaint_id: FromPath[UUID], step: FromPath[str]) -> Response[Any]:
    """A step of a complaint."""
    struct, action = _known(COMPLAINT_STEPS, step)
    return await _take(request, complaint_id, struct, action, {"complaint": complaint_id})


@post("/parts/{part_id:uuid}/{step:str}", status_code=303)
async def part_step(request: AnyRequest, part_id: FromPath[UUID], step: FromPath[str]) -> Response[Any]:
    """A step of a part."""
    struct, action = _known(PART_STEPS, step)
    complaint_id = await queries.complaint_of_part(web.actor(request), part_id)
    return await _take(request, complaint_id, struct, action, {"part": part_id})


def _known(steps: dict[str, tuple[type[Operation], StepAction]], name: str) -> tuple[type[Operation], StepAction]:
    if name not in steps:
        raise NotFound
    return steps[name]


async def _take(
    request: AnyRequest, complaint_id: UUID, struct: type[Operation], action: StepAction, subject: dict[str, UUID]
) -> Response[Any]:
    sent = await web.form(request)
    values = {name: value for name, value in sent.items() if isinstance(value, str)}
    pictures = [content for upload in sent.getall("photos", []) if isinstance(upload, UploadFile) and (content := await upload.read())]
    typed: dict[str, Any] = {**values, "agency": sent.getall("agency", []), "action": request.url.path}
    actor = _on_behalf(web.actor(request), complaint_id)
    try:
        operation_id = intake.operation_id(values)
        named = intake.named(operation_id, pictures)
        fields = {**_fields(sent, struct), "kind": struct.__struct_config__.tag, "id": operation_id, "owner": actor.account, **subject}
        op = decode({**fields, **({"photos": [claim for claim, _ in named]} if "photos" in struct.__struct_fields__ else {})}, struct)
        outcome = await action(actor, op)
        await intake.keep(named, outcome)
    except InvalidInput as refusal:
        return await complaint_page(request, complaint_id, status=422, errors=refusal.fields, values=typed)
    if outcome.status in STATUS_CODES:
        said = {"errors": outcome.fields} if outcome.fields else {"conflict": outcome.message}
        return await complaint_page(request, complaint_id, status=STATUS_CODES[outcome.status], values=typed, **said)
    return Redirect(f"/complaints/{complaint_id}", status_code=303)


def _on_behalf(actor: Actor, complaint_id: UUID) -> Actor:
    """A key in hand speaks for the complaint it opens, whoever else is signed in at this phone."""
    return Actor(claimed=frozenset({complaint_id})) if complaint_id in actor.claimed else actor


def _fields(sent: FormMultiDict, struct: type[Operation]) -> dict[str, Any]:
    """The form's fields by the struct's names; the OPDs of a forwarding are a checkbox and a class each."""
    given: dict[str, Any] = {
        name: value for name, value in sent.items() if isinstance(value, str) and value != "" and name not in NO_FIELDS
    }
    if struct is not ForwardComplaint:
        return given
    lead = given.pop("lead", "")
    classes = {name.removeprefix(CLASS): given.pop(name) for name in list(given) if name.startswith(CLASS)}
    agencies = [str(code) for code in sent.getall("agency", [])]
    given.pop("agency", None)
    return {**given, "parts": [{"agency": code, "service_class": classes.get(code, ""), "lead": code == lead} for code in agencies]}


ROUTES = (complaint_step, part_step)
