"""Whom a door is for, in the words of OpenAPI: by its `opt` and the permission table."""

from typing import Any, NamedTuple

import msgspec
from litestar.handlers import HTTPRouteHandler

from backend.accounts import sessions
from backend.actors.permissions import PERMISSIONS, Permission, Reach, Role
from backend.complaints.pages.steps import permission_of
from backend.operations import Operation

PREFACE = """Pages answer HTML, and whoever asks for JSON alone (`Accept: application/json`) gets refusals as JSON; everything below
`/api/` is JSON. What somebody may not see does not exist for them: 404. A request that changes something and carries a cookie
must say `Origin` (ours) or `Sec-Fetch-Site: same-origin`, else 403. Sign in by `POST /sign-in` and, for the city's people,
`POST /sign-in/second`; a guest proves keys by `POST /claim`."""

ACCOUNT, GUEST, CLAIM, MACHINE = "account", "guest", "claim", "machine"
SCHEMES = {
    ACCOUNT: {"type": "apiKey", "in": "cookie", "name": sessions.ACCOUNT_COOKIE, "description": "The session of who is signed in."},
    GUEST: {"type": "apiKey", "in": "cookie", "name": sessions.GUEST_COOKIE, "description": "The session of who has proved claim keys."},
    CLAIM: {"type": "apiKey", "in": "header", "name": "Authorization", "description": "`Claim KEY`: the claim key of the complaint."},
    MACHINE: {"type": "http", "scheme": "bearer", "description": "The token of the settings, for machines that watch over the house."},
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Door(NamedTuple):
    """A door: its handler, and of a door of many steps the one that is meant. `permissions`: one of them opens it."""

    handler: HTTPRouteHandler
    permissions: tuple[Permission, ...]
    struct: type[Operation] | None = None

    @classmethod
    def of(cls, handler: HTTPRouteHandler) -> "Door":
        """A door of one kind."""
        wanted = handler.opt["permission"]
        return cls(handler, wanted if isinstance(wanted, tuple) else (wanted,) if wanted else ())

    @classmethod
    def of_step(cls, handler: HTTPRouteHandler, struct: type[Operation]) -> "Door":
        """One step of a door of many."""
        return cls(handler, (permission_of(struct),), struct)

    @property
    def is_unsafe(self) -> bool:
        """Does it change something?"""
        return not set(self.handler.http_methods) <= SAFE

    @property
    def form(self) -> type[msgspec.Struct] | None:
        """The struct its form fills in."""
        found: type[msgspec.Struct] | None = self.struct or self.handler.opt.get("form")
        return found

    def security(self) -> list[dict[str, list[str]]]:
        """What must be shown. The empty one at the end: nothing need be, but what is hidden stays so (404)."""
        if self.handler.opt.get("token"):
            return [{MACHINE: []}, {}]
        if self.handler.opt.get("account") or self.handler.opt.get("staff"):
            return [{ACCOUNT: []}]
        match max((PERMISSIONS[permission][Role.CITIZEN] for permission in self.permissions), default=Reach.CITY):
            case Reach.CITY:
                return []
            case Reach.NONE:
                return [{ACCOUNT: []}]
            case _:
                return [{ACCOUNT: []}, {CLAIM if self.handler.opt.get("claim") else GUEST: []}, {}]

    def asked(self) -> list[dict[str, Any]]:
        """Parameters a handler reads by itself."""
        query = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in self.handler.opt.get("asks", ())]
        headers = self.handler.opt.get("headers", {})
        return query + [{"name": name, "in": "header", "required": True, "schema": schema} for name, schema in headers.items()]
