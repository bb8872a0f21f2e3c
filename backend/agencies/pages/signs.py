"""What is not the city's and what sounds like an emergency: the words by which a text is recognised, and whom to call."""

from typing import TYPE_CHECKING, Any

from litestar import Response, get, post
from litestar.params import FromPath

from backend import web
from backend.actors.permissions import Permission
from backend.agencies import actions, desk, hints, queries
from backend.agencies.kinds import Subject
from backend.agencies.operations import SaveElsewhere, SaveEmergency
from backend.agencies.pages import editing
from backend.agencies.pages.editing import AnyRequest, Editor

if TYPE_CHECKING:
    from backend.agencies.tables import Elsewhere, Emergency

OPT = {"permission": Permission.EDIT_ROUTING}


async def _nothing(_: str) -> dict[str, Any]:
    return {}


ELSEWHERE = Editor(
    subject=Subject.ELSEWHERE,
    permission=Permission.EDIT_ROUTING,
    template="agencies/elsewhere_one.html",
    one=desk.elsewhere_one,
    offers=_nothing,
)
EMERGENCY = Editor(
    subject=Subject.EMERGENCY,
    permission=Permission.EDIT_ROUTING,
    template="agencies/emergency_one.html",
    one=desk.emergency_one,
    offers=_nothing,
)


@get("/elsewhere", opt={**OPT, "asks": ("try",)})
async def elsewhere(request: AnyRequest) -> Response[Any]:
    """All of them; `?try=` tells which would be shown beside a text."""
    return await _list(request, "agencies/elsewhere.html", await desk.every_elsewhere())


@get("/elsewhere/new", opt=OPT)
async def new_elsewhere(request: AnyRequest) -> Response[Any]:
    """The form of a new one."""
    return await editing.blank(request, ELSEWHERE)


@post("/elsewhere", opt={**OPT, "form": SaveElsewhere}, status_code=303)
async def open_elsewhere(request: AnyRequest) -> Response[Any]:
    """A new one."""
    return await editing.create(request, ELSEWHERE, SaveElsewhere, actions.open_elsewhere)


@get("/elsewhere/{code:str}", opt={**OPT, "asks": ("saved",)})
async def elsewhere_one(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """One of them with its history."""
    return await editing.page(request, ELSEWHERE, code)


@post("/elsewhere/{code:str}", opt={**OPT, "form": SaveElsewhere, "refuses": (409,)}, status_code=303)
async def save_elsewhere(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Change it, confirm it."""
    return await editing.save(request, ELSEWHERE, code, SaveElsewhere, actions.save_elsewhere)


@get("/emergency", opt={**OPT, "asks": ("try",)})
async def emergency(request: AnyRequest) -> Response[Any]:
    """All of them, in the order in which they are shown; `?try=` as above."""
    return await _list(request, "agencies/emergency.html", await desk.every_emergency())


@get("/emergency/new", opt=OPT)
async def new_emergency(request: AnyRequest) -> Response[Any]:
    """The form of a new one."""
    return await editing.blank(request, EMERGENCY)


@post("/emergency", opt={**OPT, "form": SaveEmergency}, status_code=303)
async def open_emergency(request: AnyRequest) -> Response[Any]:
    """A new one."""
    return await editing.create(request, EMERGENCY, SaveEmergency, actions.open_emergency)


@get("/emergency/{code:str}", opt={**OPT, "asks": ("saved",)})
async def emergency_one(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """One of them with its history."""
    return await editing.page(request, EMERGENCY, code)


@post("/emergency/{code:str}", opt={**OPT, "form": SaveEmergency, "refuses": (409,)}, status_code=303)
async def save_emergency(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Change it."""
    return await editing.save(request, EMERGENCY, code, SaveEmergency, actions.save_emergency)


async def _list(request: AnyRequest, template: str, rows: "list[Elsewhere] | list[Emergency]") -> Response[Any]:
    editing.allowed(request, Permission.EDIT_ROUTING)
    text = request.query_params.get("try", "")
    ringing = hints.recognised(text, await queries.hints()) if text else []
    return web.page(request, template, text=text, ringing=ringing, rows=rows)


ROUTES = (
    elsewhere,
    new_elsewhere,
    open_elsewhere,
    elsewhere_one,
    save_elsewhere,
    emergency,
    new_emergency,
    open_emergency,
    emergency_one,
    save_emergency,
)
