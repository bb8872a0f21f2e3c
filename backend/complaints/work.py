"""What waits for a person of the city: the moderation queue, an OPD's parts, an officer's parts."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

import msgspec
from piccolo.columns.combination import And
from piccolo.custom_types import Combinable

from backend import clock
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Role
from backend.complaints import cards, queries
from backend.complaints.queries import Cursor
from backend.complaints.tables import Assignment, Complaint
from backend.complaints.views import CardView
from backend.events import queries as events
from backend.words import N_, tr

NO_TASKS = N_("Belum ada tugas untuk dinas Anda. Aduan yang diteruskan moderator muncul di sini.")
NO_FIELD_WORK = N_("Belum ada tugas untuk Anda. Begitu dinas menugaskan, tugasnya muncul di sini.")
NO_OBJECTIONS = N_("Tidak ada keberatan yang menunggu keputusan Anda.")


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A list with its heading; `total` may be more than what is shown and is not counted without end, `more` leads on."""

    title: str
    empty: str
    cards: Sequence[CardView]
    total: int
    more: str = ""

    @property
    def count(self) -> str:
        """`total` as it is told."""
        return str(self.total) if self.total <= queries.MOST_COUNTED else f"{queries.MOST_COUNTED}+"


async def waiting_for(actor: Actor, after: Cursor | None = None) -> list[Section]:
    """Everything that waits for this person, by role, the most pressing first."""
    found = []
    if Role.MODERATOR in actor.roles:
        found += await _decisions(actor) if after is None else []  # a later page goes on with what is long, and says nothing again
        found.append(await _moderation(actor, after))
    elif Role.MANAGER in actor.roles:
        found.append(await _objections(actor))
    if Role.AGENCY_ADMIN in actor.roles:
        found.append(await _parts(actor, Permission.ASSIGN, tr(N_("Tugas dinas")), tr(NO_TASKS)))
    if Role.OFFICER in actor.roles:
        found.append(await _parts(actor, Permission.VISIT, tr(N_("Tugas lapangan saya")), tr(NO_FIELD_WORK)))
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
        title=tr(N_("Menunggu diteruskan")),
        empty=tr(N_("Tidak ada aduan yang menunggu. Aduan baru muncul di sini dengan sendirinya.")),
        cards=await cards.of(rows, desk=True),
        total=await queries.count_waiting(actor, Permission.FORWARD, queries.fresh()),
        more=more.replace("+", "%2B"),
    )


async def _decisions(actor: Actor) -> list[Section]:
    """What only a moderator decides, as far as there is any: an empty list would only be in the way."""
    sections = [
        await _objections(actor),
        await _section(actor, Permission.DECIDE_DISPUTE, queries.TWICE_DISPUTED, tr(N_("Belum beres kedua kali"))),
        await _section(actor, Permission.REVIEW_SILENCE, queries.TO_REVIEW, tr(N_("Perlu dilihat sebelum ditutup"))),
        await _section(actor, Permission.FORWARD, queries.replied(), tr(N_("Dijawab pelapor"))),
    ]
    return [section for section in sections if section.cards]


async def _objections(actor: Actor) -> Section:
    """Objections to what somebody else has rejected (Gp)."""
    others = Complaint.decided_by.is_null() | (Complaint.decided_by != actor.account)
    return await _section(actor, Permission.DECIDE_OBJECTION, And(queries.OBJECTED, others), tr(N_("Keberatan")), tr(NO_OBJECTIONS))


async def _section(actor: Actor, permission: Permission, condition: Combinable, title: str, empty: str = "") -> Section:
    rows = await queries.waiting(actor, permission, condition)
    total = len(rows) if len(rows) < queries.PAGE else await queries.count_waiting(actor, permission, condition)
    return Section(title=title, empty=empty, cards=await cards.of(rows, desk=True) if rows else [], total=total)


async def _parts(actor: Actor, permission: Permission, title: str, empty: str) -> Section:
    parts = await queries.parts_to_do(actor, permission)
    ids = list(dict.fromkeys(UUID(str(part.complaint)) for part in parts))
    found = await queries.by_ids(ids)
    answered = await _answered(parts)
    shown = [
        msgspec.structs.replace(card, flag=tr(N_("Dijawab pelapor"))) if card.id in answered else card
        for card in await cards.of([found[one] for one in ids], desk=True)
    ]
    return Section(title=title, empty=empty, cards=sorted(shown, key=_pressing), total=len(shown))


async def _answered(parts: Sequence[Assignment]) -> set[UUID]:
    """The complaints of parts whose question was answered, and in which nothing has been done since."""
    last = await queries.questions_of_parts([part.id for part in parts])
    return {
        UUID(str(part.complaint))
        for part in parts
        if (question := last.get(part.id)) and question.answered_at and part.stepped_at <= max(question.answered_at, question.asked_at)
    }


def _pressing(card: CardView) -> tuple[bool, int]:
    return (card.days_left is None, card.days_left or 0)
