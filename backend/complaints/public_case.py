"""One published complaint as everybody may read it: what stands, what was promised, what happened; never who, never the minute."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec
from piccolo.columns import Column

from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.agencies import queries as agencies
from backend.complaints import cards, labels, public, public_cards, reporters
from backend.complaints.chunks import PhotoState
from backend.complaints.private import masked
from backend.complaints.public_cards import PublicCard
from backend.complaints.public_timeline import PublicEntry, entries
from backend.complaints.rows import Rows, rows_of
from backend.complaints.states import Mode, PartStatus, Status
from backend.complaints.tables import Assignment, Complaint, Photo
from backend.complaints.views import OwedView, PhotoView, photo_views
from backend.sla.policy import ClockKind
from backend.words import tr

PROMISED = (ClockKind.PROMISE, ClockKind.WORK, ClockKind.FINISH)


class PublicPart(msgspec.Struct, frozen=True, kw_only=True):
    """One OPD's part, without the names of its people."""

    agency: str
    agency_name: str
    lead: bool
    status_word: str
    status_icon: str
    tone: str
    visit_on: date | None
    finish_on: date | None
    outcome_word: str
    work_done: str
    work_done_on: date | None
    evidence_word: str
    before: Sequence[PhotoView]
    after: Sequence[PhotoView]


class PublicView(PublicCard, frozen=True, kw_only=True):
    """A published complaint's page. `follows`: the reader is one of the `followers`; `mine`: it is the reader's own, at this address.

    `may_follow`: not for those of the city to whom nobody's complaint is theirs too.
    """

    text: str
    state_sentence: str
    district: str
    owed: Sequence[OwedView]
    pictures: Sequence[PhotoView]
    parts: Sequence[PublicPart]
    timeline: Sequence[PublicEntry]
    followers: int
    follows: bool
    may_follow: bool
    asks_followers: bool
    mine: str


async def show(actor: Actor, complaint: Complaint) -> PublicView:
    """The page of a complaint `public.one` has found."""
    mine = reporters.is_own(actor, complaint)
    rows = _stripped(await rows_of(complaint))
    [card] = await public_cards.of([{name: getattr(complaint, name) for name in _names(public.COLUMNS)}])
    area = await agencies.area(str(complaint.area)) if complaint.area else None
    history = entries(rows)
    return PublicView(
        **msgspec.structs.asdict(card),
        text=masked(complaint.public_text),
        state_sentence=history[-1].sentence if history else card.status_word,
        district=area.district if area else "",
        owed=_owed(rows),
        pictures=_photos(rows, stage="report"),
        parts=[_part(rows, part) for part in rows.parts],
        timeline=history,
        followers=await public.followers(complaint.id),
        follows=await public.follows(actor, complaint.id),
        may_follow=actor.reach(Permission.FOLLOW) == Reach.CITY,
        asks_followers=complaint.status == Status.RESOLVED,
        mine=f"/complaints/{complaint.id}" if mine else "",
    )


def _names(columns: Iterable[Column]) -> frozenset[str]:
    return frozenset(column._meta.name for column in columns)  # noqa: SLF001  (Piccolo's own way to a column's name)


KEPT = _names(public.COLUMNS) | _names((Complaint.mode, Complaint.disputes, Complaint.elsewhere, Complaint.rejection))
"""Of a complaint: what is public, and what its sentences are chosen by."""


def _stripped(rows: Rows) -> Rows:
    """The same without what is not for everybody, so that nothing further down could show it by mistake."""
    bare = rows.complaint
    for name in _names(Complaint.all_columns()) - KEPT:
        setattr(bare, name, None)
    bare.latitude, bare.longitude = public.coarse(bare.latitude), public.coarse(bare.longitude)
    released = [photo for photo in rows.photos if photo.released and photo.state == PhotoState.READY]
    return msgspec.structs.replace(rows, complaint=bare, photos=released, people={})


def _owed(rows: Rows) -> list[OwedView]:
    """The promises that run: of each kind the slowest part's."""
    running = [one for one in rows.clocks if one.stopped_at is None]
    slowest = [max((one for one in running if one.kind == kind), key=lambda one: one.due_on, default=None) for kind in PROMISED]
    return [cards.owed_view(one, rows.holidays) for one in slowest if one]


def _part(rows: Rows, part: Assignment) -> PublicPart:
    agency = rows.agency_names[str(part.agency)]
    label = labels.STATUS_LABELS[part.status]
    done = part.status == PartStatus.DONE
    return PublicPart(
        agency=str(part.agency),
        agency_name=agency,
        lead=part.lead and rows.complaint.mode == Mode.JOINT,
        status_word=labels.status_word(part.status, agency, desk=True),
        status_icon=label.icon,
        tone=label.tone,
        visit_on=part.visit_on,
        finish_on=part.finish_on,
        outcome_word=tr(labels.OUTCOME_WORDS[part.outcome]) if done and part.outcome else "",
        work_done=masked(part.work_done) if done else "",
        work_done_on=part.work_done_on if done else None,
        evidence_word=tr(labels.EVIDENCE_WORDS[part.evidence]) if done and part.evidence else "",
        before=_photos(rows, stage="report"),
        after=_photos(rows, stage="after", part=part.id),
    )


def _photos(rows: Rows, *, stage: str, part: UUID | None = None) -> list[PhotoView]:
    return picture_views([photo for photo in rows.photos if photo.stage == stage and photo.part == part])


def picture_views(rows: Sequence[Photo]) -> list[PhotoView]:
    """Released photos under the addresses everybody may open."""
    return photo_views(rows, "/public/photos")
