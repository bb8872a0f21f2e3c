"""The counter: a clerk writes down what somebody tells, and hands over the slip, on paper or by reading it out."""

from typing import Any
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile

from backend import web
from backend.actors.permissions import Permission
from backend.complaints import counter, intake
from backend.complaints.labels_reasons import SOURCE_WORDS
from backend.complaints.pages import slip, submit
from backend.complaints.staff_operations import SubmitForOther
from backend.complaints.states import Source
from backend.errors import InvalidInput
from backend.operations import Status

AnyRequest = Request[Any, Any, Any]

COUNTER = {"permission": Permission.SUBMIT_FOR_OTHER}
AT_THE_COUNTER = [(source, SOURCE_WORDS[source]) for source in Source if source != Source.APP]


@get("/complaints/for-other", opt=COUNTER)
async def form(request: AnyRequest) -> Response[str]:
    """The clerk's form."""
    await counter.require(web.require_account(request))
    return await _form(request)


@post(
    "/complaints/for-other",
    status_code=200,
    opt={
        **COUNTER,
        **submit.OF_A_COMPLAINT,
        "form": SubmitForOther,
        "json": submit.Told,
        "example": {**submit.EXAMPLE, "source": Source.COUNTER},
    },
)
async def take(request: AnyRequest) -> Response[Any]:
    """What was written down, taken; the slip is shown once, and kept on no disk."""
    await counter.require(web.require_account(request))
    sent = await web.form(request)
    values = {name: value.strip() for name, value in sent.items() if isinstance(value, str) and name != "photos"}
    pictures = [await value.read() for value in sent.getall("photos", []) if isinstance(value, UploadFile)]
    try:
        taken = await intake.take_for_other(web.actor(request), values, pictures)
        if taken.outcome.status == Status.REJECTED or taken.outcome.complaint is None:
            raise InvalidInput(taken.outcome.fields or {"text": taken.outcome.message})  # noqa: TRY301  (comes back as any other)
    except InvalidInput as refusal:
        if submit.json_wanted(request):
            raise
        return await _form(request, values=values, errors=refusal.fields, status=refusal.http_status)
    if submit.json_wanted(request):
        return await submit.told(request, taken, taken.outcome.complaint)
    shown = await slip.of(taken, taken.outcome.complaint)
    key = taken.claim_key or ""
    groups = [(key[start : start + GROUP], slip.aloud(key[start : start + GROUP])) for start in range(0, len(key), GROUP)]
    return web.page(request, "complaints/counter_slip.html", keep=False, spoken=groups, **shown)


GROUP = 4
"""Signs of a key read out at once."""


async def _form(
    request: AnyRequest, *, values: dict[str, str] | None = None, errors: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    return web.page(
        request,
        "complaints/counter.html",
        status=status,
        keep=False,
        **await submit.offered(),
        sources=AT_THE_COUNTER,
        values=values or {},
        errors=errors or {},
        operation_id=uuid4(),
    )


ROUTES = (form, take)
