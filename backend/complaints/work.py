"""What waits for a person of the city: the moderation queue, an OPD's parts, an officer's parts."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec

from backend import clock
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Role
from backend.complaints import cards, queries
from backend.complaints.queries import Cursor
from backend.complaints.views import CardView
from backend.events import queries as events


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A list with its heading; `total` may be more than what is shown, `more` leads on."""

    title: str
    empty: str
    cards: Sequence[CardView]
    total: int
    more: str = ""


async def waiting_for(actor: Actor, after: Cursor | None = None) -> list[Section]:
    """Everything that waits for this person, by role, the most pressing first."""
    found = []
    if Role.MODERATOR in actor.roles:
        found.append(await _moderation(actor, after))
    if Role.AGENCY_ADMIN in actor.roles:
        found.append(
            await _parts(
                actor, Permission.ASSIGN, "Tugas dinas", "Belum ada tugas untuk dinas Anda. Aduan yang diteruskan moderator muncul di sini."
            )
        )
    if Role.OFFICER in actor.roles:
        found.append(await _assigned(actor))
    return found


async def stamp(actor: Actor) -> str:
    """Stays the same while nothing has happened in the city, the day is the same and so are this person's roles: then the list is too."""
    today = clock.day_of(clock.now())
    return _digest((await events.newest(), today, sorted(actor.agencies), sorted(map(sorted, actor.agencies.values()))))


def version(sections: Sequence[Section]) -> str:
    """Changes whenever something on the list does."""
    return _digest(sections)


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:16]


async def _moderation(actor: Actor, after: Cursor | None) -> Section:
    rows = await queries.awaiting_moderation(actor, after)
    more = f"?after={rows[-1].received_at.isoformat()}_{rows[-1].id}" if len(rows) == queries.PAGE else ""
    return Section(
        title="Menunggu diteruskan",
        empty="Tidak ada aduan yang menunggu. Aduan baru muncul di sini dengan sendirinya.",
        cards=await cards.of(rows),
        total=await queries.count_awaiting_moderation(actor),
        more=more.replace("+", "%2B"),
    )


async def _parts(actor: Actor, permission: Permission, title: str, empty: str) -> Section:
    parts = await queries.parts_to_do(actor, permission)
    ids = list(dict.fromkeys(UUID(str(part.complaint)) for part in parts))
    found = await queries.by_ids(ids)
    shown = await cards.of([found[one] for one in ids])
    return Section(title=title, empty=empty, cards=sorted(shown, key=_pressing), total=len(shown))


async def _assigned(actor: Actor) -> Section:
    return await _parts(
        actor, Permission.VISIT, "Tugas lapangan saya", "Belum ada tugas untuk Anda. Begitu dinas menugaskan, tugasnya muncul di sini."
    )


def _pressing(card: CardView) -> tuple[bool, int]:
    return (card.days_left is None, card.days_left or 0)
