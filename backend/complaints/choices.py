"""What the forms of a complaint's steps offer to choose from: OPDs, offices that look along, whose it is instead, and until when."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from backend import clock
from backend.agencies import queries as agencies
from backend.agencies.kinds import Kind
from backend.complaints.disputes import WITNESSES
from backend.complaints.tables import Complaint
from backend.complaints.views import ComplaintView
from backend.sla import policy
from backend.sla import queries as sla

if TYPE_CHECKING:
    from backend.agencies.tables import Agency, Elsewhere

GIVES_OUT = frozenset({"forward", "grant_objection", "redirect"})
NOT_GIVEN_TO = frozenset({Kind.VILLAGE, Kind.COUNTER})
"""Offices beside the place are named first; of the others there are too many to choose from."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Each only where one of the forms needs it. `proposed`: whom category and place say, with their class; `latest`: the last binding day."""

    agencies: "Sequence[Agency]" = ()
    proposed: Sequence[str] = ()
    proposed_class: str = ""
    had: Sequence[str] = ()
    witnesses: "Sequence[Agency]" = ()
    witness: str = ""
    latest: date | None = None
    elsewhere: "Sequence[Elsewhere]" = ()


async def of(view: ComplaintView, complaint: Complaint) -> Choices:
    """For the steps this page shows."""
    names = {step.name for step in view.steps}
    today = clock.day_of(clock.now())
    gives, redoes = bool(names & GIVES_OUT), "redo" in names
    all_of_them = await agencies.agencies_on(today) if gives or redoes else []
    near = await agencies.office_of_area(str(complaint.area)) if all_of_them and complaint.area else None
    first = {view.proposed_agency, near}
    return Choices(
        agencies=sorted(
            (one for one in all_of_them if one.code in first or one.kind not in NOT_GIVEN_TO), key=lambda one: one.code not in first
        )
        if gives
        else (),
        proposed=[view.proposed_agency],
        proposed_class=view.service_class,
        had=[part.agency for part in view.parts] if "redirect" in names else (),
        witnesses=[one for one in all_of_them if one.kind in WITNESSES] if redoes else (),
        witness=near or "",
        latest=await sla.due_on(clock.now(), policy.BINDING_WITHIN) if redoes else None,
        elsewhere=await agencies.elsewhere() if "reject" in names else (),
    )
