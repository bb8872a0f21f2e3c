"""Telling the city something: the form, and its door for browsers without scripts."""

from typing import Any
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile

from backend import web
from backend.accounts import sessions
from backend.agencies import queries as agencies
from backend.complaints import cards, case, intake, queries
from backend.complaints.secrecy import Secrecy
from backend.errors import InvalidInput
from backend.operations import ComplaintReceipt, Status

AnyRequest = Request[Any, Any, Any]


@get("/complaints/new")
async def form(request: AnyRequest) -> Response[str]:
    """The form, the same for everybody: it is kept on the phone."""
    return await _form(request)


@post("/complaints", status_code=200)
async def submit(request: AnyRequest) -> Response[str]:
    """A form without scripts. What was typed comes back with a sentence for each field that must be mended."""
    sent = await web.form(request)
    values = {name: value.strip() for name, value in sent.items() if isinstance(value, str)}
    pictures = [await value.read() for value in sent.getall("photos", []) if isinstance(value, UploadFile)]
    values = {name: value for name, value in values.items() if name != "photos"}
    try:
        taken = await intake.take(web.actor(request), values, pictures)
    except InvalidInput as refusal:
        return await _form(request, values=values, errors=refusal.fields, status=refusal.http_status)
    if taken.outcome.status == Status.REJECTED or taken.outcome.complaint is None:
        return await _form(request, values=values, errors=taken.outcome.fields or {"text": taken.outcome.message}, status=422)
    return await _receipt(request, taken, taken.outcome.complaint)


async def _receipt(request: AnyRequest, taken: intake.Taken, receipt: ComplaintReceipt) -> Response[str]:
    """The slip; a guest's browser holds the case open from here on."""
    complaint = (await queries.by_ids([receipt.id]))[receipt.id]
    [card] = await cards.of([complaint])
    response = web.page(
        request,
        "complaints/created.html",
        complaint=card,
        place_sentence=case.place_of(complaint, card.area_name),
        promise_answer_on=complaint.promise_answer_on,
        notice_words=taken.outcome.notice,
        claim_key=taken.claim_key or "",
        photos_left_out=taken.photos_left_out,
    )
    if taken.claim_key:
        alone = complaint.secrecy == Secrecy.ANONYMOUS
        opened = await sessions.open_guest([complaint.id], add_to=request.cookies.get(sessions.GUEST_COOKIE), alone=alone)
        response.set_cookie(web.cookie(sessions.GUEST_COOKIE, opened.token))
    return response


async def _form(
    request: AnyRequest, *, values: dict[str, str] | None = None, errors: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    areas = await agencies.areas()
    districts = {area.district: [one for one in areas if one.district == area.district] for area in areas}
    return web.page(
        request,
        "complaints/new.html",
        status=status,
        shell=True,
        categories=await agencies.offered_categories(),
        areas=list(districts.items()),
        values=values or {},
        errors=errors or {},
        operation_id=uuid4(),
    )


ROUTES = (form, submit)
