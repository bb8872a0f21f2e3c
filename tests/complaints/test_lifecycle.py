"""THE TABLE OF STEPS, walked whole: every state, every step, the forbidden pairs too."""

from itertools import product

import pytest

from backend.actors.permissions import Permission
from backend.complaints.lifecycle import OPEN, STEP, STEPS, Decision, PartStatus, Status, decide, status_of

COMPLAINT = {
    # step: the states from which it applies
    "submit": (),
    "forward": ("received",),
    "confirm": ("resolved",),
    "dispute": ("resolved",),
}
PART = {
    "answer": ("assigned",),
    "answer_information": ("assigned",),
    "name_officer": ("assigned", "in_progress"),
    "visit": ("assigned", "in_progress"),
    "done": ("assigned", "in_progress"),
}
REACHED = {
    # step: the state in which it stands already
    "submit": "received",
    "forward": "forwarded",
    "confirm": "closed",
    "dispute": "disputed",
    "answer": "in_progress",
    "answer_information": "done",
    "done": "done",
}
PAIRS = [(status, name) for status, name in product(Status, COMPLAINT)] + [(status, name) for status, name in product(PartStatus, PART)]


def test_the_table_has_no_step_that_is_not_tried_here():
    assert {step.name for step in STEPS} == set(COMPLAINT) | set(PART)
    assert {step.name for step in STEPS if step.of_part} == set(PART)


@pytest.mark.parametrize(("current", "name"), PAIRS)
def test_a_step_on_the_screen_of_today_applies_only_from_where_it_may(current, name):
    wanted = (
        Decision.APPLY if current in (COMPLAINT | PART)[name] else Decision.CONFIRM if REACHED.get(name) == current else Decision.CONFLICT
    )
    assert decide(current, current, STEP[name]) == wanted


@pytest.mark.parametrize(("current", "name"), PAIRS)
def test_a_step_on_an_old_screen_never_applies(current, name):
    states = PartStatus if name in PART else Status
    for seen in set(states) - {current}:
        assert decide(current, seen, STEP[name]) == (Decision.CONFIRM if REACHED.get(name) == current else Decision.CONFLICT)


def test_a_visit_does_not_stand_because_somebody_answered():
    assert decide("in_progress", "assigned", STEP["visit"]) == Decision.CONFLICT


def test_only_the_reporter_ends_a_complaint():
    assert {step.permission for step in STEPS if step.target == Status.CLOSED} == {Permission.CONFIRM}
    assert Status.CLOSED not in OPEN


def test_every_step_that_changes_something_for_the_citizen_carries_words_where_the_law_asks_for_them():
    assert {step.name for step in STEPS if step.note_required} == {"submit", "dispute", "answer", "answer_information", "visit", "done"}
    assert {step.name for step in STEPS if step.photo_welcome} == {"submit", "dispute", "visit", "done"}


A, P, D = PartStatus.ASSIGNED, PartStatus.IN_PROGRESS, PartStatus.DONE


@pytest.mark.parametrize(
    ("parts", "disputed", "state"),
    [
        ((), False, Status.RECEIVED),
        ((A,), False, Status.FORWARDED),
        ((A, A), False, Status.FORWARDED),
        ((P,), False, Status.IN_PROGRESS),
        ((A, P), False, Status.IN_PROGRESS),
        ((A, D), False, Status.IN_PROGRESS),
        ((P, D), False, Status.IN_PROGRESS),
        ((D,), False, Status.RESOLVED),
        ((D, D), False, Status.RESOLVED),
        ((P,), True, Status.DISPUTED),
        ((P, D), True, Status.DISPUTED),
        ((D,), True, Status.RESOLVED),
    ],
)
def test_the_parts_make_the_state(parts, disputed, state):
    assert status_of(parts, disputed=disputed) == state
