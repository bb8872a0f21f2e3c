from datetime import datetime

import pytest

from backend.clock import JAKARTA
from backend.events.kinds import EventKind
from backend.notifications import audience, wording
from backend.notifications.audience import HEARS, Case, Channel, Hearer, Line

# `law.md` 5 as it is printed, for what can happen so far: B inbox, P push, M mail; what is read (W) or collected (D) is not told.
# `admin+` notes the head too; `lead` is the admin of the OPD that leads; `other` the moderators who have not decided it before.
LAW = """
event                             | reporter | followers | officer | admin | moderator | case
complaint.received                | B P M    | -         | -       | -     | P         |
complaint.forwarded               | B P M    | B         | -       | P     | -         |
part.officer_named                | B P      | B         | P       | -     | -         |
complaint.asked                   | B P M    | -         | -       | -     | -         |
complaint.replied                 | B        | -         | P       | P     | -         | of_a_part
complaint.replied                 | B        | -         | -       | -     | P         |
complaint.reply_over              | B        | -         | P       | P     | -         | of_a_part
complaint.reply_over              | B        | -         | -       | -     | P         |
part.answered                     | B P M    | B P       | -       | -     | -         |
part.visited                      | B P      | B         | -       | -     | -         |
part.done                         | B        | B         | -       | lead P| -         | others_open joint
part.done                         | B        | B         | -       | -     | -         | others_open
part.done                         | -        | -         | -       | -     | -         |
complaint.resolved                | B P M    | B P       | -       | -     | -         |
complaint.confirmed               | B        | B         | -       | -     | -         |
complaint.closed_silently         | B        | B         | -       | -     | -         |
complaint.withdrawn               | B        | B         | -       | -     | -         |
complaint.noted                   | B        | B         | -       | -     | -         |
complaint.review_due              | -        | -         | -       | -     | -         |
complaint.disputed                | B        | B         | P       | admin+ P | -      | disputes=1
complaint.disputed                | B P M    | B         | P       | admin+ P | P      | disputes=2
dispute.redo_decided              | B P M    | B         | P       | admin+ P | P      |
dispute.redirected                | B P M    | B         | P       | admin+ P | P      |
complaint.closed_by_decision      | B P M    | B         | P       | admin+ P | P      |
complaint.rejected                | B P M    | -         | -       | -     | -         |
complaint.objected                | B P M    | -         | -       | -     | other P   |
objection.refused                 | B P M    | -         | -       | -     | other P   |
objection.granted                 | B P M    | -         | -       | -     | other P   |
complaint.edited                  | B P      | -         | -       | -     | -         |
complaint.edited                  | -        | -         | -       | -     | -         | by_reporter
complaint.secrecy_changed         | B P      | -         | -       | -     | -         |
complaint.secrecy_changed         | -        | -         | -       | -     | -         | by_reporter
promise.moved                     | B P M    | B         | -       | -     | -         |
contact.viewed                    | B        | -         | -       | -     | -         |
"""
OF_PEOPLE = {
    EventKind.ROLE_PROPOSED: (Hearer.SECRETARY, {Channel.INBOX, Channel.PUSH}),
    EventKind.ROLE_GIVEN: (Hearer.SELF, {Channel.INBOX, Channel.PUSH}),
    EventKind.ROLE_CONFIRMED: (Hearer.SELF, {Channel.INBOX, Channel.PUSH}),
    EventKind.ROLE_ENDED: (Hearer.SELF, {Channel.INBOX, Channel.PUSH}),
}
UNHEARD = {
    EventKind.ROLE_REFUSED,
    EventKind.ACCOUNT_DISABLED,
    EventKind.CONFLICTED,
    EventKind.ADDED,
    EventKind.PHOTOS_RELEASED,
    EventKind.RATED,
    EventKind.FOLLOWED,
    EventKind.STILL_BROKEN,
    EventKind.CONTINUED,
    EventKind.CLAIMED,
    EventKind.CLOCK_OVER,
    EventKind.PHOTO_UPLOADED,
    EventKind.PHOTO_READY,
    EventKind.PHOTO_REFUSED,
}
COLUMNS = ("reporter", "followers", "officer", "admin", "moderator")
MEANT = {
    "reporter": {Hearer.REPORTER},
    "followers": {Hearer.FOLLOWER},
    "officer": {Hearer.OFFICER},
    "admin": {Hearer.AGENCY_ADMIN},
    "admin+": {Hearer.AGENCY_ADMIN, Hearer.HEAD},
    "lead": {Hearer.LEAD_ADMIN},
    "moderator": {Hearer.MODERATOR},
    "other": {Hearer.OTHER_MODERATOR},
}


def law():
    """The table's lines: event, case, and who hears how; whatever is told stands in the inbox too."""
    _, *lines = LAW.strip().splitlines()
    for line in lines:
        event, *cells, case = (cell.strip() for cell in line.split("|"))
        yield EventKind(event), _case(case), dict(_cells(cells))


def _cells(cells):
    for column, cell in zip(COLUMNS, cells, strict=True):
        letters = {Channel(word) for word in cell.split() if word in set(Channel)}
        named = next((word for word in cell.split() if word in MEANT), column)
        if letters:
            yield from ((hearer, letters | {Channel.INBOX}) for hearer in MEANT[named])


def _case(words):
    given = dict(word.split("=") if "=" in word else (word, True) for word in words.split())
    return Case(**{name: int(value) if value is not True else True for name, value in given.items()})


@pytest.mark.parametrize(("kind", "case", "hear"), list(law()))
def test_each_event_is_heard_by_those_the_law_names_and_by_its_ways(kind, case, hear):
    assert {line.hearer: set(line.channels) for line in audience.lines(kind, case)} == hear


@pytest.mark.parametrize("kind", OF_PEOPLE)
def test_a_changed_role_is_told_to_the_person_and_a_proposed_one_to_who_must_agree(kind):
    hearer, channels = OF_PEOPLE[kind]
    assert [(line.hearer, set(line.channels)) for line in audience.lines(kind, Case())] == [(hearer, channels)]


@pytest.mark.parametrize("kind", sorted(UNHEARD))
def test_of_the_rest_nobody_is_told(kind):
    assert HEARS[kind] == ()


def test_everything_that_can_happen_has_its_row():
    assert set(HEARS) == set(EventKind) == {kind for kind, _, _ in law()} | set(OF_PEOPLE) | UNHEARD


@pytest.mark.parametrize("kind", EventKind)
def test_whatever_rings_or_is_mailed_stands_in_the_inbox_too(kind):
    assert all(Channel.INBOX in line.channels for line in HEARS[kind])


@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize("disputes", [0, 1, 2])
def test_who_reported_anonymously_finds_it_by_key_and_is_neither_rung_nor_mailed(kind, disputes):
    case = Case(anonymous=True, disputes=disputes, others_open=True, joint=True)
    told = [line for line in audience.lines(kind, case) if line.hearer == Hearer.REPORTER]
    assert all(line.channels == {Channel.INBOX} for line in told)
    openly = [
        line for line in audience.lines(kind, Case(disputes=disputes, others_open=True, joint=True)) if line.hearer == Hearer.REPORTER
    ]
    assert len(told) == len(openly)


@pytest.mark.parametrize("kind", EventKind)
def test_of_what_is_confidential_no_follower_hears(kind):
    case = Case(confidential=True, disputes=2, others_open=True, joint=True)
    assert Hearer.FOLLOWER not in {line.hearer for line in audience.lines(kind, case)}


def test_there_are_words_for_each_who_hears_and_for_nobody_else():
    assert set(wording.WORDS) == {(kind, line.hearer) for kind, lines in HEARS.items() for line in lines}


def test_no_cell_is_meant_twice():
    for kind, case, _ in law():
        hearers = [line.hearer for line in audience.lines(kind, case)]
        assert len(hearers) == len(set(hearers)), kind
    assert Line._fields == ("hearer", "channels", "when")


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
