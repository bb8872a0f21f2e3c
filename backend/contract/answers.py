"""What a door may answer: the usual by whom it is for and what it takes, the rest by its `opt`."""

from http import HTTPStatus
from typing import Any

from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler

from backend.contract.doors import ACCOUNT, Door
from backend.contract.schemas import Refusal, Schemas

JSON, PAGE = "application/json", "text/html"
WITHOUT_CONTENT = frozenset({204, 303, 304})
OF_A_BODY = (400, 403, 413)
OF_A_FORM = (422,)
OF_A_STEP = (409, 503)
FIRST_REFUSAL = 400
SUBJECT = "complaint_id"


def of(door: Door, path: str, schemas: Schemas, *, takes_body: bool) -> dict[str, Any]:
    """By status, each with what it holds."""
    usual = {door.handler.status_code, *door.handler.opt.get("answers", ())}
    refused = set(door.handler.opt.get("refuses", ()))
    refused |= {401} if any(ACCOUNT in needed for needed in door.security()) else set()
    refused |= {404} if "{" in path or door.security() else set()
    refused |= set(OF_A_BODY) if takes_body else set()
    refused |= set(OF_A_FORM) if door.form or _data(door.handler) else set()
    refused |= set(OF_A_STEP) if door.struct else set()
    refused |= {400} if any(one.kwarg_definition and one.name not in path for one in _asked(door.handler)) else set()
    found = {status: _answer(door, status, schemas) for status in usual} | {
        status: _refusal(door, path, status, schemas) for status in refused
    }
    return {str(status): found[status] for status in sorted(found)}


def lead_on(paths: dict[str, Any]) -> None:
    """Who has told something can open it, and who has opened a complaint finds the doors that are about it."""
    about = {path: methods for path, methods in paths.items() if f"{{{SUBJECT}}}" in path}
    opening = _links([methods["get"] for methods in about.values() if "get" in methods])
    further = _links([methods["post"] for methods in about.values() if "post" in methods])
    for answer in (answer for methods in paths.values() for one in methods.values() for answer in one["responses"].values()):
        match answer.get("content", {}).get(JSON, {}).get("schema", {}).get("$ref", "").rpartition("/")[2]:
            case "Told":
                answer["links"] = opening
            case "ComplaintReceipt":
                answer["links"] = further


def _links(operations: list[dict[str, Any]]) -> dict[str, Any]:
    return {one["operationId"]: {"operationId": one["operationId"], "parameters": {SUBJECT: "$response.body#/id"}} for one in operations}


def _answer(door: Door, status: int, schemas: Schemas) -> dict[str, Any]:
    if status >= FIRST_REFUSAL:  # the same answer, with bad news
        return {"description": _words(status), "content": _content(door, schemas)}
    headers = {"Location": {"schema": {"type": "string"}}} if status == HTTPStatus.SEE_OTHER else {}
    content = {} if status in WITHOUT_CONTENT or "HEAD" in door.handler.http_methods else _content(door, schemas)
    return {"description": _words(status), **({"headers": headers} if headers else {}), **({"content": content} if content else {})}


def _content(door: Door, schemas: Schemas) -> dict[str, Any]:
    """A page, a picture, a file, or a struct as JSON; of a page perhaps both."""
    told, media = _returned(door.handler), door.handler.media_type
    if told in {None, type(None)}:
        return {}
    if told is bytes or media:
        kind = str(media.value if isinstance(media, MediaType) else media)
        words = {"type": "object" if kind.endswith("+json") else "string"}
        return {kind or "application/octet-stream": {"schema": schemas.of(told) if kind == JSON and told is not bytes else words}}
    if told not in {str, Any}:
        return {JSON: {"schema": schemas.of(told)}}
    instead = {JSON: {"schema": schemas.of(door.handler.opt["json"])}} if "json" in door.handler.opt else {}
    return {**instead, PAGE: {"schema": {"type": "string"}}}


def _refusal(door: Door, path: str, status: int, schemas: Schemas) -> dict[str, Any]:
    if "HEAD" in door.handler.http_methods:
        return {"description": _words(status)}
    refusal = {JSON: {"schema": schemas.of(Refusal)}}
    return {
        "description": _words(status),
        "content": refusal if path.startswith("/api/") else {PAGE: {"schema": {"type": "string"}}, **refusal},
    }


def _returned(handler: HTTPRouteHandler) -> Any:  # noqa: ANN401  (a type)
    """What the handler's words say it returns: the content of a `Response`."""
    told = handler.parsed_fn_signature.return_type
    return told.inner_types[0].annotation if told.inner_types and told.origin is not dict else told.annotation


def _data(handler: HTTPRouteHandler) -> Any:  # noqa: ANN401  (a field of Litestar's)
    return handler.parsed_fn_signature.parameters.get("data")


def _asked(handler: HTTPRouteHandler) -> list[Any]:
    return [field for name, field in handler.parsed_fn_signature.parameters.items() if name not in {"request", "data"}]


def _words(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Checksum mismatch"
