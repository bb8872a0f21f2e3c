from datetime import datetime

import pytest

from backend.clock import JAKARTA
from backend.events.kinds import EventKind
from backend.notifications import audience, messages
from backend.notifications.audience import HEARS, Case, Hearer

NOTHING_SPECIAL = {"anonymous": False, "led_others_open": False, "disputes": 0}

# `law.md` 5: the columns reporter, officer, OPD admin, moderator, where they say P; never the person who did it.
LAW = [
    (EventKind.RECEIVED, {}, {Hearer.MODERATOR}),
    (EventKind.FORWARDED, {}, {Hearer.REPORTER, Hearer.AGENCY_ADMIN}),
    (EventKind.OFFICER_NAMED, {}, {Hearer.REPORTER, Hearer.OFFICER}),
    (EventKind.ANSWERED, {}, {Hearer.REPORTER}),
    (EventKind.VISITED, {}, {Hearer.REPORTER}),
    (EventKind.PART_DONE, {}, set()),
    (EventKind.PART_DONE, {"led_others_open": True}, {Hearer.LEAD_ADMIN}),
    (EventKind.RESOLVED, {}, {Hearer.REPORTER}),
    (EventKind.CONFIRMED, {}, set()),
    (EventKind.DISPUTED, {"disputes": 1}, {Hearer.OFFICER, Hearer.AGENCY_ADMIN}),
    (EventKind.DISPUTED, {"disputes": 2}, {Hearer.OFFICER, Hearer.AGENCY_ADMIN, Hearer.MODERATOR}),
    (EventKind.CONFLICTED, {}, set()),
    (EventKind.PHOTO_UPLOADED, {}, set()),
    (EventKind.PHOTO_READY, {}, set()),
    (EventKind.PHOTO_REFUSED, {}, set()),
]


@pytest.mark.parametrize(("kind", "case", "hear"), LAW)
def test_each_event_is_heard_by_those_the_law_names(kind, case, hear):
    assert set(audience.hearers(kind, Case(**NOTHING_SPECIAL | case))) == hear


def test_everything_that_can_happen_has_its_row():
    assert set(HEARS) == set(EventKind) == {kind for kind, _, _ in LAW}


@pytest.mark.parametrize("kind", EventKind)
def test_nobody_is_pushed_to_who_reported_anonymously(kind):
    case = Case(anonymous=True, led_others_open=True, disputes=2)
    assert Hearer.REPORTER not in audience.hearers(kind, case)


def test_there_are_words_for_each_who_hears_and_for_nobody_else():
    assert set(messages.WORDS) == {(kind, line.hearer) for kind, lines in HEARS.items() for line in lines}


@pytest.mark.parametrize(
    ("happens", "rings"),
    [
        ("2026-11-24 05:59", "2026-11-24 06:00"),
        ("2026-11-24 06:00", "2026-11-24 06:00"),
        ("2026-11-24 20:59", "2026-11-24 20:59"),
        ("2026-11-24 21:00", "2026-11-25 06:00"),
        ("2026-12-31 23:30", "2027-01-01 06:00"),
        ("2027-01-01 00:10", "2027-01-01 06:00"),
    ],
)
def test_nothing_rings_between_nine_in_the_evening_and_six(happens, rings):
    moment, expected = (datetime.fromisoformat(text).replace(tzinfo=JAKARTA) for text in (happens, rings))
    assert audience.not_before(moment) == expected
