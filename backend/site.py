"""About the service, in words: what it is, what it knows of people, how it can be used; and what search engines may read."""

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, Router, get

from backend import clock, web
from backend.actors.actor import NOBODY
from backend.agencies import queries as agencies
from backend.complaints import public
from backend.settings import settings

AnyRequest = Request[Any, Any, Any]

OPEN: dict[str, Any] = {"permission": None}

PAGES = ("/", "/complaints/new", "/public", "/agencies", "/about", "/privacy", "/accessibility")
READABLE = ("/public", "/agencies", "/about", "/privacy", "/accessibility", "/complaints/new", "/assets/", "/manifest.webmanifest")
"""What search engines may fetch, beside the front page; everything else is somebody's own or no page."""
MOST_LISTED = 5_000
"""Complaints of the site map: a tenth of what such a file may hold."""


@get("/about", opt=OPEN)
async def about(request: AnyRequest) -> Response[str]:
    """What this is, and who stands behind it."""
    return _page(request, "site/about.html")


@get("/privacy", opt=OPEN)
async def privacy(request: AnyRequest) -> Response[str]:
    """What is kept of people, why, for how long and who sees it (UU 27/2022)."""
    return _page(request, "site/privacy.html")


@get("/accessibility", opt=OPEN)
async def accessibility(request: AnyRequest) -> Response[str]:
    """How it can be used, and what has been tried."""
    return _page(request, "site/accessibility.html")


@get("/robots.txt", media_type="text/plain", opt=OPEN)
async def robots() -> Response[str]:
    """What search engines may read."""
    lines = ["User-agent: *", "Allow: /$", *(f"Allow: {path}" for path in READABLE), "Disallow: /"]
    content = "\n".join([*lines, "", f"Sitemap: {settings().base_url}/sitemap.xml", ""])
    return Response(content, headers={"Cache-Control": "max-age=3600"})


@get("/sitemap.xml", media_type="application/xml", opt=OPEN)
async def sitemap() -> Response[str]:
    """The addresses of our public pages."""
    rows = await public.numbers(NOBODY, MOST_LISTED)
    known = await agencies.agencies_on(clock.day_of(clock.now()))
    addresses = [(path, "") for path in PAGES]
    addresses += [(f"/agencies/{quote(agency.code)}", "") for agency in known if agency.parent is None]
    addresses += [(f"/public/{row['number']}", clock.day_of(row["published_at"]).isoformat()) for row in rows]
    content = web.environment().get_template("site/sitemap.xml").render(base=settings().base_url, addresses=addresses)
    return Response(content, headers={"Cache-Control": "max-age=3600"})


def _page(request: AnyRequest, template: str) -> Response[str]:
    return web.page(request, template, canonical=f"{settings().base_url}{request.url.path}")


router = Router("/", route_handlers=[about, privacy, accessibility, robots, sitemap])
