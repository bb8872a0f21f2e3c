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
from backend.actors.permissions import Permission
from backend.complaints import actions, disputes, edits, endings, intake, parts, publishing, queries, questions, ratings, rejections
from backend.complaints.lifecycle import STEP_BY_KIND
from backend.complaints.operations import (
    AddToComplaint,
    ConfirmComplaint,
    DisputeComplaint,
    ObjectToRejection,
    RateComplaint,
    ReplyComplaint,
    WithdrawComplaint,
)
from backend.complaints.pages.read import complaint_page
from backend.complaints.staff_operations import (
    AnswerPart,
    AskForPart,
    AskReporter,
    DecideDispute,
    EditComplaint,
    FinishPart,
    ForwardComplaint,
    GrantObjection,
    NameOfficer,
    PublishComplaint,
    RedirectAfterDispute,
    RedoAfterDispute,
    RefuseObjection,
    RejectComplaint,
    ReleasePhotos,
    ReviewSilence,
    SetSecrecy,
    VisitPart,
)
from backend.errors import InvalidInput, NotFound
from backend.forms import decode, written
from backend.operations import Operation, Outcome, Status

AnyRequest = Request[Any, Any, Any]
StepAction = Callable[[Actor, Any], Awaitable[Outcome]]

COMPLAINT_STEPS: dict[str, tuple[type[Operation], StepAction]] = {
    "forward": (ForwardComplaint, actions.forward),
    "ask": (AskReporter, questions.ask),
    "reply": (ReplyComplaint, questions.reply),
    "reject": (RejectComplaint, rejections.reject),
    "object": (ObjectToRejection, rejections.object_to),
    "grant-objection": (GrantObjection, rejections.grant_objection),
    "refuse-objection": (RefuseObjection, rejections.refuse_objection),
    "edit": (EditComplaint, edits.edit),
    "add": (AddToComplaint, questions.add),
    "secrecy": (SetSecrecy, edits.set_secrecy),
    "release": (ReleasePhotos, edits.release_photos),
    "publish": (PublishComplaint, publishing.set_public),
    "withdraw": (WithdrawComplaint, endings.withdraw),
    "confirm": (ConfirmComplaint, actions.confirm),
    "rate": (RateComplaint, ratings.rate),
    "review-silence": (ReviewSilence, disputes.review_silence),
    "dispute": (DisputeComplaint, actions.dispute),
    "redo": (RedoAfterDispute, disputes.redo),
    "redirect": (RedirectAfterDispute, disputes.redirect),
    "decide": (DecideDispute, disputes.decide),
}
PART_STEPS: dict[str, tuple[type[Operation], StepAction]] = {
    "answer": (AnswerPart, parts.answer),
    "officer": (NameOfficer, parts.name_officer),
    "ask": (AskForPart, questions.ask_for_part),
    "visit": (VisitPart, parts.visit),
    "done": (FinishPart, parts.finish),
}
BESIDE_THE_TABLE = {
    SetSecrecy: Permission.RAISE_SECRECY,
    PublishComplaint: Permission.FORWARD,
    ReleasePhotos: Permission.FORWARD,
    AddToComplaint: Permission.REPLY,
    AskForPart: Permission.NOTE,
}
"""Doors that move nothing in the lifecycle (lowering the secrecy is asked for in the action), and two that are for fewer than the step's
permission reaches: only its reporter adds to a complaint, and in an OPD's name only those ask who write its notes."""


def permission_of(struct: type[Operation]) -> Permission:
    """What somebody must be allowed for this door: the table's, by what a phone calls the step."""
    found = BESIDE_THE_TABLE.get(struct)
    return found if found is not None else STEP_BY_KIND[str(struct.__struct_config__.tag)].permission


CLASS = "class_"
CHOSEN = frozenset({"agency", "lead"})
"""A forwarding form names the OPDs and the one that leads by these, and each one's class by that and its code."""

NO_FIELDS = frozenset({"photos", "operation_id"})
"""What a form carries beside the fields of its operation."""
SEVERAL = ("released", "accused")
"""Fields of which a form may name more than one."""

STATUS_CODES = {Status.CONFLICT: 409, Status.REJECTED: 422, Status.RETRY: 503}


@post("/complaints/{complaint_id:uuid}/{step:str}", status_code=303, opt={"steps": COMPLAINT_STEPS})
async def complaint_step(request: AnyRequest, complaint_id: FromPath[UUID], step: FromPath[str]) -> Response[Any]:
    """A step of a complaint; what it needs, its struct's line of the table says."""
    struct, action = _known(COMPLAINT_STEPS, step)
    if not await queries.may(_on_behalf(request, complaint_id), permission_of(struct), complaint_id):
        raise NotFound
    return await _take(request, complaint_id, struct, action, {"complaint": complaint_id})


@post("/parts/{part_id:uuid}/{step:str}", status_code=303, opt={"steps": PART_STEPS})
async def part_step(request: AnyRequest, part_id: FromPath[UUID], step: FromPath[str]) -> Response[Any]:
    """A step of a part."""
    struct, action = _known(PART_STEPS, step)
    complaint_id = await queries.complaint_of_part(web.actor(request), part_id)
    if part_id not in await queries.parts_with_steps(_on_behalf(request, complaint_id), permission_of(struct), complaint_id):
        raise NotFound
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
    several = {name: sent.getall(name, []) for name in ("agency", *SEVERAL)}
    typed: dict[str, Any] = {**values, **several, "action": request.url.path}
    actor = _on_behalf(request, complaint_id)
    try:
        operation_id = intake.operation_id(values)
        named = intake.named(operation_id, pictures)
        fields = {**_fields(sent, struct), "kind": struct.__struct_config__.tag, "id": operation_id, "owner": actor.account, **subject}
        op = decode({**fields, **({"photos": [claim for claim, _ in named]} if "photos" in struct.__struct_fields__ else {})}, struct)
        outcome = await action(actor, op)
        await intake.keep(named, outcome)
    except InvalidInput as refusal:
        return await complaint_page(request, complaint_id, status=422, errors=refusal.fields, values=typed)
    if outcome.code == NotFound.code:
        raise NotFound
    if outcome.status in STATUS_CODES:
        said = {"errors": outcome.fields} if outcome.fields else {"conflict": outcome.message}
        return await complaint_page(request, complaint_id, status=STATUS_CODES[outcome.status], values=typed, **said)
    return Redirect(f"/complaints/{complaint_id}", status_code=303)


def _on_behalf(request: AnyRequest, complaint_id: UUID) -> Actor:
    """A key in hand speaks for the complaint it opens, whoever else is signed in at this phone."""
    actor = web.actor(request)
    return Actor(claimed=frozenset({complaint_id})) if complaint_id in actor.claimed else actor


def _fields(sent: FormMultiDict, struct: type[Operation]) -> dict[str, Any]:
    """The form's fields by the struct's names: a place inside, several of one name, and the OPDs of a forwarding with a class each."""
    wanted = struct.__struct_fields__
    known = {*wanted, *intake.PLACE_FIELDS, *CHOSEN, *(name for name in sent if name.startswith(CLASS))}
    texts = {name: value for name, value in sent.items() if isinstance(value, str) and name not in NO_FIELDS}
    given = written(texts, known)
    given |= {name: told for name in SEVERAL if name in wanted and (told := [str(value) for value in sent.getall(name, []) if value])}
    if "place" in wanted:
        place = intake.place_in(given)
        given = {name: value for name, value in given.items() if name not in intake.PLACE_FIELDS} | ({"place": place} if place else {})
    if "parts" in wanted:
        given = _with_parts(given, [str(code) for code in sent.getall("agency", []) if code])
    return given


def _with_parts(given: dict[str, Any], agencies: list[str]) -> dict[str, Any]:
    """A checkbox for each OPD, a class beside it, and one that leads."""
    classes = {name.removeprefix(CLASS): value for name, value in given.items() if name.startswith(CLASS)}
    rest = {name: value for name, value in given.items() if not name.startswith(CLASS) and name not in CHOSEN}
    lead = given.get("lead", "")
    return {**rest, "parts": [{"agency": code, "service_class": classes.get(code, ""), "lead": code == lead} for code in agencies]}


ROUTES = (complaint_step, part_step)
