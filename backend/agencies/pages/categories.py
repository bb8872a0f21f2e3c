"""The categories of the law: words, tile, OPD, whether they are offered."""

from typing import Any, get_args

from litestar import Response, get, post
from litestar.params import FromPath

from backend import clock, web
from backend.actors.permissions import Permission
from backend.agencies import actions, queries, sealing, tiles
from backend.agencies.kinds import Subject
from backend.agencies.operations import SaveCategory, ServiceClass
from backend.agencies.pages import editing
from backend.agencies.pages.editing import AnyRequest, Editor
from backend.words import tr

OPT = {"permission": Permission.EDIT_CATEGORIES}


async def _offers(code: str) -> dict[str, Any]:
    known = await queries.every_category()
    return {
        "tiles": [(name, name) for name in tiles.TILES],
        "marks": [(mark, tr(words)) for mark, words in tiles.MARKS.items()],
        "classes": get_args(ServiceClass),
        "agencies": [(row.code, row.citizen_name) for row in await queries.agencies_on(clock.day_of(clock.now()))],
        "icons": {row.icon: row.name for row in known if row.icon},
        "sealed": tr(sealing.WHY) if code in sealing.NEEDS_SEALING else "",
    }


EDITOR = Editor(
    subject=Subject.CATEGORY,
    permission=Permission.EDIT_CATEGORIES,
    template="agencies/category.html",
    one=queries.category,
    offers=_offers,
)


@get("/categories", opt=OPT)
async def categories(request: AnyRequest) -> Response[Any]:
    """All of them, tile by tile."""
    editing.allowed(request, Permission.EDIT_CATEGORIES)
    known = await queries.every_category()
    groups = [(name, icon, [row for row in known if row.group_name == name]) for name, icon in tiles.TILES.items()]
    return web.page(request, "agencies/categories.html", groups=groups, agency_names=await queries.agency_names())


@get("/categories/{code:str}", opt={**OPT, "asks": ("saved",)})
async def category(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """One of them with its history."""
    return await editing.page(request, EDITOR, code)


@post("/categories/{code:str}", opt={**OPT, "form": SaveCategory, "refuses": (409,)}, status_code=303)
async def save_category(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Change it, switch it on or off."""
    return await editing.save(request, EDITOR, code, SaveCategory, actions.save_category)


ROUTES = (categories, category, save_category)
