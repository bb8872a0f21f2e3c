"""Published complaints as a list and on a map: what is asked for stands in the address, so that it can be passed on."""

from collections.abc import Collection, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.response import Redirect

from backend import web
from backend.actors.permissions import Permission
from backend.agencies import queries as agencies
from backend.agencies.queries import CategoryGroup
from backend.complaints import public, public_cards
from backend.complaints.public import STATES, Near, Sieve
from backend.settings import settings
from backend.words import N_, tr

if TYPE_CHECKING:
    from backend.agencies.tables import Area

AnyRequest = Request[Any, Any, Any]

EVERYBODY = {"permission": Permission.READ_PUBLIC}
SIFTED = ("area", "category", "state", "near", "after")
"""What the address asks for."""


class Choice(NamedTuple):
    """A field of the form that sifts: its choices in groups, each a value and its words."""

    name: str
    label: str
    everything: str
    groups: list[tuple[str, list[tuple[str, str]]]]


@get("/public", opt={**EVERYBODY, "asks": ("number", *SIFTED), "answers": (303,)})
async def complaints(request: AnyRequest) -> Response[Any]:
    """What others have told; with `?number=` straight to that one, if there is such a one."""
    number = request.query_params.get("number", "").strip()
    if number and (found := await public.known(web.actor(request), number)):
        return Redirect(f"/public/{found}", status_code=303)
    return await _listed(request, "public/list.html", unknown=number)


@get("/public/map", opt={**EVERYBODY, "asks": SIFTED})
async def on_map(request: AnyRequest) -> Response[Any]:
    """The same beside a map, and how many there are in each kelurahan."""
    return await _listed(request, "public/map.html")


async def _listed(request: AnyRequest, template: str, *, unknown: str = "") -> Response[Any]:
    actor, kinds, areas = web.actor(request), await agencies.offered_categories(), await agencies.areas()
    chosen = _chosen(request.query_params, kinds, areas)
    sieve = _sieve(chosen, kinds)
    found = await public.listed(actor, sieve, public.plain(request.query_params.get("after", "")))
    more = chosen | {"after": found[-1]["number"]} if len(found) == public.PAGE and not sieve.near else {}
    by_district = [(district, list(rows)) for district, rows in groupby(areas, key=lambda area: area.district)]
    return web.page(
        request,
        template,
        complaints=await public_cards.of(found),
        total=await public.count(actor, sieve),
        counts=await public.of_areas(actor, sieve) if template == "public/map.html" else {},
        more=_address(more),
        asked=_address(chosen),
        chosen=chosen,
        near=sieve.near,
        unknown=unknown,
        states=STATES,
        choices=_choices(kinds, by_district),
        areas=by_district,
        canonical=f"{settings().base_url}{request.url.path}",
    )


def _choices(kinds: list[CategoryGroup], districts: "list[tuple[str, list[Area]]]") -> list[Choice]:
    by_area = [(tr(IN_DISTRICT).format(name=district), [(area.code, area.name) for area in rows]) for district, rows in districts]
    by_kind = [
        (group.name or tr(OTHERS), ([(group.name, tr(WHOLE).format(group=group.name))] if group.name else []) + _lines(group))
        for group in kinds
    ]
    by_state = [("", [(name, tr(state.word)) for name, state in STATES.items()])]
    return [
        Choice("area", tr(N_("Kelurahan")), tr(N_("Seluruh kota")), by_area),
        Choice("category", tr(N_("Jenis aduan")), tr(N_("Semua jenis")), by_kind),
        Choice("state", tr(N_("Keadaan")), tr(N_("Semua keadaan")), by_state),
    ]


IN_DISTRICT = N_("Kecamatan {name}")
WHOLE = N_("Semua: {group}")
OTHERS = N_("Lainnya")


def _lines(group: CategoryGroup) -> list[tuple[str, str]]:
    return [(line.code, line.name) for line in group.categories]


def _chosen(asked: Mapping[str, str], kinds: list[CategoryGroup], areas: "list[Area]") -> dict[str, str]:
    """What the address asks for; what it asks that there is not is not asked."""
    known: dict[str, Collection[str]] = {
        "area": {area.code for area in areas},
        "category": {line.code for group in kinds for line in group.categories} | {group.name for group in kinds},
        "state": STATES,
    }
    chosen = {name: value for name, values in known.items() if (value := asked.get(name, "")) and value in values}
    near = _near(asked.get("near", ""))
    return chosen | ({"near": f"{near.latitude},{near.longitude}"} if near else {})


def _sieve(chosen: dict[str, str], kinds: list[CategoryGroup]) -> Sieve:
    groups = {group.name: tuple(line.code for line in group.categories) for group in kinds if group.name}
    lines = {line.code: (line.code,) for group in kinds for line in group.categories}
    return Sieve(
        area=chosen.get("area", ""),
        categories=(groups | lines).get(chosen.get("category", ""), ()),
        state=chosen.get("state", ""),
        near=_near(chosen.get("near", "")),
    )


def _near(text: str) -> Near | None:
    """A point as `-7.977,112.634`, made as coarse as what is shown; none where it is no point."""
    latitude, _, longitude = text.partition(",")
    try:
        point = Near(round(float(latitude), public.DECIMALS), round(float(longitude), public.DECIMALS))
    except ValueError:
        return None
    return point if abs(point.latitude) <= 90 and abs(point.longitude) <= 180 else None  # noqa: PLR2004  (degrees)


def _address(asked: dict[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""


ROUTES = (complaints, on_map)
