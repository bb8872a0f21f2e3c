"""What reporters ask, as structs: the same for a form, for a phone's batch and for a job. The city's people: `staff_operations`."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.complaints.secrecy import Secrecy
from backend.operations import Operation

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


class ContactGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the reporter can be reached: name and phone number, and whether officers may call."""

    name: Annotated[Words, Meta(max_length=120)] = ""
    phone: Annotated[str, Meta(pattern=r"^(\+?[0-9][0-9 .-]{6,18})?$")] = ""
    may_call: bool = False


class SubmitComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.submit"):
    """C1. `complaint` is the phone's id for it; a guest brings `claim_hash`, the SHA-256 (hex) of the claim key kept on the phone.

    `private`: what only the city's people need (a NIK), never public. `previous`: the closed complaint this one goes on from (C21).
    """

    complaint: UUID
    secrecy: Secrecy
    text: Text
    category: Annotated[str, Meta(max_length=4)] | None = None
    place: Place = Place()
    photos: Photos = ()
    claim_hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None
    private: Annotated[Words, Meta(max_length=500)] = ""
    contact: ContactGiven | None = None
    previous: UUID | None = None


class ConfirmComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.confirm"):
    """C16. The reporter says it is in order."""

    complaint: UUID
    seen: Code


class ReplyComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.reply"):
    """C5, P6. The reporter answers the question `question`; `unknown`: "Saya tidak tahu", which is an answer too."""

    complaint: UUID
    question: UUID
    seen: Code
    text: Annotated[Words, Meta(max_length=LONGEST_NOTE)] = ""
    unknown: bool = False
    photos: Photos = ()


class AddToComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.add"):
    """C13, the reporter's own: what was written stays, this is added."""

    complaint: UUID
    text: NoteText
    photos: Photos = ()


class ObjectToRejection(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.object"):
    """C8. The reporter says why the rejection is wrong, once."""

    complaint: UUID
    seen: Code
    text: NoteText


class WithdrawComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.withdraw"):
    """C14. `own_will`: "Atas kemauan sendiri?" was answered yes; no is kept too, and looked at (G16)."""

    complaint: UUID
    seen: Code
    own_will: bool
    text: Annotated[Words, Meta(max_length=LONGEST_NOTE)] = ""


class RateComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.rate"):
    """One to five stars, and a word."""

    complaint: UUID
    stars: Annotated[int, Meta(ge=1, le=5)]
    text: Annotated[Words, Meta(max_length=LONGEST_NOTE)] = ""


class FollowComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.follow"):
    """Hear of a public complaint ("Ini juga keluhan saya"); `on` false: no longer."""

    complaint: UUID
    on: bool = True


class StillBroken(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.still_broken"):
    """A follower says that it is not in order, while the reporter is asked (C18)."""

    complaint: UUID
    text: NoteText


class DisputeComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.dispute"):
    """C18, C19. The reporter says it is not in order; `part` names the OPD's part, none means all."""

    complaint: UUID
    seen: Code
    text: NoteText
    part: UUID | None = None
    photos: Photos = ()
