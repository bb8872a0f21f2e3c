"""OPDs and their units: the list, a new one, one of them, its end."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from backend import clock, web
from backend.actors.permissions import Permission
from backend.agencies import actions, desk, labels, queries, views
from backend.agencies.kinds import Subject
from backend.agencies.operations import CloseAgency, SaveAgency
from backend.agencies.pages import editing
from backend.agencies.pages.editing import AnyRequest, Editor
from backend.words import tr

OPT = {"permission": Permission.EDIT_AGENCIES}


async def _offers(code: str) -> dict[str, Any]:
    known = await desk.every_agency()
    return {
        "agencies": [(row.code, row.citizen_name) for row in known if row.parent is None and row.code != code],
        "areas": [(row.code, f"{row.name}, {row.district}") for row in await queries.areas()],
        "kinds": [(kind, tr(word)) for kind, word in labels.KIND_WORDS.items()],
        "units": [row for row in known if row.parent == code] if code else [],
        "leading": [row for row in await queries.every_category() if code and code in {row.agency, row.second_agency}],
    }


EDITOR = Editor(
    subject=Subject.AGENCY, permission=Permission.EDIT_AGENCIES, template="agencies/agency.html", one=queries.agency, offers=_offers
)


@get("/agencies", opt={**OPT, "asks": ("q",)})
async def agencies(request: AnyRequest) -> Response[Any]:
    """All there are, were and will be, with their units; `?q=` finds by words."""
    editing.allowed(request, Permission.EDIT_AGENCIES)
    words = request.query_params.get("q", "")
    branches = views.searched(views.tree(await desk.every_agency()), words, {})
    return web.page(request, "agencies/agencies.html", branches=branches, words=words, today=clock.day_of(clock.now()))


@get("/agencies/new", opt=OPT)
async def new_agency(request: AnyRequest) -> Response[Any]:
    """The form of a new one."""
    return await editing.blank(request, EDITOR)


@post("/agencies", opt={**OPT, "form": SaveAgency}, status_code=303)
async def open_agency(request: AnyRequest) -> Response[Any]:
    """A new one."""
    return await editing.create(request, EDITOR, SaveAgency, actions.open_agency)


@get("/agencies/{code:str}", opt={**OPT, "asks": ("saved",)})
async def agency(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """One of them with its history."""
    return await editing.page(request, EDITOR, code)


@post("/agencies/{code:str}", opt={**OPT, "form": SaveAgency, "refuses": (409,)}, status_code=303)
async def save_agency(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Change it."""
    return await editing.save(request, EDITOR, code, SaveAgency, actions.save_agency)


@post("/agencies/{code:str}/close", opt={**OPT, "form": CloseAgency, "refuses": (409,)}, status_code=303)
async def close_agency(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Say which day is its last."""
    return await editing.save(request, EDITOR, code, CloseAgency, actions.close_agency, form="close")


ROUTES = (agencies, new_agency, open_agency, agency, save_agency, close_agency)
