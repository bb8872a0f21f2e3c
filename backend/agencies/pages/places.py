"""The kelurahan: names and centres."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from backend import web
from backend.actors.permissions import Permission
from backend.agencies import actions, queries
from backend.agencies.kinds import Subject
from backend.agencies.operations import SaveArea
from backend.agencies.pages import editing
from backend.agencies.pages.editing import AnyRequest, Editor

OPT = {"permission": Permission.IMPORT_AREAS}


async def _offers(code: str) -> dict[str, Any]:
    office = await queries.office_of_area(code)
    return {"office": await queries.agency(office) if office else None}


EDITOR = Editor(subject=Subject.AREA, permission=Permission.IMPORT_AREAS, template="agencies/area.html", one=queries.area, offers=_offers)


@get("/areas", opt=OPT)
async def areas(request: AnyRequest) -> Response[Any]:
    """All of them, by kecamatan."""
    editing.allowed(request, Permission.IMPORT_AREAS)
    known = await queries.areas()
    districts = {row.district: [one for one in known if one.district == row.district] for row in known}
    return web.page(request, "agencies/areas.html", districts=districts)


@get("/areas/{code:str}", opt={**OPT, "asks": ("saved",)})
async def area(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """One of them with its history."""
    return await editing.page(request, EDITOR, code)


@post("/areas/{code:str}", opt={**OPT, "form": SaveArea, "refuses": (409,)}, status_code=303)
async def save_area(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Change its name or centre."""
    return await editing.save(request, EDITOR, code, SaveArea, actions.save_area)


ROUTES = (areas, area, save_area)
