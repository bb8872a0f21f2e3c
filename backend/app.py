"""The house put together: routers, middleware, templates, error answers."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import structlog
from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.connection import ASGIConnection
from litestar.datastructures.headers import MutableScopeHeaders
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException
from litestar.middleware import ASGIMiddleware
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from servestatic import ServeStaticASGI  # type: ignore[import-untyped]  # ships no types

from backend import contract, database, home, site, styleguide, web
from backend.accounts import pages as account_pages
from backend.accounts import sessions
from backend.agencies import pages as agency_pages
from backend.care import pages as care_pages
from backend.complaints import labels
from backend.complaints import pages as complaint_pages
from backend.complaints.storage import StorageFull
from backend.errors import Away, DomainError, NotFound, Unreadable
from backend.mail import pages as mail_pages
from backend.notifications import pages as notification_pages
from backend.notifications import queries as notifications
from backend.security import Broken, Security
from backend.settings import settings
from backend.sync import api, stored, uploads

log = structlog.get_logger("app")

Lifespan = Callable[[], AbstractAsyncContextManager[None]]

ROUTERS = (
    home.router,
    site.router,
    styleguide.router,
    account_pages.router,
    agency_pages.router,
    complaint_pages.router,
    notification_pages.router,
    mail_pages.router,
    care_pages.router,
    api.router,
    uploads.router,
    stored.router,
)
"""Every door of the house. Each says in `opt` whom it is for, and tests/permissions walks them all."""


class ActorMiddleware(ASGIMiddleware):
    """Who is asking, read once for each request."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Put the actor where `web.actor` finds it."""
        connection = ASGIConnection[Any, Any, Any, Any](scope)
        cookies = connection.cookies
        actor = await sessions.actor_of(cookies.get(sessions.ACCOUNT_COOKIE), cookies.get(sessions.GUEST_COOKIE))
        scope["state"]["actor"] = actor
        if connection.headers.get("sec-fetch-dest") == "document":  # a page somebody opens: its menu says how much is unread
            scope["state"]["unread"] = await notifications.unread(actor)
        await next_app(scope, receive, send)


class MethodsMiddleware(ASGIMiddleware):
    """Litestar answers OPTIONS with the methods a path had when its first door was hung: this names them all."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Tell the methods of the route as it stands."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and (headers := MutableScopeHeaders.from_message(message)).get("allow"):
                headers["allow"] = ", ".join(_methods(scope))
            await send(message)

        await next_app(scope, receive, told if scope.get("method") == HttpMethod.OPTIONS else send)


def _methods(scope: Scope) -> list[str]:
    """Of all doors at this address."""
    routes = (route for route in scope["litestar_app"].routes if isinstance(route, HTTPRoute))
    return next((sorted(route.methods) for route in routes if route.path_format == scope["path_template"]), [])


def create(*beside: Lifespan) -> Security:
    """The app as a server runs it; `beside` runs as long as it does (the embedded workers)."""
    web.add_filters({**labels.FILTERS, **care_pages.FILTERS})
    web.environment().globals.update(labels.GLOBALS)
    litestar = Litestar(
        route_handlers=(*ROUTERS, contract.door(ROUTERS)) if settings().openapi else ROUTERS,
        middleware=[MethodsMiddleware(), ActorMiddleware()],
        exception_handlers={DomainError: _refused, HTTPException: _not_understood, Exception: _broken},
        lifespan=[_database, *(_lifespan(one) for one in beside)],
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=6, exclude=["^/photos/", "^/public/photos/", "^/api/photos"]
        ),
        openapi_config=None,
        request_max_body_size=None,  # `security.body` counts, by address
        logging_config=None,
    )
    return Security(_with_assets(litestar))


def _with_assets(litestar: Litestar) -> ServeStaticASGI:
    """Built files, compressed at build time; a hash in the name lets a browser keep them for ever."""
    static = ServeStaticASGI(litestar, immutable_file_test=r"^.+-[0-9A-Za-z]{8,}\.[a-z0-9]+$", max_age=3600, allow_all_origins=False)
    static.add_files(str(web.FRONTEND / "dist" / "assets"), prefix="assets/")
    return static


@asynccontextmanager
async def _database(_: Litestar) -> AsyncIterator[None]:
    async with database.opened(settings().database):
        yield


def _lifespan(beside: Lifespan) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def entered(_: Litestar) -> AsyncIterator[None]:
        async with beside():
            yield

    return entered


def _refused(request: Request[Any, Any, Any], error: DomainError) -> Response[Any]:
    return web.refusal(request, error)


def _not_understood(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What the framework turns away: no such page, no such method, a body that cannot be read."""
    refusal = NotFound() if error.status_code == NotFound.http_status else Unreadable()
    response = web.refusal(request, refusal)
    response.status_code = error.status_code
    response.headers.update(error.headers or {})  # which methods there are
    return response


def _broken(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A fault of ours: logged whole, and told to the person without a word of it. A full disk is said as such, and passes.

    So does a database that is away or has too much to do.
    """
    if database.is_full(error):
        return web.refusal(request, StorageFull())
    if database.is_away(error):
        log.warning("the database is away", route=request.scope.get("path_template"), error=type(error).__name__)
        return web.refusal(request, Away())
    log.error("request failed", route=request.scope.get("path_template"), exc_info=error)
    return web.refusal(request, Broken())
