"""What the city's people ask, as structs: the same for a form, for a phone's batch and for a job."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.complaints.operations import LONGEST_TEXT, MOST_PHOTOS, Code, ContactGiven, NoteText, PhotoClaim, Photos, Place, Text, Words
from backend.complaints.secrecy import Secrecy
from backend.complaints.states import Mode, PartOutcome, QuestionKind, Rejection, Source
from backend.operations import Operation
from backend.sla.policy import ServiceClass


class ForwardPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One OPD that gets a part, and the class that decides its clocks."""

    agency: Code
    service_class: ServiceClass
    lead: bool = False


class Forwarding(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom, how, and for a joint one why nobody can do it alone; its lead is among the parts."""

    complaint: UUID
    seen: Code
    mode: Mode
    parts: Annotated[tuple[ForwardPart, ...], Meta(min_length=1, max_length=6)]
    reason: Annotated[Words, Meta(max_length=500)] = ""


class ForwardComplaint(Forwarding, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.forward"):
    """C2, C2j.

    `publish`: everybody may read `public_text` (empty: what was written, numbers masked) and see the photos `released`.
    `accused`: the OPDs an accusation is about, for whom it will not exist.
    """

    publish: bool = False
    public_text: Annotated[Words, Meta(max_length=LONGEST_TEXT)] = ""
    released: Annotated[tuple[UUID, ...], Meta(max_length=60)] = ()
    accused: Annotated[tuple[Code, ...], Meta(max_length=6)] = ()


class AskReporter(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.ask"):
    """C4. The moderator's one question."""

    complaint: UUID
    seen: Code
    question_kind: QuestionKind
    text: NoteText


class RejectComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.reject"):
    """C7. Why, who is responsible (`elsewhere`: a row of the city's table, or `responsible` and `contact` in words), and the public text."""

    complaint: UUID
    seen: Code
    reason: Rejection
    elsewhere: Annotated[str, Meta(max_length=40)] | None = None
    responsible: Annotated[Words, Meta(max_length=200)] = ""
    contact: Annotated[Words, Meta(max_length=200)] = ""
    text: NoteText


class GrantObjection(Forwarding, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.grant_objection"):
    """C9. Another person looked again, and it is the city's matter after all: forwarded as any other."""

    text: NoteText


class RefuseObjection(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.refuse_objection"):
    """C9. Another person looked again, and the decision stands."""

    complaint: UUID
    seen: Code
    text: NoteText


class RedoAfterDispute(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.redo"):
    """C20a. Back to the OPD with a binding date; the kelurahan's office looks along (`witness`)."""

    complaint: UUID
    seen: Code
    finish_on: date
    witness: Code
    text: NoteText


class RedirectAfterDispute(Forwarding, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.redirect"):
    """C20a to another OPD: the disputed parts are taken back, with a reason, and the new OPD's clocks start."""

    text: NoteText


class DecideDispute(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.decide"):
    """C20b. The moderator closes it, with a reason everybody reads; counted apart, never as success."""

    complaint: UUID
    seen: Code
    text: NoteText


class ReviewSilence(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.review_silence"):
    """C17. The moderator has looked at a result nobody confirmed: it stands, or (`stands` false) it goes back to the OPD."""

    complaint: UUID
    seen: Code
    stands: bool
    text: NoteText


class EditComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.edit"):
    """C13 by a moderator, or by the reporter until it is forwarded. What is not given stays; the original is kept."""

    complaint: UUID
    seen: Code
    reason: NoteText
    text: Text | None = None
    category: Annotated[str, Meta(max_length=4)] | None = None
    place: Place | None = None


class SetSecrecy(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.set_secrecy"):
    """C13. Confidential or not: the city's people may only raise, the reporter may do both."""

    complaint: UUID
    confidential: bool
    reason: Annotated[Words, Meta(max_length=500)] = ""


class ReleasePhotos(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.release_photos"):
    """Which of a complaint's photos everybody may see; those not named may not."""

    complaint: UUID
    released: Annotated[tuple[UUID, ...], Meta(max_length=60)] = ()


class PublishComplaint(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.publish"):
    """Shown to everybody later than with the forwarding, in these words and with these photos; `on` false: no longer, and why."""

    complaint: UUID
    on: bool
    public_text: Annotated[Words, Meta(max_length=LONGEST_TEXT)] = ""
    released: Annotated[tuple[UUID, ...], Meta(max_length=60)] = ()
    reason: Annotated[Words, Meta(max_length=500)] = ""


class SubmitForOther(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="complaint.submit_for_other"):
    """C1 by a clerk: somebody came to the counter, called, or wrote an SMS. The key on the paper slip is the reporter's."""

    complaint: UUID
    source: Source
    secrecy: Secrecy
    text: Text
    category: Annotated[str, Meta(max_length=4)] | None = None
    place: Place = Place()
    photos: Photos = ()
    claim_hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    private: Annotated[Words, Meta(max_length=500)] = ""
    contact: ContactGiven | None = None


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


class AskForPart(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="part.ask"):
    """P5. The OPD's question to the reporter."""

    part: UUID
    seen: Code
    question_kind: QuestionKind
    text: NoteText


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
