"""THE CONTRACT, as strangers' machines read it: OpenAPI 3.1 of every door, made of the doors themselves.

Litestar knows addresses, names and words. The rest a door says in its `opt`, by these names and no others:

Whom it is for: `permission`, one or several of which one opens it (none: everybody); `account`, whoever is signed in; `staff`,
whoever works for the city; `token`, a machine; `claim`, a guest who sends the key along. `steps`: it is as many doors as it has steps.

What it takes: `form`, the struct a form fills in, where the handler decodes it by itself; `fields`, schemas in place of the struct's
(none: not asked there); `needs`, fields nobody may leave empty; `shape`, of the form as a whole; `without_photos`, fields that are
told otherwise where no photos come along; `example`, a form filled in. `body`, the struct of a JSON body, and `items`, what lies in
those of its lists that are read one by one; `content`, the media type of a body of neither kind. `asks`, names of the query;
`headers`, of the request, as schemas.

What it answers, beside the usual: `answers` and `refuses`, statuses; `json`, the struct whoever asks for JSON gets in place of a page.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from litestar import Litestar, Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig

from backend.contract import answers, bodies, doors
from backend.contract.schemas import Schemas
from backend.settings import settings

ADDRESS = "/schema/openapi.json"
TITLE = "Sambat Rene Ker"


def door(routers: Sequence[Router]) -> Router:
    """Where the contract can be read. It is there under a flag only (`SAMBAT_OPENAPI`), and in no city's real installation."""

    @get(ADDRESS, opt={"permission": None}, media_type="application/json")
    async def contract() -> Response[bytes]:
        """This document."""
        return Response(printed(tuple(routers)), headers={"Cache-Control": "no-cache"})

    return Router("/", route_handlers=[contract])


@cache
def printed(routers: tuple[Router, ...]) -> bytes:
    """The document as it is printed. Needs no database."""
    return msgspec.json.format(msgspec.json.encode(document(routers)), indent=2) + b"\n"


def document(routers: Sequence[Router]) -> dict[str, Any]:
    """OpenAPI 3.1 of these doors."""
    config = OpenAPIConfig(title=TITLE, version=settings().release, use_handler_docstrings=True)
    app = Litestar(route_handlers=routers, openapi_config=config, logging_config=None)
    written = app.openapi_schema.to_schema()
    schemas = Schemas()
    paths: dict[str, Any] = {}
    for path, method, handler in handlers(app):
        known = written["paths"][path][method]
        for address, operation in _operations(path, known, handler, schemas):
            paths.setdefault(address, {})[method] = operation
    answers.lead_on(paths)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": settings().release, "description": doors.PREFACE},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas.components(), "securitySchemes": doors.SCHEMES},
    }


def handlers(app: Litestar) -> list[tuple[str, str, HTTPRouteHandler]]:
    """Each door of ours by address and method, those of the framework left out."""
    routes: list[Any] = app.routes
    return [
        (route.path_format, method.lower(), handler)
        for route in routes
        for handler in getattr(route, "route_handlers", ())
        for method in sorted(handler.http_methods)
        if {"permission", "steps"} & set(handler.opt)
    ]


def _operations(path: str, known: dict[str, Any], handler: HTTPRouteHandler, schemas: Schemas) -> list[tuple[str, dict[str, Any]]]:
    """What stands behind an address; a door of many steps is as many doors."""
    steps = handler.opt.get("steps")
    if steps is None:
        return [(path, _operation(path, known, doors.Door.of(handler), schemas))]
    found = []
    for name, (struct, _) in steps.items():
        address = path.replace("{step}", name)
        of_step = {**known, "operationId": f"{known['operationId']}-{name}", "summary": name, "description": bodies.words_of(struct)}
        found.append((address, _operation(address, of_step, doors.Door.of_step(handler, struct), schemas)))
    return found


def _operation(path: str, known: dict[str, Any], door: "doors.Door", schemas: Schemas) -> dict[str, Any]:
    body = bodies.of(door, path, schemas)
    parameters = [one for one in known.get("parameters", ()) if one["in"] != "path" or f"{{{one['name']}}}" in path]
    return {
        "operationId": known["operationId"],
        "summary": known["summary"],
        "description": known.get("description", ""),
        "tags": [path.split("/")[1] or "home"],
        "parameters": [_plain(one) for one in parameters] + door.asked(),
        "security": door.security(),
        **({"requestBody": body} if body else {}),
        "responses": answers.of(door, path, schemas, takes_body=bool(body) or door.is_unsafe),
    }


def _plain(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    kinds = [kind for kind in schema.get("oneOf", [schema]) if kind.get("type") != "null"]  # what is left out is not sent
    return {**{name: parameter[name] for name in ("name", "in", "required")}, "schema": kinds[0]}
