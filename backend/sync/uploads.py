"""Photos from phones, resumable: tus 1.0.0, core and creation. The server's offset is the truth; only named photos are taken."""

import base64
import binascii
from contextlib import suppress
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, head, patch, post, route
from litestar.enums import HttpMethod, MediaType
from litestar.exceptions import HTTPException, InternalServerException
from litestar.params import FromPath
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from backend import web
from backend.actors.permissions import Permission
from backend.complaints import chunks, claims
from backend.complaints.operations import LARGEST_PHOTO
from backend.errors import DomainError, NotFound
from backend.words import N_, tr

PATH = "/api/photos"
TUS = "1.0.0"
SPOKEN: dict[str, Any] = {"Tus-Resumable": {"const": TUS}}
REFUSED = (400, 409, 410, 412)
OPT = {"permission": Permission.SUBMIT, "claim": True, "headers": SPOKEN, "refuses": REFUSED}
"""A photo is the rest of what somebody has told: it is sent by whoever named it, and by nobody else."""
LARGEST_PIECE = 320 * 1024
"""Bytes of one PATCH: phones send 64 to 256 KiB, the rest is margin."""
PIECE_TYPE = "application/offset+octet-stream"
LONGEST_HEADER = 1000
LONGEST_NUMBER = 18
LARGEST_NUMBER = 2**30
"""Far beyond any photo, and still within a column: whatever is larger is this."""

NUMBER = {"type": "string", "pattern": f"^[0-9]{{1,{LONGEST_NUMBER}}}$"}
NAMED = {"type": "string", "pattern": "^id [A-Za-z0-9+/]{48}$", "description": "`id`, and the photo's id (36 signs) in base64."}
OF_A_PIECE = {
    **OPT,
    "headers": {**SPOKEN, "Upload-Offset": NUMBER},
    "content": PIECE_TYPE,
    "refuses": (*REFUSED, 415, chunks.ChecksumMismatch.http_status),
}

AnyRequest = Request[Any, Any, Any]


class OtherTusVersion(DomainError):
    """The sender speaks another tus, or none."""

    code = "tus_version"
    http_status = 412
    sentence = N_("Unggahan foto memakai tus 1.0.0.")


class NotAPiece(DomainError):
    """A PATCH whose body is announced as something else."""

    code = "content_type"
    http_status = 415
    sentence = N_("Potongan foto dikirim sebagai application/offset+octet-stream.")


class PieceTooLarge(DomainError):
    """One PATCH with more than we take at once."""

    code = "piece_too_large"
    http_status = 413
    sentence = N_("Potongan foto ini terlalu besar. Kirim dalam potongan paling besar 256 KiB.")


class UnreadableHeader(DomainError):
    """A header that is missing, or not what the protocol asks for."""

    code = "bad_header"
    http_status = 400

    def __init__(self, name: str) -> None:
        super().__init__(tr(N_("Kepala {name} tidak ada atau tidak dapat dibaca.")).format(name=name))


class OtherLength(DomainError):
    """Fewer bytes than the text that named the photo said."""

    code = "length_differs"
    http_status = 400
    sentence = N_("Ukuran foto ini bukan yang diumumkan bersama aduannya.")


@route([PATH, f"{PATH}/{{photo_id:str}}"], http_method=[HttpMethod.OPTIONS], status_code=204, opt={"permission": None})
async def describe() -> Response[None]:
    """What of tus is spoken here."""
    spoken = {"Tus-Version": TUS, "Tus-Extension": "creation", "Tus-Max-Size": str(LARGEST_PHOTO)}
    return Response(None, status_code=204, headers=_headers(spoken))


@post(PATH, status_code=201, opt={**OPT, "headers": {**SPOKEN, "Upload-Length": NUMBER, "Upload-Metadata": NAMED}})
async def create(request: AnyRequest) -> Response[None]:
    """Where to send a photo that an accepted operation named; the same answer when it is partly here, or whole."""
    _speaks_tus(request)
    length = _number(request, "Upload-Length")
    photo = await chunks.sendable(_named(request), *_sender(request))
    if length > photo.size:
        raise chunks.LargerThanAnnounced
    if length < photo.size:
        raise OtherLength
    return Response(None, headers=_headers({"Location": f"{PATH}/{photo.id}", "Upload-Offset": str(photo.received)}))


@head(f"{PATH}/{{photo_id:str}}", opt=OPT)
async def tell(request: AnyRequest, photo_id: FromPath[str]) -> Response[None]:
    """How much of it is here."""
    _speaks_tus(request)
    photo = await chunks.sendable(_id(photo_id), *_sender(request))
    name = base64.b64encode(str(photo.id).encode()).decode()
    told = {"Upload-Offset": str(photo.received), "Upload-Length": str(photo.size), "Upload-Metadata": f"id {name}"}
    return Response(None, headers=_headers(told))


@patch(f"{PATH}/{{photo_id:str}}", status_code=204, opt=OF_A_PIECE, request_max_body_size=LARGEST_PIECE)
async def take(request: AnyRequest, photo_id: FromPath[str]) -> Response[None]:
    """The next piece."""
    _speaks_tus(request)
    if request.headers.get("Content-Type", "").lower() != PIECE_TYPE:
        raise NotAPiece
    offset = _number(request, "Upload-Offset")
    photo = await chunks.sendable(_id(photo_id), *_sender(request))
    received = await chunks.append(photo.id, offset, await _piece(request))
    return Response(None, status_code=204, headers=_headers({"Upload-Offset": str(received)}))


async def _piece(request: AnyRequest) -> bytes:
    """The body; what came of it where the line broke, so that a slow line gets ahead too."""
    piece = bytearray()
    with suppress(InternalServerException):  # Litestar's word for a sender who has gone
        async for part in request.stream():
            piece += part
    return bytes(piece)


def _headers(more: dict[str, str]) -> dict[str, str]:
    return {"Tus-Resumable": TUS, "Cache-Control": "no-store", **more}


def _speaks_tus(request: AnyRequest) -> None:
    if request.headers.get("Tus-Resumable") != TUS:
        raise OtherTusVersion


def _sender(request: AnyRequest) -> tuple[UUID | None, str | None]:
    """On whose behalf: the account signed in, and the hash of the claim key sent along."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    proved = scheme.lower() == "claim" and len(key) <= LONGEST_HEADER
    return web.actor(request).account, claims.hash_of(key) if proved else None


def _number(request: AnyRequest, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise UnreadableHeader(name)
    return min(int(text), LARGEST_NUMBER)


def _named(request: AnyRequest) -> UUID:
    """The id in `Upload-Metadata`: pairs of key and base64 value; what else a sender tells of its file is not read."""
    header = request.headers.get("Upload-Metadata", "")
    pairs = [pair.strip().split(" ") for pair in header.split(",")]
    values = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}  # noqa: PLR2004  (a key and its value)
    if len(header) > LONGEST_HEADER or len({pair[0] for pair in pairs}) != len(pairs) or "id" not in values:
        raise UnreadableHeader("Upload-Metadata")
    try:
        text = base64.b64decode(values["id"], validate=True)
    except binascii.Error as fault:
        raise UnreadableHeader("Upload-Metadata") from fault
    return _id(text.decode(errors="replace"))


def _id(text: str) -> UUID:
    """No id is no photo: the same answer as for one that is not there."""
    try:
        return UUID(text)
    except ValueError as fault:
        raise NotFound from fault


def _refused(_: AnyRequest, error: DomainError) -> Response[dict[str, str]]:
    headers = _headers({"Tus-Version": TUS} if isinstance(error, OtherTusVersion) else {})
    content = {"code": error.code, "message": str(error)}
    return Response(content, status_code=error.http_status, media_type=MediaType.JSON, headers=headers)


def _too_large(request: AnyRequest, _: HTTPException) -> Response[dict[str, str]]:
    return _refused(request, PieceTooLarge())


router = Router(
    path="/",
    route_handlers=[describe, create, tell, take],
    exception_handlers={DomainError: _refused, HTTP_413_REQUEST_ENTITY_TOO_LARGE: _too_large},
)
