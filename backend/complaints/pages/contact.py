"""Looking at how a reporter can be reached: shown once, kept on no disk, told to the reporter."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, post
from litestar.params import FromPath

from backend import web
from backend.actors.permissions import Permission
from backend.complaints import claims, contacts, queries

AnyRequest = Request[Any, Any, Any]


@post("/complaints/{complaint_id:uuid}/contact", status_code=200, opt={"permission": Permission.VIEW_CONTACT})
async def look(request: AnyRequest, complaint_id: FromPath[UUID]) -> Response[str]:
    """Name and number, and that the reporter is told of this look."""
    contact = await contacts.look(web.actor(request), complaint_id)
    complaint = (await queries.by_ids([complaint_id]))[complaint_id]
    return web.page(
        request,
        "complaints/contact.html",
        keep=False,
        contact=contact,
        number=claims.spoken(complaint.number),
        url=f"/complaints/{complaint_id}",
    )


ROUTES = (look,)
