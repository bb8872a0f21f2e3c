"""What a phone may queue is what the table of steps says, no more and no less."""

from backend.complaints.lifecycle import STEPS
from backend.sync.registry import OPERATIONS


def test_a_phone_may_queue_exactly_the_steps_that_the_table_marks():
    marked = {step.kind for step in STEPS if step.queueable}
    assert {struct.__struct_config__.tag for struct in OPERATIONS} == marked
