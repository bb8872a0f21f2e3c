"""The city at a glance, and everything that was ever changed of it."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from backend import web
from backend.actors.permissions import Permission
from backend.agencies import desk, history
from backend.agencies.pages.editing import AnyRequest, allowed
from backend.jobs import standing

FEW = 5


@get("/", opt={"permission": Permission.EDIT_AGENCIES})
async def city(request: AnyRequest) -> Response[Any]:
    """What there is, what nobody has looked at yet, what was changed last."""
    allowed(request, Permission.EDIT_AGENCIES)
    return web.page(
        request,
        "agencies/city.html",
        counts=await desk.counts(),
        stuck=sum((await standing.given_up_by_kind()).values()),
        changes=(await history.latest())[:FEW],
    )


@get("/changes", opt={"permission": Permission.READ_CHANGES, "asks": ("before",)})
async def changes(request: AnyRequest) -> Response[Any]:
    """Who changed what, when and why; `?before=` goes on."""
    actor = allowed(request, Permission.READ_CHANGES)
    found = await history.latest(_id(request.query_params.get("before", "")))
    return web.page(
        request,
        "agencies/changes.html",
        changes=found,
        more=f"?before={found[-1].id}" if len(found) == history.PAGE else "",
        may_edit=actor.reach(Permission.EDIT_AGENCIES),
    )


def _id(text: str) -> UUID | None:
    """Anything that is no id begins at the beginning."""
    try:
        return UUID(text)
    except ValueError:
        return None


ROUTES = (city, changes)
