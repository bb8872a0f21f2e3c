"""The front door: home, the pages a phone keeps, health, the manifest and the service worker."""

from typing import Any

import msgspec
from litestar import MediaType, Request, Response, Router, get

from backend import web
from backend.complaints import cards, queries, work
from backend.readiness import readiness
from backend.settings import settings

AnyRequest = Request[Any, Any, Any]

SHOWN_AT_HOME = 5


@get("/", opt={"permission": None})
async def home(request: AnyRequest) -> Response[str]:
    """One question, and under it what became of earlier ones; for somebody of the city their work first."""
    actor = web.actor(request)
    mine = (await queries.mine(actor))[:SHOWN_AT_HOME]
    sections = await work.waiting_for(actor) if actor.is_staff else []
    return web.page(request, "home.html", complaints=await cards.of(mine), sections=sections)


@get("/queue", opt={"permission": None})
async def queue(request: AnyRequest) -> Response[str]:
    """What waits on this phone; the page is filled there."""
    return web.page(request, "queue.html", shell=True)


@get("/receipt", opt={"permission": None})
async def receipt(request: AnyRequest) -> Response[str]:
    """The slip of a complaint this phone sent; filled there."""
    return web.page(request, "receipt.html", shell=True)


@get("/offline", opt={"permission": None})
async def offline(request: AnyRequest) -> Response[str]:
    """Shown where nothing is kept of a page and there is no signal."""
    return web.page(request, "offline.html", shell=True)


@get("/healthz", media_type=MediaType.JSON, opt={"permission": None})
async def healthz() -> dict[str, str]:
    """This process answers."""
    return {"status": "ok", "release": settings().release}


@get("/readyz", media_type=MediaType.JSON, opt={"permission": None, "answers": (503,)})
async def readyz() -> Response[dict[str, str]]:
    """This process can do its work: the database answers and has this release's shape, photos can be stored. `redis` is only told."""
    found = await readiness()
    content = {"status": "ready" if found.is_ready else "not ready", **msgspec.to_builtins(found)}
    return Response(content, status_code=200 if found.is_ready else 503, headers={"Cache-Control": "no-store"})


@get("/sw.js", media_type="text/javascript", opt={"permission": None})
async def service_worker() -> Response[bytes]:
    """The service worker, from the root so that it may answer for every page; asked anew each time."""
    return Response((web.FRONTEND / "dist" / "sw.js").read_bytes(), headers={"Cache-Control": "no-cache"})


@get("/manifest.webmanifest", media_type="application/manifest+json", opt={"permission": None})
async def manifest() -> Response[bytes]:
    """What the app is called and looks like once it is installed."""
    return Response((web.FRONTEND / "assets" / "manifest.webmanifest").read_bytes(), headers={"Cache-Control": "no-cache"})


router = Router("/", route_handlers=[home, queue, receipt, offline, healthz, readyz, service_worker, manifest])
