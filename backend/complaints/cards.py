"""Complaints in lists: rows of several slices put together, one query a table however long the list."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from backend import clock
from backend.agencies import queries as agencies
from backend.complaints import claims, labels, photos, queries
from backend.complaints.lifecycle import SECOND_DISPUTE, PartStatus, Status
from backend.complaints.sentences import PROMISES
from backend.complaints.tables import Assignment, Complaint, Photo
from backend.complaints.views import CardView, OwedView
from backend.sla import calendar
from backend.sla import queries as sla
from backend.sla.policy import ClockKind

if TYPE_CHECKING:
    from backend.sla.tables import Clock

SUMMARY = 120
"""Characters of a complaint shown in a list."""


async def of(complaints: Sequence[Complaint]) -> list[CardView]:
    """The cards of these complaints, in their order."""
    ids = [complaint.id for complaint in complaints]
    parts = await queries.parts_of_many(ids)
    clocks = await sla.of_complaints(ids)
    pictures = await photos.of_complaints(ids)
    agency_names = await agencies.agency_names()
    area_names = {area.code: area.name for area in await agencies.areas()}
    holidays = await sla.holidays()
    return [
        card(
            complaint,
            parts.get(complaint.id, []),
            clocks.get(complaint.id, []),
            pictures.get(complaint.id, []),
            agency_names=agency_names,
            area_name=area_names.get(str(complaint.area), ""),
            holidays=holidays,
        )
        for complaint in complaints
    ]


def card(
    complaint: Complaint,
    parts: Sequence[Assignment],
    clocks: "Sequence[Clock]",
    pictures: Sequence[Photo],
    *,
    agency_names: dict[str, str],
    area_name: str,
    holidays: frozenset[date],
) -> CardView:
    """One complaint's card."""
    owed = [owed_view(one, holidays) for one in clocks if one.stopped_at is None and ClockKind(one.kind) in PROMISES]
    next_owed = min(owed, key=lambda one: one.due_on, default=None)
    report = [picture for picture in pictures if picture.stage == "report"]
    ready = next((picture for picture in report if picture.state == "ready"), None)
    return CardView(
        id=complaint.id,
        number=claims.spoken(complaint.number),
        summary=_shortened(complaint.text),
        status=complaint.status,
        status_word=status_word(complaint, parts, agency_names),
        status_icon=labels.STATUS_LABELS[complaint.status].icon,
        tone=labels.STATUS_LABELS[complaint.status].tone,
        area_name=area_name,
        received_on=clock.day_of(complaint.received_at),
        promise=next_owed.sentence if next_owed else "",
        days_left=next_owed.days_left if next_owed else None,
        late=any(one.late for one in owed),
        waiting_for=_waiting_for(complaint, parts, agency_names),
        photo=f"/photos/{ready.id}/small" if ready else None,
        photos_awaited=sum(picture.state in {"awaited", "uploaded"} for picture in pictures),
        url=f"/complaints/{complaint.id}",
    )


def owed_view(running: "Clock", holidays: frozenset[date]) -> OwedView:
    """A running clock as a promise: words, day, days left (negative: late) and how much of its time is gone."""
    today = clock.day_of(clock.now())
    started_on = clock.day_of(running.started_at)
    late = today > running.due_on
    left = -calendar.days_late(running.due_on, today, holidays) if late else calendar.working_days_between(today, running.due_on, holidays)
    whole = max((running.due_on - started_on).days, 1)
    return OwedView(
        sentence=PROMISES[ClockKind(running.kind)].format(day=labels.day(running.due_on)),
        due_on=running.due_on,
        days_left=left,
        late=late,
        progress=min(100, round(100 * (today - started_on).days / whole)),
    )


def status_word(complaint: Complaint, parts: Sequence[Assignment], agency_names: dict[str, str]) -> str:
    """The state in a word; a result is the OPD's word until the reporter has spoken."""
    agency = agency_names[str(parts[0].agency)] if len(parts) == 1 else ""
    return labels.status_word(complaint.status, agency)


def _waiting_for(complaint: Complaint, parts: Sequence[Assignment], agency_names: dict[str, str]) -> str:
    """At each moment somebody holds it (`law.md` 3.2)."""
    match complaint.status:
        case Status.RECEIVED:
            return "Sedang menunggu: moderator Diskominfo"
        case Status.DISPUTED if complaint.disputes >= SECOND_DISPUTE:
            return "Sedang menunggu: moderator Diskominfo"
        case Status.RESOLVED:
            return "Sedang menunggu: jawaban pelapor"
        case Status.CLOSED:
            return ""
        case _:
            open_parts = [labels.short_name(agency_names[str(part.agency)]) for part in parts if part.status != PartStatus.DONE]
            return f"Sedang menunggu: {' · '.join(open_parts)}"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SUMMARY else f"{words[:SUMMARY].rsplit(' ', 1)[0]} …"
