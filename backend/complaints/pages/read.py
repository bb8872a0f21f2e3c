"""Reading: my complaints, one complaint, its photos, the work list."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from backend import web
from backend.actors.permissions import Permission
from backend.complaints import cards, case, choices, counter, photos, queries, work
from backend.complaints.queries import Cursor
from backend.errors import NotFound
from backend.operations import ComplaintReceipt
from backend.security import wants_json

AnyRequest = Request[Any, Any, Any]

READING = {"permission": Permission.READ}
UNCHANGED = 204


@get("/complaints", opt={"permission": None, "asks": ("after",)})
async def mine(request: AnyRequest) -> Response[str]:
    """What this person reported: as an account, or with the keys proved in this browser."""
    found = await queries.mine(web.actor(request), cursor(request))
    return web.page(request, "complaints/list.html", complaints=await cards.of(found), more=_more(found))


@get("/complaints/{complaint_id:uuid}", opt={**READING, "json": ComplaintReceipt})
async def one(request: AnyRequest, complaint_id: FromPath[UUID]) -> Response[Any]:
    """One complaint, for whoever may read it; as JSON where it stands, no more."""
    if wants_json(request.scope):  # type: ignore[arg-type]  # Litestar's typed dict of the same scope
        complaint = await queries.one(web.actor(request), complaint_id)
        return Response(await queries.receipt(complaint), headers={"Cache-Control": "private, no-store"})
    return await complaint_page(request, complaint_id)


@get("/work", opt={"permission": None, "staff": True, "asks": ("version", "open", "after"), "answers": (204,)})
async def work_list(request: AnyRequest) -> Response[Any]:
    """What waits for somebody of the city. With `?version=` of what is on the screen: nothing, unless something moved."""
    if not web.require_account(request).is_staff:
        raise NotFound
    shown = request.query_params.get("version", "")
    stamp = await work.stamp(web.actor(request))
    if shown.startswith(f"{stamp}."):
        return Response(None, status_code=UNCHANGED)
    sections = await work.waiting_for(web.actor(request), cursor(request))
    version = work.version(sections)
    if shown.endswith(f".{version}"):
        return Response(None, status_code=UNCHANGED)
    here = {name: request.query_params.get(name, "") for name in ("open", "after")}
    return web.page(
        request,
        "complaints/work.html",
        "work_list",
        sections=sections,
        version=f"{stamp}.{version}",
        at_a_counter=await counter.may(web.actor(request)),
        open_id=here["open"],
        after=here["after"],
    )


@get("/photos/{photo_id:uuid}", opt={**READING, "refuses": (503,)}, media_type="image/jpeg")
async def photo(request: AnyRequest, photo_id: FromPath[UUID]) -> Response[bytes]:
    """A photo as it was made anew, for whoever may read its complaint."""
    return await _picture(request, photo_id, small=False)


@get("/photos/{photo_id:uuid}/small", opt={**READING, "refuses": (503,)}, media_type="image/jpeg")
async def small_photo(request: AnyRequest, photo_id: FromPath[UUID]) -> Response[bytes]:
    """The same, 400 pixels wide or high."""
    return await _picture(request, photo_id, small=True)


async def complaint_page(
    request: AnyRequest,
    complaint_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    values: dict[str, Any] | None = None,
    conflict: str = "",
) -> Response[str]:
    """The page of a complaint; after a step that did not apply with its reasons, and what was typed in that step's form (`values`)."""
    complaint = await queries.one(web.actor(request), complaint_id)
    view = await case.show(web.actor(request), complaint)
    return web.page(
        request,
        "complaints/show.html",
        status=status,
        keep=not view.confidential,
        complaint=view,
        steps=view.steps,
        choices=await choices.of(view, complaint),
        errors=errors or {},
        values=values or {},
        conflict=conflict,
    )


def cursor(request: AnyRequest) -> Cursor | None:
    """Where the list goes on, from `?after=moment_id`; anything else begins at the beginning."""
    moment, _, last = request.query_params.get("after", "").partition("_")
    try:
        return msgspec.convert({"at": datetime.fromisoformat(moment).astimezone(UTC), "id": last}, Cursor)
    except (ValueError, OverflowError, msgspec.ValidationError):
        return None


def _more(found: list[Any]) -> str:
    return f"?after={found[-1].received_at:%Y-%m-%dT%H:%M:%S.%f}%2B00:00_{found[-1].id}" if len(found) == queries.PAGE else ""


async def _picture(request: AnyRequest, photo_id: UUID, *, small: bool) -> Response[bytes]:
    complaint = await queries.one(web.actor(request), await photos.complaint_of(photo_id))
    content = await photos.readable(photo_id, small=small)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    for_no_disk = {"X-Sambat-Scope": "none"} if complaint.confidential else {}
    return Response(content, media_type="image/jpeg", headers=headers | for_no_disk)


ROUTES = (mine, one, work_list, photo, small_photo)
