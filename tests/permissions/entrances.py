"""Every door of the house as the app itself has it: address, method, and whom its `opt` says it is for."""

import re
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from backend.actors.permissions import Permission
from backend.app import ROUTERS
from backend.complaints.pages.steps import permission_of

TUS = "/api/photos"
OF_A_COMPLAINT = ("{complaint_id}", "{part_id}", "{number}", "{photo_id}")


class About(StrEnum):
    """What a door leads to."""

    COMPLAINT = "complaint"
    PERSON = "person"
    HOUSE = "house"


class Door(NamedTuple):
    """One of `permissions` opens it, everybody where it names none; `account`: only who is signed in, `staff`: who works for the city.

    `step`: a step of a complaint or of a part is taken here. `token`: a machine with a token of the settings opens it, nobody else.
    """

    method: str
    path: str
    permissions: tuple[Permission, ...]
    account: bool
    staff: bool
    step: bool
    token: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def about(self) -> About:
        """Whose matter it is: of a photo that is to be sent, its complaint's, though its address does not name it."""
        if not self.permissions:
            return About.HOUSE
        if self.path.startswith(TUS) or any(name in self.path for name in OF_A_COMPLAINT):
            return About.COMPLAINT
        return About.PERSON if "{account}" in self.path else About.HOUSE


@cache
def handlers() -> list[tuple[str, HTTPRouteHandler]]:
    """Each address with its handlers, less those the framework makes."""
    routes: list[Any] = Litestar(route_handlers=ROUTERS, openapi_config=None, logging_config=None).routes
    found = [(re.sub(r":\w+}", "}", route.path), handler) for route in routes for handler in route.route_handlers]
    return [(path, handler) for path, handler in found if not handler.fn.__module__.startswith("litestar.routes")]


@cache
def doors() -> list[Door]:
    """All of them; a door of many steps is as many doors."""
    return [
        Door(
            method,
            path.replace("{step}", step),
            permissions,
            account=bool(handler.opt.get("account")),
            staff=bool(handler.opt.get("staff")),
            step=bool(step),
            token=bool(handler.opt.get("token")),
        )
        for path, handler in handlers()
        for method in sorted(handler.http_methods)
        for step, permissions in _lines(handler.opt)
    ]


def _lines(opt: dict[str, Any]) -> list[tuple[str, tuple[Permission, ...]]]:
    if "steps" in opt:
        return [(step, (permission_of(struct),)) for step, (struct, _) in opt["steps"].items()]
    wanted = opt["permission"]
    return [("", wanted if isinstance(wanted, tuple) else (wanted,) if wanted else ())]
