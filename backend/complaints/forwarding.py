"""Giving a complaint to OPDs (C2, C2j): the parts, the clocks that start with them, and what is never given to whom."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from backend import clock, database
from backend.actors.actor import Actor
from backend.agencies import queries as agencies
from backend.complaints import checks, settling, steps
from backend.complaints.staff_operations import ForwardComplaint, Forwarding, ForwardPart
from backend.complaints.states import Ending, Mode, PartOutcome, PartStatus
from backend.complaints.tables import Accused, Assignment, Complaint
from backend.errors import InvalidInput
from backend.events.kinds import EventKind
from backend.sla import actions as sla
from backend.sla import policy
from backend.sla.policy import ClockKind, ServiceClass
from backend.words import N_

if TYPE_CHECKING:
    from backend.sla.tables import Clock


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What was given to whom, and by when it is owed. `noted`: nothing is, thanks and hints are only passed on.

    `answer_on` is what the citizen reads: no earlier than what was promised, though the OPD's own clock may be (law 3).
    """

    agencies: tuple[str, ...]
    answer_on: date | None
    work_on: date | None
    finish_on: date | None
    noted: bool

    def told(self) -> dict[str, str | None]:
        """As an event keeps it."""
        return {"agencies": ",".join(self.agencies), "answer_on": steps.iso(self.answer_on), "work_on": steps.iso(self.work_on)}


async def check(op: Forwarding) -> None:
    """Raises `InvalidInput` with a sentence for each field that must be mended."""
    if found := checks.of_forward(op):
        raise InvalidInput(found)
    known = {agency.code for agency in await agencies.agencies_on(clock.day_of(clock.now()))}
    named = {part.agency for part in op.parts}
    if not named <= known:
        raise InvalidInput({"parts": N_("Pilih dinas dari daftar.")})
    if isinstance(op, ForwardComplaint) and not set(op.accused) <= known - named:
        raise InvalidInput({"accused": N_("Pilih dinas yang dilaporkan dari daftar; yang menangani tidak boleh sama.")})


async def give(op: Forwarding, complaint: Complaint) -> Given:
    """A part for each OPD, with its clocks. An accusation is sealed, and the accused are written down (guard Ga)."""
    due = [one for part in op.parts for one in await _assign(op.mode, complaint.id, part)]
    complaint.mode = op.mode
    complaint.mode_reason = op.reason.strip()
    if any(part.service_class == ServiceClass.OVERSIGHT for part in op.parts):
        complaint.confidential = True
    await complaint.save([Complaint.mode, Complaint.mode_reason, Complaint.confidential])
    if isinstance(op, ForwardComplaint) and op.accused:
        await Accused.insert(*(Accused(id=database.new_id(), complaint=complaint.id, agency=code) for code in op.accused))
    answer_on = _latest(due, ClockKind.ANSWER, ClockKind.COORDINATE)
    return Given(
        agencies=tuple(part.agency for part in op.parts),
        answer_on=max(answer_on, complaint.promise_answer_on or answer_on) if answer_on else None,
        work_on=_latest(due, ClockKind.WORK),
        finish_on=_latest(due, ClockKind.WORK, ClockKind.FINISH),
        noted=all(part.service_class == ServiceClass.NOTE for part in op.parts),
    )


async def forwarded(actor: Actor, op: Forwarding, complaint: Complaint, given: Given) -> None:
    """The first forwarding (C2): the finish date is promised; what is only a note ends with it."""
    if given.noted:
        await settling.end(actor, complaint, Ending.NOTE)
        await steps.record(EventKind.NOTED, actor, op, complaint, agencies=",".join(given.agencies))
        return
    complaint.promise_finish_on = given.finish_on
    await complaint.save([Complaint.promise_finish_on])
    await settling.back_at_work(complaint, disputed=False)
    await steps.record(EventKind.FORWARDED, actor, op, complaint, mode=op.mode, told=given.told())


async def _assign(mode: Mode, complaint: UUID, wanted: ForwardPart) -> "list[Clock]":
    """P1. One OPD's part, and the clocks that start with it; a note is done with its receipt."""
    now = clock.now()
    joint = mode == Mode.JOINT
    noted = wanted.service_class == ServiceClass.NOTE
    part = Assignment(
        id=database.new_id(),
        complaint=complaint,
        agency=wanted.agency,
        service_class=ServiceClass.JOINT if joint else wanted.service_class,
        lead=wanted.lead or not joint,
        status=PartStatus.DONE if noted else PartStatus.ASSIGNED,
        outcome=PartOutcome.ANSWERED if noted else None,
        received_at=now,
        stepped_at=now,
    )
    await Assignment.insert(part)
    owed = policy.owed(ServiceClass(part.service_class), lead=part.lead)
    return await sla.start_each(complaint, part.id, owed, now)


def _latest(clocks: "Iterable[Clock]", *kinds: ClockKind) -> date | None:
    return max((one.due_on for one in clocks if one.kind in kinds), default=None)
