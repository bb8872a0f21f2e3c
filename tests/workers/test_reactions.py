import pytest

from backend.events.kinds import EventKind
from backend.jobs.kinds import JobKind
from backend.notifications.audience import HEARS
from workers.handlers import HANDLERS
from workers.reactions import REACTIONS


def test_everything_that_can_happen_has_its_row():
    assert set(REACTIONS) == set(EventKind)


def test_every_kind_of_job_has_somebody_who_does_it():
    assert set(HANDLERS) == set(JobKind)


@pytest.mark.parametrize("kind", EventKind)
def test_what_somebody_hears_of_is_announced_and_nothing_else_is(kind):
    assert (JobKind.ANNOUNCE in REACTIONS[kind]) == bool(HEARS[kind])


def test_a_photo_that_has_come_is_processed():
    assert REACTIONS[EventKind.PHOTO_UPLOADED] == (JobKind.PROCESS_PHOTO,)


def test_a_complaint_brought_into_an_account_brings_its_lines():
    assert REACTIONS[EventKind.CLAIMED] == (JobKind.HAND_OVER,)


def test_the_browsers_of_an_account_that_is_closed_are_forgotten():
    assert REACTIONS[EventKind.ACCOUNT_DISABLED] == (JobKind.FORGET_BROWSERS,)
