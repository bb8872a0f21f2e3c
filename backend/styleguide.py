"""`/styleguide`: every component with its variants, drawn by the very macros that pages use. Not there in production."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get

from backend import clock, web
from backend.agencies import tiles
from backend.agencies.hints import in_danger, not_ours
from backend.complaints.labels import STATUS_LABELS
from backend.complaints.private import PATTERNS_JSON
from backend.errors import NotFound
from backend.settings import settings
from backend.words import N_

AnyRequest = Request[Any, Any, Any]

LIGHTS = ("light", "dark")
SOMEBODY = UUID(int=0)
LONG = "Penanggungjawabanketidakberfungsiansalurandrainaselingkungan RT"
"""Longer than a phone is wide: nothing may break over it."""
SHORT = N_("Lampu jalan mati di depan pasar")


@get("/styleguide", opt={"permission": None, "asks": ("light",), "refuses": (404,)})
async def styleguide(request: AnyRequest) -> Response[str]:
    """Everything on one page; `?light=dark` or `light` whatever the browser wants."""
    if settings().production:
        raise NotFound
    light = request.query_params.get("light", "")
    return web.page(
        request,
        "styleguide.html",
        keep=False,
        light=light if light in LIGHTS else "",
        icons=_icons(),
        states=STATUS_LABELS,
        cards=_cards(),
        owed=_owed(),
        entries=_entries(),
        photo_states=[_photo(state) for state in ("awaited", "uploaded", "refused")],
        tiles=[_tile(number, name, icon) for number, (name, icon) in enumerate(tiles.TILES.items())],
        hints=[
            in_danger("fire", "kebakaran", N_("Menjauh dulu dari api."), "112"),
            not_ours("power", "listrik", N_("Telepon PLN."), "PLN", "123"),
        ],
        private_patterns=PATTERNS_JSON,
        long_word=LONG,
        values={},
        errors={},
    )


def _icons() -> list[str]:
    return sorted(msgspec.json.decode((web.FRONTEND / "assets" / "icons.json").read_bytes(), type=list[str]))


def _cards() -> list[SimpleNamespace]:
    """A card in each state, one that is late, one that is all at once too long."""
    by_state = [_card(status, label.word, label.icon, label.tone) for status, label in STATUS_LABELS.items()]
    late = _card("late", N_("Dikerjakan"), "hammer", "biru", late=True, days_left=-2, promise=N_("Dijanjikan selesai kemarin lusa"))
    long = _card("long", LONG, "circle-dot", "kunyit", summary=LONG, area_name=LONG, waiting_for=LONG, photos_awaited=3)
    return [*by_state, late, long]


def _card(status: str, word: str, icon: str, tone: str, **other: object) -> SimpleNamespace:
    usual = {
        "id": f"styleguide-{status}",
        "number": "SRK 7F3K 9Q",
        "summary": SHORT,
        "status": status,
        "status_word": word,
        "status_icon": icon,
        "tone": tone,
        "area_name": "Oro-Oro Dowo",
        "received_on": clock.day_of(clock.now()),
        "promise": N_("Paling lambat dijawab Kamis"),
        "days_left": 2,
        "late": False,
        "waiting_for": "",
        "photo": None,
        "photos_awaited": 0,
        "url": "/styleguide",
    }
    return SimpleNamespace(**{**usual, **other})


def _owed() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(sentence=sentence, days_left=left, late=left < 0, progress=progress)
        for sentence, left, progress in (
            (N_("Dijawab paling lambat Kamis."), 2, 0),
            (N_("Dikerjakan paling lambat hari ini."), 0, 80),
            (N_("Selesai paling lambat bulan depan."), 21, 30),
            (N_("Dijawab paling lambat Senin."), -3, 100),
        )
    ]


def _entries() -> list[SimpleNamespace]:
    now = clock.now()
    return [
        SimpleNamespace(sentence=N_("Dinas menjawab."), text=SHORT, photos=[], who="Agus", at=now, device_at=now - timedelta(hours=3)),
        SimpleNamespace(sentence=N_("Aduan diterima."), text="", photos=[], who="", at=now - timedelta(days=1), device_at=None),
    ]


def _photo(state: str) -> SimpleNamespace:
    return SimpleNamespace(id=SOMEBODY, url="/styleguide", small_url="", alt=SHORT, state=state, stage="report", width=None, height=None)


def _tile(number: int, name: str, icon: str) -> SimpleNamespace:
    """One line to choose, and one that is closed."""
    line = {"name": SHORT, "hints": N_("lubang, ambles, tambal"), "icon": icon, "contacts": "112\nSAPA 129"}
    needs = "N" if number == 0 else ""
    category = SimpleNamespace(code=str(number), service_class="field_work", marks=needs, **line)
    return SimpleNamespace(name=name, icon=icon, categories=[category], closed=[category])


router = Router("/", route_handlers=[styleguide])
