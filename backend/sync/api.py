"""`POST /api/sync`: the one door of every phone's queue. It translates; the actions decide."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, post

from backend.errors import DomainError
from backend.sync.batch import PROTOCOL, Answer, Batch, Unread, carry_out
from backend.sync.registry import Queueable
from backend.web import actor
from backend.words import N_

OPT = {"permission": None, "body": Batch, "items": {"operations": (Queueable, Unread)}, "refuses": (401, 415, 426)}


class Malformed(DomainError):
    """The request as a whole cannot be read."""

    code = "malformed"
    http_status = 400
    sentence = N_("Kiriman tidak dapat dibaca.")


class WrongMedia(DomainError):
    """Only JSON is read here."""

    code = "wrong_media"
    http_status = 415
    sentence = N_("Kiriman harus berupa JSON.")


class OldProtocol(DomainError):
    """The app on the phone speaks a protocol this server does not."""

    code = "old_protocol"
    http_status = 426
    sentence = N_("Versi aplikasi terlalu lama. Muat ulang aplikasi; kiriman Anda tetap aman di ponsel.")


@post("/api/sync", status_code=200, opt=OPT)
async def sync(request: Request[Any, Any, Any]) -> Response[Answer]:
    """A batch of operations → one outcome each, after COMMIT. Errors of HTTP speak of the whole request only."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise WrongMedia
    batch = read(await request.body())
    try:
        answer = await carry_out(actor(request), batch)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"{Malformed.sentence} ({error})") from error
    return Response(answer, headers={"Cache-Control": "no-store"})


def read(body: bytes) -> Batch:
    """The batch in a body. Raises `Malformed`, or `OldProtocol` before anything else of an unknown protocol is read."""
    try:
        version = msgspec.json.decode(body, type=_Version)
        if version.protocol != PROTOCOL:
            raise OldProtocol
        return msgspec.json.decode(body, type=Batch)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"{Malformed.sentence} ({error})") from error


class _Version(msgspec.Struct, frozen=True):
    protocol: int


router = Router(path="/", route_handlers=[sync])
