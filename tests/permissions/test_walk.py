"""The walk: every door × every role × a complaint of one's own, another's, another OPD's, an anonymous one, a confidential one."""

from collections import defaultdict

import pytest

from backend.actors.permissions import Role
from tests.permissions.entrances import About, doors, handlers
from tests.permissions.law import CASES, EMPLOYEES, WALKERS, Passage, expected, subjects
from tests.permissions.walking import WALKED, Walk

PASSAGES = [Passage(who, door, subject) for who in WALKERS for door in doors() for subject in subjects(who, door)]
TOURS: dict[tuple[str, str], list[Passage]] = defaultdict(list)
for passage in PASSAGES:
    TOURS[passage.who, passage.subject.name if passage.subject else "the house"].append(passage)


def test_every_handler_says_whom_it_is_for():
    assert [f"{path}: {handler.handler_name}" for path, handler in handlers() if not {"permission", "steps"} & set(handler.opt)] == []


def test_the_walk_leaves_out_no_door_no_role_and_no_kind_of_complaint():
    tried = {About.HOUSE: 1, About.PERSON: len(EMPLOYEES), About.COMPLAINT: len(CASES)}
    of_complaints = [door for door in doors() if door.about == About.COMPLAINT]
    count = len(WALKERS) * sum(tried[door.about] for door in doors()) - len(of_complaints)  # what is nobody's own
    assert len(set(PASSAGES)) == sum(map(len, TOURS.values())) == count
    assert set(WALKERS.values()) == set(Role)


def test_every_role_is_let_in_somewhere_and_turned_away_elsewhere():
    """A table in which everything is open, or nothing is, walks for nothing."""
    for who in WALKERS:
        answers = {expected(*step) for step in PASSAGES if step.who == who}
        assert len(answers) > 1, who


@pytest.mark.parametrize(("who", "subject"), TOURS, ids=lambda name: name)
async def test_everybody_finds_what_is_theirs_and_nothing_else(walk: Walk, who: str, subject: str, record_property):
    walk.answers.clear()
    faults = [fault for step in TOURS[who, subject] if (fault := await walk.go(step))]
    record_property(WALKED, (walk.kind, {answer.value: count for answer, count in walk.answers.items()}))
    assert "\n".join(faults) == ""
