"""What each class owes, line by line of the law book, and whose time counts."""

from datetime import datetime

import pytest

from backend import clock
from backend.sla import calendar, policy
from backend.sla.policy import CLASSES, DEADLINES, ClassPolicy, ClockKind, ServiceClass
from backend.sla.seed import known_days

LAW = {
    # class            answer coordinate work finish within
    "information": (1, None, None, 1, None),
    "public_service": (1, None, None, 2, 14),
    "field_work": (1, None, 3, 3, 14),
    "joint": (1, 3, 7, 7, 21),
    "oversight": (1, None, 14, 60, None),
    "proposal": (1, None, 5, 5, None),
    "note": (None, None, None, None, None),
}


def malang(text):
    return datetime.fromisoformat(text).replace(tzinfo=clock.JAKARTA)


@pytest.mark.parametrize("service_class", ServiceClass)
def test_each_class_owes_what_the_law_book_says(service_class):
    answer, coordinate, work, finish, within = LAW[service_class]
    expected = ClassPolicy(answer=answer, coordinate=coordinate, work=work, finish=finish, finish_within=within)
    assert CLASSES[service_class] == expected


@pytest.mark.parametrize("service_class", ServiceClass)
def test_a_part_starts_the_clocks_of_its_class_and_no_others(service_class):
    answer, coordinate, work, finish, _ = LAW[service_class]
    days = {"answer": answer, "coordinate": coordinate, "work": work, "finish": finish}
    assert policy.owed(service_class) == {kind: count for kind, count in days.items() if count is not None}


def test_who_helps_in_a_joint_complaint_owes_work_but_no_answer_of_its_own():
    assert policy.owed(ServiceClass.JOINT, lead=False) == {ClockKind.WORK: 7, ClockKind.FINISH: 7}


@pytest.mark.parametrize("service_class", [each for each in ServiceClass if each != ServiceClass.JOINT])
def test_outside_joint_complaints_every_part_answers_for_itself(service_class):
    assert policy.owed(service_class, lead=False) == policy.owed(service_class, lead=True)


def test_windows_that_do_not_depend_on_the_class():
    assert DEADLINES == {"moderation": 1, "promise": 2, "reply": 5, "silence": 10, "objection": 10}


def test_every_clock_has_its_days_somewhere():
    by_class = {kind for service_class in ServiceClass for kind in policy.owed(service_class)}
    assert by_class | set(DEADLINES) == set(ClockKind)


@pytest.mark.parametrize(
    ("device", "server", "previous", "counted"),
    [
        # 5a: done offline on the due day, sent on Saturday
        ("2026-02-06T16:20", "2026-02-07T11:00", "2026-02-04T09:00", "2026-02-06T16:20"),
        # 5b: sent on Monday, more than a day later
        ("2026-02-06T16:20", "2026-02-09T08:00", "2026-02-04T09:00", "2026-02-08T08:00"),
        # 5c: the phone's clock is a day slow, and the officer was assigned this morning
        ("2026-02-05T10:00", "2026-02-06T14:00", "2026-02-06T08:30", "2026-02-06T08:30"),
        # the phone's clock is fast
        ("2026-02-06T15:00", "2026-02-06T14:00", "2026-02-04T09:00", "2026-02-06T14:00"),
        # online
        ("2026-02-06T14:00", "2026-02-06T14:00", "2026-02-04T09:00", "2026-02-06T14:00"),
        # exactly 24 hours back
        ("2026-02-05T14:00", "2026-02-06T14:00", "2026-02-04T09:00", "2026-02-05T14:00"),
    ],
)
def test_the_phones_time_counts_within_a_day_and_never_before_the_step_it_follows(device, server, previous, counted):
    assert policy.counted_at(malang(device), malang(server), malang(previous)) == malang(counted)


@pytest.mark.parametrize(("arrives", "late"), [("2026-02-07T11:00", 0), ("2026-02-09T08:00", 1)])
def test_work_done_offline_on_the_due_day_is_in_time_if_it_arrives_within_a_day(arrives, late):
    counted = policy.counted_at(malang("2026-02-06T16:20"), malang(arrives), malang("2026-02-04T09:00"))
    due_on = malang("2026-02-06T00:00").date()
    assert calendar.days_late(due_on, clock.day_of(counted), frozenset(known_days())) == late
