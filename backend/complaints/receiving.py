"""A complaint is written down, whoever tells it and however: its row under a number nobody has, its contact, its first clocks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import msgspec

from backend import clock, database
from backend.agencies import contacts as responsible
from backend.agencies import places
from backend.agencies import queries as agencies
from backend.complaints import checks, claims, photos
from backend.complaints.operations import Place, SubmitComplaint
from backend.complaints.refusals import ComplaintExists
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import SubmitForOther
from backend.complaints.states import Source, Status
from backend.complaints.tables import Complaint, Contact
from backend.errors import InvalidInput
from backend.settings import settings
from backend.sla import actions as sla
from backend.sla import queries as sla_queries
from backend.sla.policy import DEADLINES, ClockKind
from backend.words import N_

if TYPE_CHECKING:
    from backend.sla.tables import Clock

NUMBER_TRIES = 8


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Whose complaint it is and where it comes from: the account that tells it, or the clerk who wrote it down; what it goes on from."""

    reporter: UUID | None = None
    source: Source = Source.APP
    entered_by: UUID | None = None
    previous: UUID | None = None
    recurrence: bool = False


async def check(op: SubmitComplaint | SubmitForOther) -> None:
    """Raises `InvalidInput` with a sentence for each field that must be mended."""
    offered = await agencies.offered_classes() if op.category else {}
    service_class = offered.get(op.category or "")
    found = checks.of_submit(op, service_class) if isinstance(op, SubmitComplaint) else checks.of_entry(op, service_class)
    if op.category and op.category not in offered:
        found["category"] = N_("Pilih kategori dari daftar, atau biarkan kosong.")
    if op.place.area and op.place.area not in await agencies.centres():
        found["place"] = N_("Pilih kelurahan dari daftar.")
    if found:
        raise InvalidInput(found)


class Kept(NamedTuple):
    """A new complaint, and what runs for it."""

    complaint: Complaint
    clocks: "Sequence[Clock]"


async def keep(op: SubmitComplaint | SubmitForOther, origin: Origin) -> Kept:
    """The rows of a complaint that was checked, and the moderator's clock and the citizen's promise that start with it (T3, T6)."""
    complaint = await _insert(op, origin)
    if op.contact is not None and checks.is_given(op.contact):
        given = op.contact
        row = Contact(complaint=complaint.id, name=given.name.strip(), phone=given.phone.strip(), may_call=given.may_call)
        await Contact.insert(row)
    await photos.expect(complaint.id, None, None, origin.reporter, "report", op.photos)
    owed = {kind: DEADLINES[kind] for kind in (ClockKind.MODERATION, ClockKind.PROMISE)}
    return Kept(complaint, await sla.start_each(complaint.id, None, owed, complaint.received_at))


def notice(complaint: Complaint) -> str:
    """A plain word on who may be responsible, where the place seems to lie outside the city."""
    if complaint.latitude is None or complaint.longitude is None or not complaint.seems_outside:
        return ""
    return responsible.outside_notice(complaint.latitude, complaint.longitude)


async def _insert(op: SubmitComplaint | SubmitForOther, origin: Origin) -> Complaint:
    """The row, under a number nobody has yet."""
    anonymous = op.secrecy == Secrecy.ANONYMOUS
    received_at = clock.coarse(clock.now()) if anonymous else clock.now()
    place = op.place
    complaint = Complaint(
        id=op.complaint,
        status=Status.RECEIVED,
        secrecy=op.secrecy,
        reporter=origin.reporter,
        claim_hash=op.claim_hash,
        text=op.text.strip(),
        category=op.category,
        latitude=place.latitude,
        longitude=place.longitude,
        accuracy_m=place.accuracy_m,
        area=place.area,
        area_estimated=place.area_estimated,
        address=place.address.strip(),
        seems_outside=await seems_outside(place),
        occurred_at=op.occurred_at,
        received_at=received_at,
        promise_answer_on=await sla_queries.due_on(received_at, DEADLINES[ClockKind.PROMISE]),
        private=op.private.strip(),
        previous=origin.previous,
        recurrence=origin.recurrence,
        source=origin.source,
        entered_by=origin.entered_by,
    )
    for _ in range(NUMBER_TRIES):
        complaint.number = claims.new_number()
        if await database.insert_unless_there(complaint):
            return complaint
        if await Complaint.exists().where(Complaint.id == op.complaint):
            break
    raise ComplaintExists


async def seems_outside(place: Place) -> bool:
    """Does the point, if there is one, seem to lie outside the city?"""
    if place.latitude is None or place.longitude is None:
        return False
    return places.seems_outside(place.latitude, place.longitude, (await agencies.centres()).values(), settings().outside_km)
