"""The development's outbox: mails as they would be sent, where no mail server is set."""

from typing import Any

from litestar import Request, Response, Router, get

from backend import web
from backend.errors import NotFound
from backend.mail import queries
from backend.settings import settings


@get("/dev/outbox", opt={"permission": None, "refuses": (404,)})
async def outbox(request: Request[Any, Any, Any]) -> Response[str]:
    """Whoever runs the app on their own machine reads the codes here; nobody does anywhere else."""
    if settings().production or settings().mail_url:
        raise NotFound
    return web.page(request, "mail/outbox.html", keep=False, mails=await queries.latest())


router = Router("/", route_handlers=[outbox])
