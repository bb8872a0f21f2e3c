"""What templates show of complaints: rows turned into words, days and links, the same for list and page."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

import msgspec

from backend.complaints.labels_steps import STEP_WORDS
from backend.complaints.lifecycle import Step
from backend.complaints.tables import Photo
from backend.words import N_, tr

if TYPE_CHECKING:
    from backend.complaints.desk import DeskView


class PhotoView(msgspec.Struct, frozen=True, kw_only=True):
    """A photo: addresses, size in pixels, and whether it has arrived (`awaited uploaded ready refused`)."""

    id: UUID
    url: str
    small_url: str
    alt: str
    state: str
    stage: str
    width: int | None
    height: int | None


class CardView(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint in a list."""

    id: UUID
    number: str
    summary: str
    status: str
    status_word: str
    status_icon: str
    tone: str
    area_name: str
    received_on: date
    promise: str
    days_left: int | None
    late: bool
    waiting_for: str
    photo: str | None
    photos_awaited: int
    url: str
    flag: str = ""
    ending_word: str = ""
    confidential: bool = False
    source_word: str = ""


class OwedView(NamedTuple):
    """A promise as a bar of days; `progress` in per cent of its time; `before`: the day promised until it moved (T17)."""

    sentence: str
    due_on: date
    days_left: int
    late: bool
    progress: int
    before: date | None = None


class BrokenView(NamedTuple):
    """A promise that was not kept, and why: it stays visible (T11)."""

    sentence: str
    reason: str


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """Something this person may do now. `other_id`: of its second form, where it has two. `quiet`: always there, never the first to do."""

    name: str
    action: str
    operation: str
    source: str
    subject: UUID
    subject_field: str
    note_required: bool
    photo_welcome: bool
    label: str
    operation_id: UUID
    other_id: UUID
    quiet: bool = False


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the reporter that waits for its answer. `step`: how this person may answer it."""

    id: UUID
    words: str
    kind_word: str
    asker: str
    reply_until: date
    step: StepView | None


class RejectionView(msgspec.Struct, frozen=True, kw_only=True):
    """Why it is not the city's, whom to turn to, and until when one may object (none: no more). `final`: nothing follows."""

    reason_word: str
    responsible: str
    contact: str
    words: str
    object_until: date | None
    final: bool


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline; `device_at` only where phone and server differ."""

    at: datetime
    device_at: datetime | None
    who: str
    kind: str
    sentence: str
    text: str
    photos: Sequence[PhotoView]


class PartView(msgspec.Struct, frozen=True, kw_only=True):
    """One OPD's part."""

    id: UUID
    agency: str
    agency_name: str
    lead: bool
    class_word: str
    status: str
    status_word: str
    status_icon: str
    tone: str
    officer_name: str
    visit_on: date | None
    finish_on: date | None
    answer_due_on: date | None
    work_due_on: date | None
    outcome_word: str
    work_done: str
    work_done_on: date | None
    work_done_by: str
    evidence_word: str
    before: Sequence[PhotoView]
    after: Sequence[PhotoView]
    steps: Sequence[StepView]
    officers: Sequence[tuple[UUID, str]]
    binding: bool = False
    witness_name: str = ""


class ComplaintView(CardView, frozen=True, kw_only=True):
    """A complaint's page: its card, and everything under it."""

    text: str
    secrecy_word: str
    anonymous: bool
    mine: bool
    category_name: str
    service_class: str
    proposed_agency: str
    place_sentence: str
    latitude: float | None
    longitude: float | None
    accuracy_m: float | None
    seems_outside_notice: str
    state_sentence: str
    owed: Sequence[OwedView]
    photos: Sequence[PhotoView]
    parts: Sequence[PartView]
    timeline: Sequence[EntryView]
    steps: Sequence[StepView]
    sent_at: datetime | None
    received_at: datetime
    questions: Sequence[QuestionView] = ()
    rejection: RejectionView | None = None
    broken: Sequence[BrokenView] = ()
    public_url: str = ""
    desk: "DeskView | None" = None


OFFLINE_AFTER = timedelta(minutes=1)
"""A device's time is shown beside the server's from this difference on."""
QUIET = frozenset({"add", "withdraw", "edit"})
"""Steps that are always there, and so never the first thing to do."""
UNSEEN = frozenset({"add", "rate"})
"""Steps that say the same whatever the person saw."""
PATHS = {"name_officer": "officer", "answer_information": "answer"}
"""Doors whose name is not the step's."""


def step_view(step: Step, subject: UUID, source: str) -> StepView:
    """A step as a form: where it goes and what it carries."""
    path = PATHS.get(step.name, step.name.replace("_", "-"))
    noun, field = ("parts", "part") if step.of_part else ("complaints", "complaint")
    return StepView(
        name=step.name,
        action=f"/{noun}/{subject}/{path}",
        operation=step.kind if step.queueable else "",
        source="" if step.name in UNSEEN else source,
        subject=subject,
        subject_field=field,
        note_required=step.note_required,
        photo_welcome=step.photo_welcome,
        label=tr(STEP_WORDS[step.name]),
        operation_id=uuid4(),
        other_id=uuid4(),
        quiet=step.name in QUIET,
    )


def photo_views(rows: Sequence[Photo], under: str = "/photos") -> list[PhotoView]:
    """Photos with their addresses; `under` another one for those who may see only what is released."""
    return [
        PhotoView(
            id=row.id,
            url=f"{under}/{row.id}",
            small_url=f"{under}/{row.id}/small",
            alt=f"{tr(STAGE_WORDS[row.stage])} {index}",
            state=row.state,
            stage=row.stage,
            width=row.width,
            height=row.height,
        )
        for index, row in enumerate(rows, start=1)
    ]


STAGE_WORDS = {
    "report": N_("Foto aduan"),
    "visit": N_("Foto saat diperiksa"),
    "after": N_("Foto sesudah dikerjakan"),
    "dispute": N_("Foto dari pelapor"),
    "reply": N_("Foto dari pelapor"),
    "added": N_("Foto tambahan dari pelapor"),
    "late": N_("Foto yang menyusul"),
}
