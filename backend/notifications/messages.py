"""The words of a push: short, by number and agency; never the text of a complaint, an answer, or a person's name."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

import msgspec

from backend.complaints.labels import day
from backend.complaints.lifecycle import SECOND_DISPUTE
from backend.complaints.notices import Notice, PartNotice
from backend.complaints.sentences import Facts, listed, sentence
from backend.events.kinds import EventKind
from backend.events.order import Happened
from backend.notifications.audience import Hearer

Words = Callable[[Notice, Facts], str]


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the service worker shows. One `tag`, one notification: a newer one takes the place of the older."""

    title: str
    body: str
    tag: str
    url: str
    icon: str = ""


def compose(event: Happened, hearer: Hearer, notice: Notice) -> Message:
    """The message of an event to somebody who hears of it (`audience.HEARS`)."""
    return Message(
        title=f"Aduan {notice.number}",
        body=WORDS[event.kind, hearer](notice, _facts(event, notice)),
        tag=tag(notice.complaint, event.kind),
        url=f"/complaints/{notice.complaint}",
    )


def tag(complaint: UUID, kind: EventKind) -> str:
    """What makes two messages the same news."""
    return f"{complaint}:{kind}"


def _told(kind: EventKind) -> Words:
    """The sentence the citizen also reads in the timeline."""
    return lambda _, facts: sentence(kind, facts)


def _received(notice: Notice, _: Facts) -> str:
    return f"Aduan baru menunggu diteruskan{_by(notice.forward_on)}."


def _assigned(notice: Notice, facts: Facts) -> str:
    days = [part.answer_on for part in notice.concerned if part.answer_on]
    return f"Ada tugas baru; jawaban{_by(max(days, default=facts.answer_on))}."


def _sent(_: Notice, facts: Facts) -> str:
    return f"Ada tugas baru untuk Anda{f'; kunjungan {day(facts.visit_on)}' if facts.visit_on else ''}."


def _answered(_: Notice, facts: Facts) -> str:
    return f"{facts.agency} menjawab aduan Anda."


def _part_done(notice: Notice, facts: Facts) -> str:
    return f"Bagian {facts.agency} selesai; masih menunggu {_agencies(part for part in notice.parts if not part.done)}."


def _resolved(_: Notice, facts: Facts) -> str:
    return f"{facts.agency} menyatakan selesai. Sudah beres?{f' Jawab sampai {day(facts.reply_until)}.' if facts.reply_until else ''}"


def _disputed(_: Notice, facts: Facts) -> str:
    if facts.times >= SECOND_DISPUTE:
        return f"Belum beres untuk kedua kali; moderator memutuskan{_by(facts.work_on)}."
    return f"Pelapor menyatakan belum beres; wajib dikerjakan lagi{_by(facts.work_on)}."


WORDS: dict[tuple[EventKind, Hearer], Words] = {
    (EventKind.RECEIVED, Hearer.MODERATOR): _received,
    (EventKind.FORWARDED, Hearer.REPORTER): _told(EventKind.FORWARDED),
    (EventKind.FORWARDED, Hearer.AGENCY_ADMIN): _assigned,
    (EventKind.ANSWERED, Hearer.REPORTER): _answered,
    (EventKind.OFFICER_NAMED, Hearer.REPORTER): _told(EventKind.OFFICER_NAMED),
    (EventKind.OFFICER_NAMED, Hearer.OFFICER): _sent,
    (EventKind.VISITED, Hearer.REPORTER): _told(EventKind.VISITED),
    (EventKind.PART_DONE, Hearer.LEAD_ADMIN): _part_done,
    (EventKind.RESOLVED, Hearer.REPORTER): _resolved,
    (EventKind.DISPUTED, Hearer.OFFICER): _disputed,
    (EventKind.DISPUTED, Hearer.AGENCY_ADMIN): _disputed,
    (EventKind.DISPUTED, Hearer.MODERATOR): _disputed,
}


def _facts(event: Happened, notice: Notice) -> Facts:
    """A joint complaint names who leads and who helps, otherwise all are named alike. The days are those the event promised."""
    lead = next((part for part in notice.concerned if part.lead), None) if notice.joint else None
    return Facts(
        number=notice.number,
        agency=_agencies(notice.concerned),
        agencies=tuple(part.agency_name for part in notice.concerned if part is not lead),
        lead=lead.agency_name if lead else "",
        answer_on=_day(event, "answer_on"),
        work_on=_day(event, "work_on"),
        finish_on=_day(event, "finish_on"),
        visit_on=_day(event, "visit_on"),
        reply_until=_day(event, "reply_until"),
        times=max(notice.disputes, 1),
    )


def _day(event: Happened, name: str) -> date | None:
    value = event.data.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _agencies(parts: Iterable[PartNotice]) -> str:
    return listed(tuple(part.agency_name for part in parts))


def _by(due_on: date | None) -> str:
    return f" paling lambat {day(due_on)}" if due_on else ""
