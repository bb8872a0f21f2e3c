"""What a phone may queue is what the table of steps says, no more and no less; and what followers of a public complaint say."""

from typing import get_args

from backend.complaints.lifecycle import STEPS
from backend.sync.registry import OPERATIONS, Queueable

OF_FOLLOWERS = {"complaint.follow", "complaint.still_broken"}


def test_a_phone_may_queue_exactly_the_steps_that_the_table_marks():
    marked = {step.kind for step in STEPS if step.queueable}
    assert {struct.__struct_config__.tag for struct in OPERATIONS} == marked | OF_FOLLOWERS


def test_what_can_be_read_has_somebody_who_carries_it_out():
    assert set(get_args(Queueable)) == set(OPERATIONS)
