"""Telling the city something: the form, and its door for browsers without scripts."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from msgspec import UNSET, UnsetType, to_builtins

from backend import web
from backend.accounts import sessions
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.agencies import seed
from backend.complaints import again, edits, intake, private, queries
from backend.complaints.checks import PLACELESS, SHORTEST_WITHOUT_PHOTO
from backend.complaints.operations import LONGEST_TEXT, SubmitComplaint
from backend.complaints.pages import slip
from backend.complaints.secrecy import Secrecy
from backend.errors import InvalidInput
from backend.operations import ComplaintReceipt, Owed, Status
from backend.security import wants_json

if TYPE_CHECKING:
    from backend.complaints.tables import Complaint

AnyRequest = Request[Any, Any, Any]


@get("/complaints/new", opt={"permission": None, "asks": ("again",)})
async def form(request: AnyRequest) -> Response[str]:
    """The form, the same for everybody: it is kept on the phone. `?again=`, for who has no scripts: it goes on from one that has ended."""
    previous = await _previous(request)
    return await _form(request, values=_known_of(previous), own=True) if previous else await _form(request)


class Told(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The receipt as JSON. `id`: where whoever asked may open it; else `claim_key` opens it, which nobody can tell a second time."""

    number: str
    status: str
    owed: tuple[Owed, ...] = ()
    id: UUID | UnsetType = UNSET
    claim_key: str | UnsetType = UNSET


EXAMPLE = {"secrecy": Secrecy.NAME_HIDDEN, "text": "Lampu jalan mati di depan pasar.", "address": "depan Pasar Oro-Oro Dowo"}
POINT = {"latitude": {"type": "number"}, "longitude": {"type": "number"}}
OF_A_PLACE = {
    "anyOf": [
        {"properties": POINT, "required": ["latitude", "longitude"]},
        {"properties": {"area": {"minLength": 1}}, "required": ["area"]},
        {"properties": {"address": {"pattern": r"\S"}}, "required": ["address"]},
        {"properties": {"category": {"enum": seed.category_codes(*PLACELESS)}}, "required": ["category"]},
    ],
}
CHOSEN = {"area": seed.area_codes(), "category": seed.category_codes()}
OF_A_COMPLAINT: dict[str, Any] = {
    "form": SubmitComplaint,
    "fields": {name: {"type": "string", "enum": codes} for name, codes in CHOSEN.items()},
    "without_photos": {
        "text": {"type": "string", "maxLength": LONGEST_TEXT, "pattern": rf"^\S[^\x00]{{{SHORTEST_WITHOUT_PHOTO - 2},}}\S$"}
    },
    "shape": OF_A_PLACE,
    "example": EXAMPLE,
}
"""What the contract says of both forms that tell something: what the rules between fields ask for (`checks`)."""


@post("/complaints", status_code=200, opt={"permission": None, **OF_A_COMPLAINT, "json": Told})
async def submit(request: AnyRequest) -> Response[Any]:
    """A form without scripts. What was typed comes back with a sentence for each field that must be mended."""
    sent = await web.form(request)
    values = {name: value.strip() for name, value in sent.items() if isinstance(value, str)}
    pictures = [await value.read() for value in sent.getall("photos", []) if isinstance(value, UploadFile)]
    values = {name: value for name, value in values.items() if name != "photos"}
    try:
        taken = await intake.take(web.actor(request), values, pictures)
        if taken.outcome.status == Status.REJECTED or taken.outcome.complaint is None:
            raise InvalidInput(taken.outcome.fields or {"text": taken.outcome.message})  # noqa: TRY301  (comes back as any other)
    except InvalidInput as refusal:
        if json_wanted(request):
            raise
        return await _form(request, values=values, errors=refusal.fields, status=refusal.http_status)
    return await _receipt(request, taken, taken.outcome.complaint)


def json_wanted(request: AnyRequest) -> bool:
    """Is it a script that asks?"""
    return wants_json(request.scope)  # type: ignore[arg-type]  # Litestar's typed dict of the same scope


async def told(request: AnyRequest, taken: intake.Taken, receipt: ComplaintReceipt) -> Response[Told]:
    """The receipt for a script."""
    may_open = await queries.may(web.actor(request), Permission.READ, receipt.id)
    content = Told(
        number=receipt.number,
        status=receipt.status,
        owed=receipt.owed,
        id=receipt.id if may_open else UNSET,
        claim_key=taken.claim_key or UNSET,
    )
    return Response(content, headers={"Cache-Control": "private, no-store"})


async def _receipt(request: AnyRequest, taken: intake.Taken, receipt: ComplaintReceipt) -> Response[Any]:
    """The slip; a guest's browser holds the case open from here on."""
    if json_wanted(request):
        response: Response[Any] = await told(request, taken, receipt)
    else:
        response = web.page(request, "complaints/created.html", keep=not taken.claim_key, **await slip.of(taken, receipt))
    if taken.claim_key:
        alone = (await queries.by_ids([receipt.id]))[receipt.id].secrecy == Secrecy.ANONYMOUS
        opened = await sessions.open_guest([receipt.id], add_to=request.cookies.get(sessions.GUEST_COOKIE), alone=alone)
        response.set_cookie(web.cookie(sessions.GUEST_COOKIE, opened.token))
    return response


async def _previous(request: AnyRequest) -> "Complaint | None":
    """The reader's own complaint that `?again=` names, if it has ended."""
    try:
        return await again.own(web.actor(request), UUID(request.query_params.get("again", "")))
    except ValueError:
        return None


def _known_of(previous: "Complaint") -> dict[str, Any]:
    """What need not be told again: where, what kind, who may know."""
    place = {name: value for name, value in to_builtins(edits.place_of(previous)).items() if value not in (None, False)}
    return {"previous": str(previous.id), "category": previous.category or "", "secrecy": previous.secrecy, **place}


async def _form(
    request: AnyRequest,
    *,
    values: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
    own: bool = False,
) -> Response[str]:
    """`own`: it speaks of a person's complaint, and is no shell for everybody's phone."""
    return web.page(
        request,
        "complaints/new.html",
        status=status,
        shell=not own,
        keep=not own,
        **await offered(),
        values=values or {},
        errors=errors or {},
        operation_id=uuid4(),
    )


async def offered() -> dict[str, Any]:
    """What a form to tell something offers, what it says while one writes, and by which patterns it knows what is private."""
    areas = await agencies.areas()
    districts = {area.district: [one for one in areas if one.district == area.district] for area in areas}
    return {
        "tiles": await agencies.offered_tiles(),
        "areas": list(districts.items()),
        "hints": to_builtins(await agencies.hints()),
        "private_patterns": private.PATTERNS_JSON,
    }


ROUTES = (form, submit)
