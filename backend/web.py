"""What every page needs: who is asking, a page or its part, a refusal in the form the asker reads."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader
from jinja2_fragments import render_block
from litestar import Request, Response
from litestar.datastructures import Cookie, FormMultiDict
from litestar.enums import MediaType

from backend import menu, words
from backend.actors.actor import NOBODY, Actor
from backend.errors import Away, DomainError, InvalidInput, NotSignedIn, TooMany, Unreadable
from backend.security import source_of, wants_json
from backend.settings import settings

FRONTEND = Path(__file__).parents[1] / "frontend"
LONGEST_COOKIE = 400 * 24 * 60 * 60
"""Seconds; browsers cap here. A session's end is its row's: the cookie has only to outlive it."""

AnyRequest = Request[Any, Any, Any]


def actor(request: AnyRequest) -> Actor:
    """Who is asking: an account, a guest, both or nobody."""
    found = request.scope.get("state", {}).get("actor", NOBODY)
    return found if isinstance(found, Actor) else NOBODY


def require_account(request: AnyRequest) -> Actor:
    """Who is asking, signed in; else `NotSignedIn`."""
    found = actor(request)
    if found.account is None:
        raise NotSignedIn
    return found


def source(request: AnyRequest) -> str:
    """The address limits are counted by. Never to be stored beside a complaint."""
    return source_of(request.scope, settings().trusted_proxy)  # type: ignore[arg-type]  # Litestar's typed dict of the same scope


def page(
    request: AnyRequest,
    template: str,
    /,
    block: str | None = None,
    *,
    status: int = 200,
    shell: bool = False,
    keep: bool = True,
    **context: object,
) -> Response[str]:
    """A page; for htmx only its `block`. A `shell` is the same for everybody, so it knows nobody; not to `keep` is for no phone's disk.

    Where nobody has looked who is asking (an address that does not exist), the page is a shell too: it must not tell a phone
    that its owner has signed out.
    """
    shell = shell or "actor" not in request.scope.get("state", {})
    person = NOBODY if shell else actor(request)
    scope = person.scope or "public"
    known = {
        "actor": person,
        "scope": scope,
        "shell": shell,
        "path": request.url.path,
        "menu": menu.offered(person),
        "unread": 0 if shell else request.scope.get("state", {}).get("unread", 0),
        **context,
    }
    if block is not None and "HX-Request" in request.headers:
        html = render_block(environment(), template, block, known)
    else:
        html = environment().get_template(template).render(known)
    headers = {
        "Cache-Control": "no-cache" if person == NOBODY and keep else "private, no-store",
        "Vary": "Cookie, HX-Request",
        "X-Sambat-Scope": scope if keep else "none",
        **({} if shell else {"X-Sambat-Owner": str(person.account or "")}),
    }
    return Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)


def refusal(request: AnyRequest, error: DomainError) -> Response[Any]:
    """A refusal as a page or as JSON. Who must sign in finds the form at once; a list that asks by itself stays as it is."""
    if wants_json(request.scope):  # type: ignore[arg-type]  # as above
        fields = {"fields": error.fields} if isinstance(error, InvalidInput) else {}
        content = {"code": error.code, "message": str(error), **fields}
        response: Response[Any] = Response(content, status_code=error.http_status, headers={"Cache-Control": "no-store"})
    elif isinstance(error, NotSignedIn):
        then = local_path(_address(request)) if request.method == "GET" else "/"
        errors = {"email": str(error)}
        response = page(request, "accounts/sign_in.html", status=error.http_status, next=then, values={}, errors=errors, demo=False)
    else:
        response = page(request, "error.html", status=error.http_status, code=error.code, sentence=str(error))
    if isinstance(error, Away | TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    if "HX-Request" in request.headers:
        response.headers.update({"HX-Reswap": "none"} if request.method == "GET" else {"HX-Retarget": "body"})
    return response


async def form(request: AnyRequest) -> FormMultiDict:
    """What a form sent. Raises `Unreadable` where its bytes are no text."""
    try:
        return await request.form()
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable from error


def local_path(address: str) -> str:
    """A path on this site to go on to; the front page instead of anything that could lead elsewhere."""
    inside = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if inside else "/"


def cookie(name: str, token: str) -> Cookie:
    """A cookie only this host and no script reads."""
    return Cookie(key=name, value=token, path="/", secure=True, httponly=True, samesite="lax", max_age=LONGEST_COOKIE)


def without(name: str) -> Cookie:
    """The end of such a cookie."""
    return Cookie(key=name, value="", path="/", secure=True, httponly=True, samesite="lax", max_age=0)


def add_filters(filters: Mapping[str, Callable[..., Any]]) -> None:
    """Let templates say `value | name`."""
    environment().filters.update(filters)


@cache
def environment() -> Environment:
    """Templates: every value escaped, every sentence through the catalogue."""
    made = Environment(
        loader=FileSystemLoader(FRONTEND / "pages"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(words.tr, words.tr_many, newstyle=True)  # type: ignore[attr-defined]  # given by the extension
    made.globals.update(assets=Assets(), settings_poll=settings().poll_seconds, photo_limit_mb=settings().photo_limit_mb)
    made.globals.update(tile_url=settings().tile_url, tile_terms=(settings().tile_attribution, settings().tile_attribution_url))
    return made


class Assets(dict[str, str]):
    """Logical name -> address, by what the build wrote down; as it stands where nothing is built."""

    def __init__(self) -> None:
        manifest = FRONTEND / "dist" / "manifest.json"
        files = msgspec.json.decode(manifest.read_bytes())["files"] if manifest.exists() else {}
        super().__init__({name: f"/assets/{file}" for name, file in files.items()})

    def __missing__(self, name: str) -> str:
        return f"/assets/{name}"


def _address(request: AnyRequest) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
