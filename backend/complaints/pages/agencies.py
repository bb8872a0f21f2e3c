"""The OPDs as everybody may know them: what each does, how to reach it, what it answers and how fast."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.params import FromPath

from backend import clock, web
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.agencies.kinds import Kind
from backend.complaints import public_figures
from backend.errors import NotFound
from backend.settings import settings
from backend.words import N_

AnyRequest = Request[Any, Any, Any]

EVERYBODY = {"permission": Permission.READ_PUBLIC}

GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (N_("Dinas dan badan"), frozenset({Kind.AGENCY, Kind.COMPANY, Kind.HOSPITAL})),
    (N_("Kecamatan dan kelurahan"), frozenset({Kind.DISTRICT, Kind.VILLAGE})),
    (N_("Unit layanan"), frozenset({Kind.UNIT, Kind.CLINIC, Kind.COUNTER})),
)
"""By what stands at the top; what works under it is folded in."""
LONGEST_SEARCH = 100


@get("/agencies", opt={**EVERYBODY, "asks": ("q",)})
async def everybody(request: AnyRequest) -> Response[str]:
    """All that exist today, each with its units; `?q=` finds by words."""
    words = request.query_params.get("q", "")[:LONGEST_SEARCH]
    branches = await agencies.agency_tree(clock.day_of(clock.now()), words, public=True)
    return web.page(
        request,
        "public/agencies.html",
        groups=[(title, [branch for branch in branches if branch.agency.kind in kinds]) for title, kinds in GROUPS],
        words=words,
        canonical=f"{settings().base_url}/agencies",
    )


@get("/agencies/{code:str}", opt=EVERYBODY)
async def one(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    """One of them, with its units and its year."""
    if not code.isprintable():  # PostgreSQL takes no NUL
        raise NotFound
    facts = await agencies.agency_page_facts(code)
    return web.page(
        request,
        "public/agency.html",
        agency=facts,
        figures=await public_figures.lately(sorted(await agencies.with_units([code]))),
        fewest=public_figures.FEWEST,
        canonical=f"{settings().base_url}/agencies/{quote(code)}",
    )


ROUTES = (everybody, one)
