"""One published complaint: reading it, its released photos, following it."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from backend import database, web
from backend.actors.permissions import Permission
from backend.complaints import followers, public, public_case
from backend.complaints.operations import FollowComplaint, StillBroken
from backend.errors import InvalidInput
from backend.forms import decode
from backend.operations import Outcome, Status
from backend.settings import settings

AnyRequest = Request[Any, Any, Any]

UNCHANGED = 304
EVERYBODY = {"permission": Permission.READ_PUBLIC}
FOLLOWING = {"permission": Permission.FOLLOW, "account": True}


@get("/public/{number:str}", opt=EVERYBODY)
async def one(request: AnyRequest, number: FromPath[str]) -> Response[str]:
    """One of them."""
    return await _page(request, number)


@get("/public/photos/{photo_id:uuid}", opt={**EVERYBODY, "answers": (304,), "refuses": (503,)}, media_type="image/jpeg")
async def photo(request: AnyRequest, photo_id: FromPath[UUID]) -> Response[bytes]:
    """A released photo."""
    return await _picture(request, photo_id, small=False)


@get("/public/photos/{photo_id:uuid}/small", opt={**EVERYBODY, "answers": (304,), "refuses": (503,)}, media_type="image/jpeg")
async def small_photo(request: AnyRequest, photo_id: FromPath[UUID]) -> Response[bytes]:
    """The same, 400 pixels wide or high."""
    return await _picture(request, photo_id, small=True)


@post("/public/{number:str}/follow", status_code=303, opt={**FOLLOWING, "form": FollowComplaint, "refuses": (409,)})
async def follow(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """Hear of it ("Ini juga keluhan saya"), or no longer."""
    actor = web.require_account(request)
    complaint = await public.one(actor, number, Permission.FOLLOW)
    on = (await web.form(request)).get("on") != "false"
    op = FollowComplaint(id=database.new_id(), owner=actor.account, complaint=complaint.id, on=on)
    return await _answered(request, complaint.number, await followers.follow(actor, op))


@post("/public/{number:str}/still-broken", status_code=303, opt={**FOLLOWING, "form": StillBroken, "refuses": (409,)})
async def still_broken(request: AnyRequest, number: FromPath[str]) -> Response[Any]:
    """A follower's word, while the reporter is asked."""
    actor = web.require_account(request)
    complaint = await public.one(actor, number, Permission.FOLLOW)
    text = str((await web.form(request)).get("text", "")).strip()
    given = {"kind": StillBroken.__struct_config__.tag, "id": database.new_id(), "owner": actor.account, "complaint": complaint.id}
    try:
        op = decode({**given, **({"text": text} if text else {})}, StillBroken)
    except InvalidInput as refusal:
        return await _page(request, complaint.number, status=422, errors=refusal.fields, values={"text": text})
    return await _answered(request, complaint.number, await followers.still_broken(actor, op))


async def _answered(request: AnyRequest, number: str, outcome: Outcome) -> Response[Any]:
    if outcome.status in {Status.APPLIED, Status.DUPLICATE}:
        return Redirect(f"/public/{number}", status_code=303)
    return await _page(request, number, status=409, errors=outcome.fields or {"": outcome.message})


async def _page(
    request: AnyRequest, number: str, *, status: int = 200, errors: dict[str, str] | None = None, values: dict[str, str] | None = None
) -> Response[str]:
    complaint = await public.one(web.actor(request), number)
    view = await public_case.show(web.actor(request), complaint)
    return web.page(
        request,
        "public/show.html",
        status=status,
        complaint=view,
        errors=errors or {},
        values=values or {},
        canonical=f"{settings().base_url}{view.url}",
    )


async def _picture(request: AnyRequest, photo_id: UUID, *, small: bool) -> Response[bytes]:
    """Asked anew each time, but fetched once: a photo never changes, only whether it may be seen."""
    actor = web.actor(request)
    tag = f'"{photo_id}{"-small" if small else ""}"'
    headers = {"Content-Disposition": "inline", "ETag": tag, "Cache-Control": "no-cache" if actor.scope == "" else "private, no-store"}
    content = await public.picture(actor, photo_id, small=small)
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=UNCHANGED, headers=headers)
    return Response(content, media_type="image/jpeg", headers=headers)


ROUTES = (one, photo, small_photo, follow, still_broken)
