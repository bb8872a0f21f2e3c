"""What people ask of complaints, as structs: the same for a form, for a phone's batch and for a job."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.complaints.lifecycle import Mode, PartOutcome
from backend.complaints.secrecy import Secrecy
from backend.operations import Operation
from backend.sla.policy import ServiceClass

MOST_PHOTOS = 5
LARGEST_PHOTO = 12 * 1024 * 1024
LONGEST_TEXT = 4000
LONGEST_NOTE = 2000

Words = Annotated[str, Meta(pattern=r"\A[^\x00]*\Z")]
"""PostgreSQL keeps no NUL in a text."""
Text = Annotated[Words, Meta(min_length=1, max_length=LONGEST_TEXT)]
NoteText = Annotated[Words, Meta(min_length=1, max_length=LONGEST_NOTE)]
Code = Annotated[str, Meta(min_length=1, max_length=40)]


class PhotoClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A photo that will follow by `/api/photos`: id made by the phone, SHA-256 (hex) and size in bytes of what will arrive."""

    id: UUID
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, Meta(ge=1, le=LARGEST_PHOTO)]


Photos = Annotated[tuple[PhotoClaim, ...], Meta(max_length=MOST_PHOTOS)]


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where it is: degrees (WGS 84) with accuracy in metres, kelurahan by official code (`area_estimated`: proposed by distance), words."""

    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None
    accuracy_m: Annotated[float, Meta(ge=0, le=1_000_000)] | None = None
    area: Annotated[str, Meta(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")] | None = None
    area_estimated: bool = False
    address: Annotated[Words, Meta(max_length=300)] = ""


class SubmitComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.submit"):
    """C1. `complaint` is the phone's id for it; a guest brings `claim_hash`, the SHA-256 (hex) of the claim key kept on the phone."""

    complaint: UUID
    secrecy: Secrecy
    text: Text
    category: Annotated[str, Meta(max_length=4)] | None = None
    place: Place = Place()
    photos: Photos = ()
    claim_hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None


class ConfirmComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.confirm"):
    """C16. The reporter says it is in order."""

    complaint: UUID
    seen: Code


class DisputeComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.dispute"):
    """C18, C19. The reporter says it is not in order; `part` names the OPD's part, none means all."""

    complaint: UUID
    seen: Code
    text: NoteText
    part: UUID | None = None
    photos: Photos = ()


class ForwardPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One OPD that gets a part, and the class that decides its clocks."""

    agency: Code
    service_class: ServiceClass
    lead: bool = False


class ForwardComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.forward"):
    """C2, C2j. A joint one names its lead and why nobody can do it alone."""

    complaint: UUID
    seen: Code
    mode: Mode
    parts: Annotated[tuple[ForwardPart, ...], Meta(min_length=1, max_length=6)]
    reason: Annotated[Words, Meta(max_length=500)] = ""


class AnswerPart(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="part.answer"):
    """P2, P2i. The OPD answers in words; an information part is done with it."""

    part: UUID
    seen: Code
    text: NoteText


class NameOfficer(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="part.name_officer"):
    """P3. An officer of the OPD and the day of the visit, which counts as an answer."""

    part: UUID
    seen: Code
    officer: UUID
    visit_on: date


class VisitPart(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="part.visit"):
    """P4. Somebody was there: note, photo, and the day by which it will be finished."""

    part: UUID
    seen: Code
    text: NoteText
    finish_on: date
    photos: Annotated[tuple[PhotoClaim, ...], Meta(min_length=1, max_length=MOST_PHOTOS)]


class FinishPart(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="part.done"):
    """P16, C15. Outcome, what was done, when and by whom; field work without an after-photo is weak evidence."""

    part: UUID
    seen: Code
    outcome: PartOutcome
    work_done: NoteText
    work_done_on: date
    work_done_by: Annotated[Words, Meta(min_length=1, max_length=200)]
    photos: Photos = ()
