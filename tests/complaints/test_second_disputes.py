"""The second time it is not in order a moderator decides (`law.md` C19, C20, G10)."""

from datetime import date

import pytest

from backend.actors.permissions import Role
from backend.complaints import actions, disputes, parts, queries
from backend.complaints.tables import Complaint
from backend.errors import NotFound
from backend.operations import Status
from backend.sla.policy import ClockKind
from tests.support import asked, spoken
from tests.support.city import person
from tests.support.walked import applied, due, part_row, resolved, row


@pytest.fixture
async def twice(city, at):
    """Disputed for the second time on Thursday 12 March: the complaint and its part."""
    complaint, part = await resolved(city, city.citizen)
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    await parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress"))
    at("2026-03-12 10:00")
    await applied(actions.dispute(city.citizen, asked.dispute(city.citizen, complaint)))
    return complaint, part


async def test_the_second_time_the_part_clocks_stand_and_the_moderator_has_two_days(city, twice):
    complaint, part = twice
    assert await due(complaint) == {ClockKind.MODERATION: date(2026, 3, 16)}
    assert await due(complaint, part) == {}
    assert (await part_row(part)).status == "in_progress"


async def test_the_office_that_looks_along_reads_the_case_and_takes_no_step_in_it(city, twice):
    complaint, part = twice
    witness = await person(Role.AGENCY_ADMIN, spoken.KELURAHAN)
    with pytest.raises(NotFound):
        await queries.one(witness, complaint)
    await applied(disputes.redo(city.moderator, spoken.redo(city.moderator, complaint, date(2026, 3, 17))))
    assert (await queries.one(witness, complaint)).id == complaint
    assert (await parts.finish(witness, asked.finish(witness, part, seen="in_progress"))).code == "not_found"
    await Complaint.update({Complaint.confidential: True}).where(Complaint.id == complaint)
    with pytest.raises(NotFound):
        await queries.one(witness, complaint)


@pytest.mark.parametrize(
    ("finish_on", "fits"),
    [("2026-03-12", True), ("2026-03-17", True), ("2026-03-18", False), ("2026-03-14", False), ("2026-03-11", False)],
)
async def test_a_moderator_binds_it_to_a_working_day_within_three(city, twice, finish_on, fits):
    complaint, part = twice
    outcome = await disputes.redo(city.moderator, spoken.redo(city.moderator, complaint, date.fromisoformat(finish_on)))
    assert set(outcome.fields or ()) == (set() if fits else {"finish_on"})
    if fits:
        found = await part_row(part)
        assert (found.binding, str(found.witness), found.finish_on) == (True, spoken.KELURAHAN, date.fromisoformat(finish_on))
        assert await due(complaint, part) == {ClockKind.FINISH: date.fromisoformat(finish_on)}
        assert ((await row(complaint)).status, await due(complaint)) == ("in_progress", {})


async def test_the_witness_is_a_kelurahan_or_a_kecamatan(city, twice):
    complaint, _ = twice
    day = date(2026, 3, 17)
    for wrong in ("DLH", "nowhere"):
        outcome = await disputes.redo(city.moderator, spoken.redo(city.moderator, complaint, day, witness=wrong))
        assert set(outcome.fields) == {"witness"}
    await applied(disputes.redo(city.moderator, spoken.redo(city.moderator, complaint, day, witness="KEC-KLOJEN")))


async def test_a_binding_date_is_not_moved_by_a_visit(city, twice):
    complaint, part = twice
    await applied(disputes.redo(city.moderator, spoken.redo(city.moderator, complaint, date(2026, 3, 16))))
    later = asked.visit(city.roads, part, seen="in_progress", finish_on=date(2026, 3, 17))
    assert set((await parts.visit(city.roads, later)).fields) == {"finish_on"}
    await applied(parts.visit(city.roads, asked.visit(city.roads, part, seen="in_progress", finish_on=date(2026, 3, 16))))


async def test_after_the_moderators_word_there_is_no_third_dispute(city, twice):
    complaint, part = twice
    await applied(disputes.redo(city.moderator, spoken.redo(city.moderator, complaint, date(2026, 3, 16))))
    await applied(parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress")))
    assert (await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))).code == "disputed_enough"


async def test_a_moderator_turns_to_another_opd_that_has_had_no_part_of_it(city, twice):
    complaint, part = twice
    same = await disputes.redirect(city.moderator, spoken.redirect(city.moderator, complaint, "DPUPRPKP"))
    assert set(same.fields) == {"parts"}
    await applied(disputes.redirect(city.moderator, spoken.redirect(city.moderator, complaint, "DLH")))
    [new] = [each for each in await queries.parts_of(complaint) if each.agency == "DLH"]
    assert ((await part_row(part)).status, new.status, (await row(complaint)).status) == ("taken_back", "assigned", "forwarded")
    assert await due(complaint, new.id) == {
        ClockKind.ANSWER: date(2026, 3, 13),
        ClockKind.WORK: date(2026, 3, 17),
        ClockKind.FINISH: date(2026, 3, 17),
    }
    assert await due(complaint) == await due(complaint, part) == {}
    assert (await parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress"))).code == "not_found"
    await applied(parts.finish(city.parks, asked.finish(city.parks, new.id)))
    assert (await row(complaint)).status == "resolved"


async def test_a_moderator_closes_it_with_a_reason_and_it_counts_apart(city, twice):
    complaint, part = twice
    await applied(disputes.decide(city.moderator, spoken.decide(city.moderator, complaint)))
    found = await row(complaint)
    assert (found.status, found.ending, found.closed_at is not None) == ("closed", "decided", True)
    assert (await parts.finish(city.roads, asked.finish(city.roads, part, seen="in_progress"))).status == Status.CONFLICT


async def test_after_the_first_dispute_there_is_nothing_to_decide_yet(city):
    complaint, _ = await resolved(city, city.citizen)
    await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    for outcome in (
        await disputes.decide(city.moderator, spoken.decide(city.moderator, complaint)),
        await disputes.redo(city.moderator, spoken.redo(city.moderator, complaint, date(2026, 3, 4))),
        await disputes.redirect(city.moderator, spoken.redirect(city.moderator, complaint)),
    ):
        assert outcome.code == "not_disputed_twice"


async def test_only_a_moderator_decides(city, twice):
    complaint, _ = twice
    for other in (city.citizen, city.roads, city.officer):
        assert (await disputes.decide(other, spoken.decide(other, complaint))).code == "not_found"
