"""What a push, a mail and a line of the inbox say: short, by number and agency; never the text of a complaint or a person's name."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from backend.complaints.labels import day
from backend.complaints.lifecycle import SECOND_DISPUTE
from backend.complaints.notices import Notice, PartNotice
from backend.complaints.sentences import Facts, listed, sentence
from backend.events.kinds import EventKind
from backend.events.order import Happened
from backend.notifications import wording
from backend.notifications.audience import Hearer
from backend.words import tr


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the service worker shows. One `tag`, one notification: a newer one takes the place of the older."""

    title: str
    body: str
    tag: str
    url: str
    icon: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """The same as a mail."""

    subject: str
    text: str


def compose(event: Happened, hearer: Hearer, notice: Notice | None) -> Message:
    """The message of an event to somebody who hears of it (`audience.HEARS`)."""
    if notice is None:
        title, url = wording.OF_PEOPLE[hearer]
        return Message(title=tr(title), body=tr(wording.WORDS[event.kind, hearer]), tag=f"{event.kind}:{event.subject}", url=url)
    url = notice.public_url if hearer == Hearer.FOLLOWER else f"/complaints/{notice.complaint}"
    if notice.confidential:
        return Message(title=shell(hearer), body="", tag=str(notice.complaint), url=url)
    return Message(
        title=tr(wording.TITLE).format(number=notice.number),
        body=_body(event, hearer, notice),
        tag=tag(notice.complaint, event.kind),
        url=url,
    )


def letter(message: Message, address: str) -> Letter:
    """A message as a mail; `address`: where the city's app is, by its settings."""
    text = tr(wording.MAIL).format(body=message.body or f"{message.title}.", link=address + message.url, account=f"{address}/account")
    return Letter(subject=message.title, text=text)


def shell(hearer: Hearer) -> str:
    """All that may be said of a confidential complaint."""
    return tr(wording.NEWS if hearer == Hearer.REPORTER else wording.TASK)


def tag(complaint: UUID, kind: EventKind) -> str:
    """What makes two messages the same news."""
    return f"{complaint}:{kind}"


def disputes(event: Happened, notice: Notice) -> int:
    """Which dispute it is, by the event; of others how many there were."""
    times = event.data.get("times")
    return times if isinstance(times, int) else notice.disputes


def others_open(event: Happened, notice: Notice) -> list[PartNotice]:
    """The parts at work beside the one the event is about."""
    return [part for part in notice.parts if not part.done and part.id != event.part]


def _body(event: Happened, hearer: Hearer, notice: Notice) -> str:
    template = wording.WORDS[event.kind, hearer]
    if event.kind == EventKind.DISPUTED and disputes(event, notice) >= SECOND_DISPUTE:
        template = wording.SECOND_DISPUTE
    if template == wording.TIMELINE:
        return sentence(event.kind, _facts(event, notice))
    return tr(template).format(
        agency=_agencies(notice.concerned),
        asker=_agencies(notice.concerned) if event.part else tr(wording.MODERATOR),
        waiting=_agencies(others_open(event, notice)),
        old=_named(_day(event, "old_on", "old")),
        new=_named(_day(event, "new_on", "new")),
        **_by_day(event, notice),
    )


def _by_day(event: Happened, notice: Notice) -> dict[str, str]:
    """The days the event promised; of those it does not name, what is owed now."""
    answers = [part.answer_on for part in notice.concerned if part.answer_on]
    finishes = [part.finish_on for part in notice.concerned if part.finish_on]
    days = {
        "by_forward": notice.forward_on,
        "by_answer": max(answers, default=_day(event, "answer_on")),
        "by_work": _day(event, "work_on"),
        "by_decide": _day(event, "decide_on") or notice.forward_on,
        "by_finish": _day(event, "finish_on") or max(finishes, default=None),
        "after_reply": _day(event, "reply_until") or notice.reply_until,
        "until_reply": _day(event, "reply_until"),
        "until_object": notice.object_until,
        "on_visit": _day(event, "visit_on"),
    }
    return {name: tr(wording.BY_DAY[name]).format(day=day(value)) if value else "" for name, value in days.items()}


def _facts(event: Happened, notice: Notice) -> Facts:
    """A joint complaint names who leads and who helps, otherwise all are named alike."""
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
        times=max(disputes(event, notice), 1),
    )


def _day(event: Happened, *names: str) -> date | None:
    """The first of these days that the event names."""
    given = (event.data.get(name) for name in names)
    return next((date.fromisoformat(value) for value in given if isinstance(value, str) and value), None)


def _named(value: date | None) -> str:
    return day(value) if value else ""


def _agencies(parts: Iterable[PartNotice]) -> str:
    return listed(tuple(dict.fromkeys(part.agency_name for part in parts)))
