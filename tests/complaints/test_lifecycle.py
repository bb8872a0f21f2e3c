"""THE TABLE OF STEPS, walked whole: every state, every step, the forbidden pairs too."""

from itertools import product

import pytest

from backend.actors.permissions import PERMISSIONS, Permission, Reach, Role
from backend.complaints.lifecycle import OPEN, STEP, STEP_BY_KIND, STEPS, Decision, decide, status_of
from backend.complaints.pages.steps import COMPLAINT_STEPS, PART_STEPS, permission_of
from backend.complaints.states import PartStatus, Status
from backend.sync.registry import OPERATIONS

WITH_AN_OPD = ("forwarded", "in_progress", "needs_info", "resolved", "disputed")
UNDER_WAY = ("received", *WITH_AN_OPD)
AT_WORK = ("assigned", "in_progress")

COMPLAINT = {
    # step: the states from which it applies
    "submit": (),
    "forward": ("received",),
    "ask": ("received",),
    "reply": UNDER_WAY,
    "reject": ("received",),
    "object": ("rejected",),
    "grant_objection": ("received",),
    "refuse_objection": ("received",),
    "edit": UNDER_WAY,
    "add": UNDER_WAY,
    "withdraw": UNDER_WAY,
    "confirm": ("resolved",),
    "rate": ("closed",),
    "review_silence": ("resolved",),
    "dispute": ("resolved",),
    "redo": ("disputed",),
    "redirect": ("disputed",),
    "decide": ("disputed",),
}
PART = {
    "answer": ("assigned",),
    "answer_information": ("assigned",),
    "name_officer": AT_WORK,
    "visit": AT_WORK,
    "ask": AT_WORK,
    "done": AT_WORK,
}
REACHED = {
    # step: the state in which it stands already; who asks says something of his own, so that it never does
    "complaint.submit": "received",
    "complaint.forward": "forwarded",
    "complaint.reject": "rejected",
    "complaint.object": "received",
    "complaint.grant_objection": "forwarded",
    "complaint.refuse_objection": "rejected",
    "complaint.withdraw": "closed",
    "complaint.confirm": "closed",
    "complaint.review_silence": "closed",
    "complaint.dispute": "disputed",
    "complaint.redo": "in_progress",
    "complaint.redirect": "forwarded",
    "complaint.decide": "closed",
    "part.answer": "in_progress",
    "part.answer_information": "done",
    "part.done": "done",
}
SOURCES = {f"complaint.{name}": states for name, states in COMPLAINT.items()} | {f"part.{name}": states for name, states in PART.items()}
PAIRS = [(status, f"complaint.{name}") for status, name in product(Status, COMPLAINT)]
PAIRS += [(status, f"part.{name}") for status, name in product(PartStatus, PART)]


def test_the_table_has_no_step_that_is_not_tried_here():
    assert {step.kind for step in STEPS} == set(STEP_BY_KIND) == set(SOURCES)
    assert len({step.code for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize(("current", "kind"), PAIRS)
def test_a_step_on_the_screen_of_today_applies_only_from_where_it_may(current, kind):
    wanted = Decision.APPLY if current in SOURCES[kind] else Decision.CONFIRM if REACHED.get(kind) == current else Decision.CONFLICT
    assert decide(current, current, STEP_BY_KIND[kind]) == wanted


@pytest.mark.parametrize(("current", "kind"), PAIRS)
def test_a_step_on_an_old_screen_never_applies(current, kind):
    states = PartStatus if kind.startswith("part.") else Status
    stands = REACHED.get(kind) == current and current not in SOURCES[kind]
    for seen in set(states) - {current}:
        assert decide(current, seen, STEP_BY_KIND[kind]) == (Decision.CONFIRM if stands else Decision.CONFLICT)


def test_a_visit_does_not_stand_because_somebody_answered():
    assert decide("in_progress", "assigned", STEP["visit"]) == Decision.CONFLICT


def test_a_question_is_not_another_ones_question():
    for kind, seen in (("complaint.ask", "received"), ("part.ask", "assigned")):
        assert decide("needs_info", seen, STEP_BY_KIND[kind]) == Decision.CONFLICT


def test_no_opd_ends_a_complaint():
    """Only the reporter, or a moderator who has looked; silence and notes are nobody's step."""
    ends = {step.permission for step in STEPS if step.target == Status.CLOSED}
    assert ends == {Permission.CONFIRM, Permission.WITHDRAW, Permission.REVIEW_SILENCE, Permission.DECIDE_DISPUTE}
    assert all(PERMISSIONS[permission][role] == Reach.NONE for permission in ends for role in (Role.OFFICER, Role.AGENCY_ADMIN))
    assert {Status.CLOSED, Status.REJECTED} == set(Status) - OPEN


def test_every_step_that_changes_something_for_the_citizen_carries_words_where_the_law_asks_for_them():
    silent = {"complaint.forward", "complaint.withdraw", "complaint.confirm", "complaint.rate", "part.name_officer"}
    assert {step.kind for step in STEPS if not step.note_required} == silent
    assert {step.kind for step in STEPS if step.photo_welcome} == {
        "complaint.submit", "complaint.reply", "complaint.add", "complaint.dispute", "part.visit", "part.done",
    }  # fmt: skip


def test_what_a_phone_may_keep_is_what_the_law_lets_it():
    kept = {step.kind for step in STEPS if step.queueable}
    assert kept == {
        "complaint.submit", "complaint.reply", "complaint.add", "complaint.object", "complaint.withdraw", "complaint.confirm",
        "complaint.rate", "complaint.dispute", "part.visit", "part.ask", "part.done",
    }  # fmt: skip
    beside_the_table = {"complaint.follow", "complaint.still_broken"}
    assert {str(struct.__struct_config__.tag) for struct in OPERATIONS} == kept | beside_the_table


def test_every_step_has_its_door():
    doors = {str(struct.__struct_config__.tag) for struct, _ in (*COMPLAINT_STEPS.values(), *PART_STEPS.values())}
    at_one_door = {"part.answer_information"}
    elsewhere = {"complaint.submit"}
    assert set(STEP_BY_KIND) - elsewhere - at_one_door <= doors
    assert all(permission_of(struct) in Permission for struct, _ in (*COMPLAINT_STEPS.values(), *PART_STEPS.values()))


A, P, D, Q, T = PartStatus.ASSIGNED, PartStatus.IN_PROGRESS, PartStatus.DONE, PartStatus.NEEDS_INFO, PartStatus.TAKEN_BACK


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
        ((Q,), False, Status.NEEDS_INFO),
        ((Q, D), False, Status.NEEDS_INFO),
        ((Q,), True, Status.DISPUTED),
        ((T,), False, Status.RECEIVED),
        ((T, A), False, Status.FORWARDED),
        ((T, D), False, Status.RESOLVED),
    ],
)
def test_the_parts_make_the_state(parts, disputed, state):
    assert status_of(tuple((part, True) for part in parts), disputed=disputed) == state


def test_a_helpers_question_does_not_hold_up_the_whole():
    assert status_of(((PartStatus.ASSIGNED, True), (PartStatus.NEEDS_INFO, False)), disputed=False) == Status.IN_PROGRESS
