"""The outermost layer: what every answer carries, whatever it is, and what is turned away before anything is read."""

import structlog

from backend.errors import DomainError, NotFound
from backend.security import access, body, origin
from backend.security.answer import Answer, refuse
from backend.security.asgi import App, Receive, Scope, Send
from backend.security.headers import headers_for
from backend.security.source import source_of
from backend.security.wants import wants_json
from backend.settings import settings
from backend.words import N_

__all__ = ["Broken", "Security", "source_of", "wants_json"]

log = structlog.get_logger("access")


class Broken(DomainError):
    """Something of ours failed; nothing of it is told."""

    code = "broken"
    http_status = 500
    sentence = N_("Ada yang rusak di sisi kami. Kiriman Anda yang belum diterima tetap tersimpan di ponsel.")
    permanent = False


class Security:
    """Wraps the whole app: headers also on 401, 404, 413 and 500; foreign origins, floods of bytes and of brackets stay outside."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._own = settings().public_url.rstrip("/").lower()
        self._headers = headers_for(self._own, settings().tile_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = access.request_id(scope)
        answer = Answer(scope, send, (*self._headers, (b"x-request-id", number.encode())))
        with access.numbered(number), access.told(scope, answer):
            await self._answered(scope, receive, answer)

    async def _answered(self, scope: Scope, receive: Receive, answer: Answer) -> None:
        try:
            if "\0" in scope["path"]:  # no database keeps one: such a page cannot be there
                raise NotFound  # noqa: TRY301  (caught below, as every refusal is)
            origin.check(scope, self._own)
            await self._app(scope, await body.guarded(scope, receive, answer), answer.send)
        except DomainError as refusal:
            await _instead(refusal, scope, answer)
        except Exception:
            log.exception("request failed", route=access.route_of(scope))
            await _instead(Broken(), scope, answer)


async def _instead(refusal: DomainError, scope: Scope, answer: Answer) -> None:
    """Say it, unless another answer is on its way: that one is cut off, so that nobody takes it for whole."""
    if answer.status:
        raise refusal
    answer.instead = None
    await refuse(refusal, scope, answer.send)
