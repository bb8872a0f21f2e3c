"""The walk of a complaint: told, forwarded, confirmed, disputed, with the promises of `law.md` 3.4."""

from datetime import date

import pytest

from backend.actors.actor import NOBODY
from backend.agencies.tables import Area
from backend.complaints import actions, claims, queries
from backend.complaints.operations import Place
from backend.complaints.states import Mode
from backend.operations import Owed, Status
from backend.sla.policy import ClockKind
from tests.support import asked
from tests.support.walked import due, forwarded, happened, row, told

JOGJA = Place(latitude=-7.7956, longitude=110.3695)


async def test_an_account_tells_and_the_receipt_promises_an_answer(city):
    op = asked.submit(city.citizen)
    outcome = await actions.submit(city.citizen, op)
    assert (outcome.status, outcome.complaint.id, outcome.complaint.status) == (Status.APPLIED, op.complaint, "received")
    assert outcome.complaint.owed == (Owed(what="answer", by="2026-03-04"),)
    kept = await row(op.complaint)
    assert (kept.reporter, kept.claim_hash, kept.text) == (city.citizen.account, None, asked.WORDS)
    assert kept.number == outcome.complaint.number
    assert await happened(op.complaint) == ["complaint.received"]


async def test_a_guest_tells_and_only_the_hash_of_his_key_is_kept(city):
    complaint = await told(key=asked.KEY)
    kept = await row(complaint)
    assert (kept.reporter, kept.claim_hash) == (None, claims.hash_of(asked.KEY))
    assert await queries.proven([asked.KEY]) == {complaint: False}
    assert await queries.proven(["0" * 26]) == {}


async def test_somebody_anonymous_tells_and_only_the_hour_is_kept(city, at):
    at("2026-03-02 09:41")
    op = asked.anonymous()
    outcome = await actions.submit(NOBODY, op)
    kept = await row(op.complaint)
    assert outcome.status == Status.APPLIED
    assert kept.received_at == at("2026-03-02 09:00")
    assert await queries.proven([asked.KEY]) == {op.complaint: True}


@pytest.mark.parametrize(
    ("received", "moderation", "promise"),
    [
        ("2026-02-17 10:00", "2026-02-18", "2026-02-19"),  # 2a: a holiday
        ("2026-03-21 10:00", "2026-03-25", "2026-03-26"),  # 2b: Idul Fitri
        ("2026-04-07 09:00", "2026-04-08", "2026-04-09"),  # 4
        ("2026-04-30 15:00", "2026-05-04", "2026-05-05"),  # 9: before a holiday and a weekend
        ("2026-02-12 23:40", "2026-02-13", "2026-02-18"),  # late in the evening, before Imlek
    ],
)
async def test_the_promise_of_the_receipt(city, at, received, moderation, promise):
    at(received)
    complaint = await told()
    assert await due(complaint) == {ClockKind.MODERATION: date.fromisoformat(moderation), ClockKind.PROMISE: date.fromisoformat(promise)}
    assert (await row(complaint)).promise_answer_on == date.fromisoformat(promise)


async def test_what_was_typed_offline_is_promised_from_its_arrival_and_keeps_both_times(city, at):
    """Example 4, T3."""
    typed, arrived = at("2026-04-06 20:00"), at("2026-04-07 09:00")
    complaint = await told(occurred_at=typed)
    kept = await row(complaint)
    assert (kept.occurred_at, kept.received_at) == (typed, arrived)
    assert (await due(complaint))[ClockKind.PROMISE] == date(2026, 4, 9)


async def test_a_place_outside_malang_is_taken_with_a_word_on_who_may_be_responsible(city):
    outcome = await actions.submit(NOBODY, asked.submit(place=JOGJA))
    assert outcome.status == Status.APPLIED
    assert outcome.notice
    assert (await row(outcome.complaint.id)).seems_outside
    malang = (await Area.objects().first()) or pytest.fail("no areas")
    inside = await actions.submit(NOBODY, asked.submit(place=Place(latitude=malang.latitude, longitude=malang.longitude)))
    assert inside.notice == ""


@pytest.mark.parametrize(
    ("other", "field"),
    [({"category": "999"}, "category"), ({"place": Place(area="35.73.99.9999")}, "place"), ({"text": "  "}, "text")],
)
async def test_what_nobody_knows_is_refused_by_its_field(city, other, field):
    op = asked.submit(**other)
    outcome = await actions.submit(NOBODY, op)
    assert (outcome.status, outcome.code, set(outcome.fields)) == (Status.REJECTED, "invalid", {field})
    assert await row(op.complaint) is None


async def test_a_complaint_comes_once_whatever_the_operation(city):
    first = asked.submit()
    await actions.submit(NOBODY, first)
    again = await actions.submit(NOBODY, asked.submit(complaint=first.complaint, text="Yang lain sama sekali."))
    assert (again.status, again.code) == (Status.REJECTED, "complaint_exists")
    assert (await row(first.complaint)).text == asked.WORDS


async def test_a_number_somebody_has_is_drawn_again(city, monkeypatch):
    taken = (await row(await told())).number
    drawn = iter([taken, taken, "ZZZZ99"])
    monkeypatch.setattr(claims, "new_number", lambda: next(drawn))
    assert (await row(await told())).number == "ZZZZ99"


async def test_forwarded_to_one_opd_its_clocks_start_and_the_moderators_ends(city, at):
    at("2026-02-12 23:40")  # example 1
    complaint, part = await forwarded(city)
    assert (await row(complaint)).status == "forwarded"
    assert await due(complaint, part) == {
        ClockKind.ANSWER: date(2026, 2, 13),
        ClockKind.WORK: date(2026, 2, 19),
        ClockKind.FINISH: date(2026, 2, 19),
    }
    assert set(await due(complaint)) == {ClockKind.PROMISE}
    assert (await row(complaint)).promise_finish_on == date(2026, 2, 19)
    assert await happened(complaint) == ["complaint.received", "complaint.forwarded"]


async def test_the_long_closure_does_not_count(city, at):
    at("2026-03-17 08:05")  # example 3a
    complaint, part = await forwarded(city)
    owed = await due(complaint, part)
    assert (owed[ClockKind.ANSWER], owed[ClockKind.WORK]) == (date(2026, 3, 25), date(2026, 3, 27))


async def test_a_service_forwarded_late_has_clocks_of_its_own(city, at):
    at("2026-04-30 15:00")  # example 9
    complaint = await told()
    at("2026-05-06 09:00")
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint, service_class="public_service"))
    [part] = await queries.parts_of(complaint)
    assert await due(complaint, part.id) == {ClockKind.ANSWER: date(2026, 5, 7), ClockKind.FINISH: date(2026, 5, 8)}
    assert (await due(complaint))[ClockKind.PROMISE] == date(2026, 5, 5)


async def test_two_matters_side_by_side_have_a_clock_each(city, at):
    at("2026-07-06 09:00")
    complaint, *given = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.PARALLEL)
    for part in given:
        assert set(await due(complaint, part)) == {ClockKind.ANSWER, ClockKind.WORK, ClockKind.FINISH}
    assert all(part.lead for part in await queries.parts_of(complaint))


async def test_a_joint_one_is_coordinated_by_day_three_and_worked_on_by_day_seven(city, at):
    at("2026-05-11 09:00")  # example 10
    complaint, leads, helps = await forwarded(city, "DPUPRPKP", "DLH", mode=Mode.JOINT)
    lead, helper = await due(complaint, leads), await due(complaint, helps)
    assert lead == {
        ClockKind.ANSWER: date(2026, 5, 12),
        ClockKind.COORDINATE: date(2026, 5, 18),
        ClockKind.WORK: date(2026, 5, 22),
        ClockKind.FINISH: date(2026, 5, 22),
    }
    assert helper == {ClockKind.WORK: date(2026, 5, 22), ClockKind.FINISH: date(2026, 5, 22)}
    assert (await row(complaint)).promise_finish_on == date(2026, 5, 22)
    assert {(str(part.agency), part.lead) for part in await queries.parts_of(complaint)} == {("DPUPRPKP", True), ("DLH", False)}


async def test_only_a_moderator_forwards_and_to_opds_there_are(city):
    complaint = await told()
    for other in (city.citizen, city.roads, city.officer):
        outcome = await actions.forward(other, asked.forward(other, complaint))
        assert (outcome.status, outcome.code) == (Status.REJECTED, "not_found")
    outcome = await actions.forward(city.moderator, asked.forward(city.moderator, complaint, "DINAS-LAIN"))
    assert set(outcome.fields) == {"parts"}
    assert (await row(complaint)).status == "received"


async def test_of_two_moderators_at_once_the_second_is_told_who_was_first(city):
    complaint, _ = await forwarded(city)
    late = await actions.forward(city.moderator, asked.forward(city.moderator, complaint, "DLH"))
    assert (late.status, late.code) == (Status.APPLIED, "already")
    assert [str(part.agency) for part in await queries.parts_of(complaint)] == ["DPUPRPKP"]
