"""Complaints in lists: rows of several slices put together, one query a table however long the list."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from backend import clock
from backend.agencies import queries as agencies
from backend.complaints import claims, labels, photos, queries
from backend.complaints.labels_reasons import ENDING_WORDS, SOURCE_WORDS
from backend.complaints.lifecycle import ENDED_PARTS, SECOND_DISPUTE
from backend.complaints.sentences import PROMISES, TOLD_TO_THE_CITIZEN
from backend.complaints.states import PartStatus, Source, Status
from backend.complaints.tables import Assignment, Complaint, Photo
from backend.complaints.views import CardView, OwedView
from backend.sla import calendar
from backend.sla import queries as sla
from backend.sla.policy import SWEPT, ClockKind
from backend.words import N_, tr

if TYPE_CHECKING:
    from backend.sla.tables import Clock

MODERATOR = N_("moderator Diskominfo")
SUMMARY = 120
"""Characters of a complaint shown in a list."""


async def of(complaints: Sequence[Complaint], *, desk: bool = False) -> list[CardView]:
    """The cards of these complaints, in their order. `desk`: for others than those who told them."""
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
            desk=desk,
        )
        for complaint in complaints
    ]


def card(  # noqa: PLR0913  (one complaint's rows of several slices, and who reads it)
    complaint: Complaint,
    parts: Sequence[Assignment],
    clocks: "Sequence[Clock]",
    pictures: Sequence[Photo],
    *,
    agency_names: dict[str, str],
    area_name: str,
    holidays: frozenset[date],
    desk: bool = False,
) -> CardView:
    """One complaint's card."""
    living = [part for part in parts if part.status not in ENDED_PARTS]
    owed = [owed_view(one, holidays, desk=desk) for one in clocks if one.stopped_at is None and ClockKind(one.kind) in _shown(desk=desk)]
    next_owed = min(owed, key=lambda one: one.due_on, default=None)
    report = [picture for picture in pictures if picture.stage == "report"]
    ready = next((picture for picture in report if picture.state == "ready"), None)
    return CardView(
        id=complaint.id,
        number=claims.spoken(complaint.number),
        summary=_shortened(complaint.text),
        status=complaint.status,
        status_word=status_word(complaint, living, agency_names, desk=desk),
        status_icon=labels.STATUS_LABELS[complaint.status].icon,
        tone=labels.STATUS_LABELS[complaint.status].tone,
        area_name=area_name,
        received_on=clock.day_of(complaint.received_at),
        promise=next_owed.sentence if next_owed else "",
        days_left=next_owed.days_left if next_owed else None,
        late=any(one.late for one in owed),
        waiting_for=_waiting_for(complaint, living, agency_names, desk=desk),
        photo=f"/photos/{ready.id}/small" if ready else None,
        photos_awaited=sum(picture.state in {"awaited", "uploaded"} for picture in pictures),
        url=f"/complaints/{complaint.id}",
        ending_word=tr(ENDING_WORDS[complaint.ending]) if complaint.ending else "",
        confidential=complaint.confidential,
        source_word=tr(SOURCE_WORDS[complaint.source]) if complaint.source != Source.APP else "",
    )


def _shown(*, desk: bool) -> Collection[ClockKind]:
    """When an OPD owes its answer is its own matter: the citizen was promised a day."""
    return PROMISES if desk else PROMISES.keys() - {ClockKind.ANSWER}


def owed_view(running: "Clock", holidays: frozenset[date], *, desk: bool = False) -> OwedView:
    """A running clock as a promise: words, day, days left (negative: late) and how much of its time is gone."""
    today = clock.day_of(clock.now())
    started_on = clock.day_of(running.started_at)
    past = today > running.due_on
    left = -calendar.days_late(running.due_on, today, holidays) if past else calendar.working_days_between(today, running.due_on, holidays)
    whole = max((running.due_on - started_on).days, 1)
    theirs = running.kind in SWEPT  # a window of the reporter's: nobody is late
    told = TOLD_TO_THE_CITIZEN if desk and running.kind == ClockKind.PROMISE else PROMISES[ClockKind(running.kind)]
    return OwedView(
        sentence=tr(told).format(day=labels.day(running.due_on)),
        due_on=running.due_on,
        days_left=max(left, 0) if theirs else left,
        late=past and not theirs,
        progress=min(100, round(100 * (today - started_on).days / whole)),
    )


def status_word(complaint: Complaint, parts: Sequence[Assignment], agency_names: dict[str, str], *, desk: bool = False) -> str:
    """The state in a word; a result is the OPD's word until the reporter has spoken."""
    agency = agency_names[str(parts[0].agency)] if len(parts) == 1 else ""
    return labels.status_word(complaint.status, agency, desk=desk)


def _waiting_for(complaint: Complaint, parts: Sequence[Assignment], agency_names: dict[str, str], *, desk: bool) -> str:
    """At each moment somebody holds it (`law.md` 3.2)."""
    reporter = tr(N_("jawaban pelapor")) if desk else tr(N_("jawaban Anda"))
    match complaint.status:
        case Status.CLOSED | Status.REJECTED:
            return ""
        case Status.RECEIVED if complaint.objected_at is not None:
            return _waits(tr(N_("pemeriksa keberatan")))
        case Status.RECEIVED:
            return _waits(tr(MODERATOR))
        case Status.DISPUTED if complaint.disputes >= SECOND_DISPUTE:
            return _waits(tr(MODERATOR))
        case Status.RESOLVED:
            return _waits(tr(MODERATOR) if complaint.review_due else reporter)
        case _:
            at_work = [part for part in parts if part.status not in {PartStatus.DONE, PartStatus.NEEDS_INFO}]
            asking = complaint.status == Status.NEEDS_INFO or any(part.status == PartStatus.NEEDS_INFO for part in parts)
            return _waits(*([reporter] if asking else []), *(labels.short_name(agency_names[str(part.agency)]) for part in at_work))


def _waits(*holders: str) -> str:
    return tr(N_("Sedang menunggu: {holders}")).format(holders=" · ".join(holders))


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SUMMARY else f"{words[:SUMMARY].rsplit(' ', 1)[0]} …"
