"""What everybody may read: published complaints by place, kind, state and number. Only columns that may be shown are ever asked for."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from piccolo.columns.combination import And, Or, WhereRaw
from piccolo.custom_types import Combinable
from piccolo.query.functions import Count
from piccolo.querystring import QueryString

from backend.actors.actor import Actor
from backend.actors.permissions import Permission
from backend.complaints import claims, photos
from backend.complaints.access import EVERYTHING, within
from backend.complaints.chunks import PhotoState
from backend.complaints.lifecycle import ENDED_PARTS, OPEN
from backend.complaints.states import Status
from backend.complaints.tables import Assignment, Complaint, Follower, Photo
from backend.errors import NotFound
from backend.words import N_

PAGE = 30
PREFIX = "SRK"

Row = dict[str, Any]

COLUMNS = (
    Complaint.id,
    Complaint.number,
    Complaint.status,
    Complaint.ending,
    Complaint.public_text,
    Complaint.category,
    Complaint.area,
    Complaint.latitude,
    Complaint.longitude,
    Complaint.received_at,
)
"""Of a complaint. `text`, `address`, `private`, the reporter and the exact moments are not among them."""

DECIMALS = 3
"""A place is shown to a thousandth of a degree, about 100 m; what is looked for by place is compared as coarsely, or asking would tell more."""
AROUND = 20
"""In the same thousandths: some 2 km."""


class State(NamedTuple):
    """A state as everybody filters by it, and the shape it has on a map: state is never told by colour alone."""

    word: str
    icon: str
    statuses: frozenset[Status]


STATES: dict[str, State] = {
    "open": State(N_("Masih berjalan"), "hammer", OPEN - {Status.RESOLVED}),
    "resolved": State(N_("Selesai menurut dinas"), "circle-check", frozenset({Status.RESOLVED})),
    "closed": State(N_("Ditutup"), "check-check", frozenset({Status.CLOSED})),
    "elsewhere": State(N_("Bukan wewenang Pemkot"), "signpost", frozenset({Status.REJECTED})),
}
STATE_OF: dict[str, str] = {status: name for name, state in STATES.items() for status in state.statuses}


class Near(NamedTuple):
    """A point, as coarse as what is shown."""

    latitude: float
    longitude: float


class Sieve(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for; empty: everything. `categories` are codes, of one kind or of a whole group."""

    area: str = ""
    categories: tuple[str, ...] = ()
    state: str = ""
    near: Near | None = None


async def listed(actor: Actor, sieve: Sieve, after: str = "") -> list[Row]:
    """Published complaints, the latest published first, from behind the one with the number `after`; near a point, the nearest."""
    query = Complaint.select(*COLUMNS).where(_through(actor, sieve)).limit(PAGE)
    if sieve.near:
        return await query.order_by(_distance(sieve.near)).order_by(Complaint.published_at, Complaint.id, ascending=False)
    if after and (last := await Complaint.select(Complaint.published_at, Complaint.id).where(Complaint.number == after).first()):
        query = query.where(_behind(last))
    return await query.order_by(Complaint.published_at, Complaint.id, ascending=False)


async def count(actor: Actor, sieve: Sieve) -> int:
    """How many there are."""
    return int(await Complaint.count().where(_through(actor, sieve)))


async def of_areas(actor: Actor, sieve: Sieve) -> dict[str, int]:
    """How many there are in each kelurahan that has any: code -> number."""
    rows = (
        await Complaint.select(Complaint.area, Count()).where(_through(actor, sieve), Complaint.area.is_not_null()).group_by(Complaint.area)
    )
    return {row["area"]: row["count"] for row in rows}


async def one(actor: Actor, number: str, permission: Permission = Permission.READ_PUBLIC) -> Complaint:
    """A published complaint by its number, however it was typed. Raises `NotFound`, as for one that does not exist."""
    found = await Complaint.objects().where(within(actor, permission), Complaint.number == plain(number)).first()
    if found is None:
        raise NotFound
    return found


async def known(actor: Actor, number: str) -> str:
    """The number as it is kept, where there is a published complaint of this number; else nothing."""
    is_there = await Complaint.exists().where(within(actor, Permission.READ_PUBLIC), Complaint.number == plain(number))
    return plain(number) if is_there else ""


async def parts_of(complaints: Collection[UUID]) -> dict[UUID, list[str]]:
    """Which OPDs work on these: codes, the leading one first."""
    found: dict[UUID, list[str]] = {}
    if complaints:
        query = Assignment.select(Assignment.complaint, Assignment.agency).where(
            Assignment.complaint.is_in(list(complaints)), Assignment.status.not_in([str(status) for status in ENDED_PARTS])
        )
        for row in await query.order_by(Assignment.lead, ascending=False).order_by(Assignment.received_at):
            found.setdefault(row["complaint"], []).append(row["agency"])
    return found


async def pictures_of(complaints: Sequence[UUID]) -> dict[UUID, list[Row]]:
    """The reporters' photos that a moderator has released, by complaint."""
    found: dict[UUID, list[Row]] = {}
    if complaints:
        query = Photo.select(Photo.id, Photo.complaint).where(Photo.complaint.is_in(list(complaints)), _released(), Photo.stage == "report")
        for row in await query.order_by(Photo.place, Photo.id):
            found.setdefault(row["complaint"], []).append(row)
    return found


async def picture(actor: Actor, photo_id: UUID, *, small: bool) -> bytes:
    """A released photo of a published complaint, looked up anew each time. Raises `NotFound`."""
    public = Complaint.select(Complaint.id).where(within(actor, Permission.READ_PUBLIC))
    if not await Photo.exists().where(Photo.id == photo_id, _released(), Photo.complaint.is_in(public)):
        raise NotFound
    return await photos.readable(photo_id, small=small)


async def followers(complaint: UUID) -> int:
    """How many have said "Ini juga keluhan saya"."""
    return int(await Follower.count().where(Follower.complaint == complaint))


async def follows(actor: Actor, complaint: UUID) -> bool:
    """Is this person one of them?"""
    if actor.account is None:
        return False
    return await Follower.exists().where(Follower.complaint == complaint, Follower.account == actor.account)


async def numbers(actor: Actor, most: int) -> list[Row]:
    """Numbers and the day of publication, the latest first: for whoever lists our pages."""
    query = Complaint.select(Complaint.number, Complaint.published_at).where(within(actor, Permission.READ_PUBLIC))
    return await query.order_by(Complaint.published_at, Complaint.id, ascending=False).limit(most)


def plain(number: str) -> str:
    """A number as it is kept: "srk 7f3k-9q" is 7F3K9Q."""
    typed = "".join(character for character in number.upper() if character.isalnum())
    return typed.removeprefix(PREFIX) if len(typed) > claims.NUMBER_LENGTH else typed


def coarse(degrees: float | None) -> float | None:
    """A coordinate as everybody may know it."""
    return None if degrees is None else round(degrees, DECIMALS)


def _through(actor: Actor, sieve: Sieve) -> Combinable:
    found = within(actor, Permission.READ_PUBLIC)
    if sieve.area:
        found = And(found, Complaint.area == sieve.area)
    if sieve.categories:
        found = And(found, Complaint.category.is_in(list(sieve.categories)))
    if sieve.state:
        found = And(found, Complaint.status.is_in(sorted(STATES[sieve.state].statuses)))
    return And(found, _around(sieve.near)) if sieve.near else found


def _around(near: Near) -> Combinable:
    south, west = (round(degrees * 10**DECIMALS) - AROUND for degrees in near)  # whole numbers: nothing a stranger typed reaches the SQL
    latitude = WhereRaw(f"ROUND(latitude * 1000) BETWEEN {south} AND {south + 2 * AROUND}")
    longitude = WhereRaw(f"ROUND(longitude * 1000) BETWEEN {west} AND {west + 2 * AROUND}")
    return And(latitude, longitude)


def _distance(near: Near) -> QueryString:
    """Squared, in the same thousandths: so near the equator a degree is as long eastwards as northwards."""
    north, east = (round(degrees * 10**DECIMALS) for degrees in near)
    return QueryString(
        f"(ROUND(latitude * 1000) - ({north})) * (ROUND(latitude * 1000) - ({north}))"
        f" + (ROUND(longitude * 1000) - ({east})) * (ROUND(longitude * 1000) - ({east}))"
    )


def _behind(last: Row) -> Combinable:
    if last["published_at"] is None:
        return EVERYTHING
    earlier = Complaint.published_at < last["published_at"]
    return Or(earlier, And(Complaint.published_at == last["published_at"], Complaint.id < last["id"]))


def _released() -> Combinable:
    return And(Photo.released.eq(True), Photo.state == PhotoState.READY)
