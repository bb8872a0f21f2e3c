"""`GET /api/admin/operations`: what was stored, so that a stranger can count it; never whose it was or what it said."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromQuery, QueryParameter

from backend import operations
from backend.actors.permissions import Permission, Reach
from backend.errors import NotFound
from backend.operations import Stored
from backend.web import require_account

MOST = 1000


class StoredOperations(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of what is stored, by id. `next`: what to ask `after` for the next one; none: this was the last."""

    operations: tuple[Stored, ...]
    next: UUID | None


@get("/api/admin/operations", opt={"permission": Permission.LIST_OPERATIONS})
async def listed(
    request: Request[Any, Any, Any],
    after: FromQuery[UUID | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 200,
) -> Response[StoredOperations]:
    """For the manager. One that is stored meanwhile may stand before `after`: who counts begins anew."""
    if require_account(request).reach(Permission.LIST_OPERATIONS) != Reach.CITY:
        raise NotFound
    found = await operations.stored(after, limit)
    more = found[-1].id if len(found) == limit else None
    return Response(StoredOperations(operations=tuple(found), next=more), headers={"Cache-Control": "no-store"})


router = Router(path="/", route_handlers=[listed])
