"""The doors of who looks after the house: what was given up, to be tried again, and the figures for a machine that watches."""

import hmac
from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
import structlog
from litestar import Request, Response, Router, get, post
from litestar.response import Redirect

from backend import forms, metrics, web
from backend.actors.permissions import Permission, Reach
from backend.care import labels
from backend.care.figures import figures
from backend.errors import InvalidInput, NotFound
from backend.jobs import queue, standing
from backend.settings import settings
from backend.words import N_

AnyRequest = Request[Any, Any, Any]
OPT = {"permission": Permission.LIST_OPERATIONS}
FILTERS: dict[str, Callable[..., Any]] = {"job_word": labels.job_word}

log = structlog.get_logger(__name__)


class Again(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall be tried once more: one job, or all of a kind."""

    job: UUID | None = None
    kind: str = ""


@get("/city/jobs", opt={**OPT, "asks": ("after", "again")})
async def given_up(request: AnyRequest) -> Response[Any]:
    """What was tried so often that nobody tries any more; `?after=` goes on, `?again=` says how many are tried once more."""
    _allowed(request)
    found = await standing.given_up(_id(request.query_params.get("after", "")))
    again = request.query_params.get("again", "")
    return web.page(
        request,
        "care/jobs.html",
        kinds=await standing.given_up_by_kind(),
        jobs=found,
        more=f"?after={found[-1].id}" if len(found) == standing.PAGE else "",
        again=int(again) if again.isdecimal() and again.isascii() and len(again) < 10 else None,  # noqa: PLR2004  (what a page can say)
    )


@post("/city/jobs/again", opt={**OPT, "form": Again}, status_code=303)
async def again(request: AnyRequest) -> Response[Any]:
    """Try them once more; those that run already, or are done, stay as they are."""
    _allowed(request)
    asked = forms.decode(forms.written(await web.form(request), Again.__struct_fields__), Again)
    if not (asked.job or asked.kind):
        raise InvalidInput({"job": N_("Pilih pekerjaan yang dicoba lagi.")})
    count = await (queue.again(asked.job) if asked.job else queue.again_all(asked.kind))
    log.info("jobs put back", count=count)
    return Redirect(f"/city/jobs?again={count}", status_code=303)


@get("/metrics", opt={"permission": None, "token": True}, media_type="text/plain")
async def scraped(request: AnyRequest) -> Response[bytes]:
    """Figures for Prometheus, for who brings the token of the settings; for everybody else there is no such page."""
    wanted, given = settings().metrics_token, request.headers.get("authorization", "")
    if not wanted or not hmac.compare_digest(given.encode(), f"Bearer {wanted}".encode()):
        raise NotFound
    content, media = metrics.told(await figures())
    return Response(content, headers={"Content-Type": media, "Cache-Control": "no-store"})


def _allowed(request: AnyRequest) -> None:
    """For whoever does not look after the whole city there is no such page."""
    if web.require_account(request).reach(Permission.LIST_OPERATIONS) != Reach.CITY:
        raise NotFound


def _id(text: str) -> UUID | None:
    """Anything that is no id begins at the beginning."""
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router("/", route_handlers=[given_up, again, scraped])
