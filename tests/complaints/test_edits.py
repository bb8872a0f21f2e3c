"""C13: what was written is put right and never lost; who may know is raised by the city's people and lowered by the reporter alone."""

from uuid import uuid4

import pytest

from backend.actors.actor import NOBODY, Actor
from backend.agencies.tables import Category
from backend.complaints import actions, edits, originals, publishing, queries
from backend.complaints.operations import Place
from backend.complaints.private import HIDDEN
from backend.complaints.tables import Complaint, Edit, Note
from backend.errors import NotFound
from backend.events.tables import Event
from backend.operations import Status
from tests.support import asked, asked_desk
from tests.support import city as a_city
from tests.support.walked import applied, forwarded, happened, resolved, row, told

BETTER = "Lampu jalan mati di depan Pasar Oro-Oro Dowo, sisi utara."
THERE = Place(address="Jl. Guntur 20", area="35.73.02.1008")


async def edited(actor, complaint, **other):
    await applied(edits.edit(actor, asked_desk.edit(actor, complaint, **other)))


async def test_everybody_works_with_the_new_words_and_the_original_is_kept(city):
    complaint = await told(city.citizen)
    await edited(city.moderator, complaint, text=f" {BETTER} ", category="9", place=THERE)
    kept = await row(complaint)
    assert (kept.text, kept.category, kept.address, kept.area) == (BETTER, "9", "Jl. Guntur 20", "35.73.02.1008")
    changes = await Edit.objects().where(Edit.complaint == complaint)
    assert {(change.field, change.before) for change in changes if change.field == "text"} == {("text", asked.WORDS)}
    assert {change.field for change in changes} == {"text", "category", "place"}
    assert {change.account for change in changes} == {city.moderator.account}
    assert (await happened(complaint))[-1] == "complaint.edited"


async def test_the_log_knows_which_parts_and_no_word_of_them(city):
    complaint = await told(city.citizen)
    await edited(city.moderator, complaint, text=BETTER, reason="Nama tetangga disebut.")
    event = (await Event.objects().where(Event.complaint == complaint, Event.kind == "complaint.edited"))[0]
    assert '"fields":"text"' in event.data
    assert '"by":"moderator"' in event.data
    assert "tetangga" not in event.data
    assert "Guntur" not in event.data
    assert await Edit.exists().where(Edit.id == event.subject)


async def test_what_is_not_given_stays(city):
    complaint = await told(city.citizen, category="9")
    before = await row(complaint)
    await edited(city.moderator, complaint, text=BETTER)
    after = await row(complaint)
    assert (after.category, after.address, after.area) == (before.category, before.address, before.area)


async def test_the_reporter_puts_it_right_until_it_is_forwarded_and_then_adds(city):
    complaint = await told(city.citizen)
    await edited(city.citizen, complaint, text=BETTER, reason="Salah ketik.")
    [change] = await Edit.objects().where(Edit.complaint == complaint)
    assert (change.before, change.account) == (asked.WORDS, city.citizen.account)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint)))
    late = await edits.edit(city.citizen, asked_desk.edit(city.citizen, complaint, seen="forwarded", text="Lagi."))
    assert (late.status, late.code) == (Status.REJECTED, "add_instead")
    assert (await row(complaint)).text == BETTER


async def test_a_moderator_puts_it_right_later_too_and_nobody_once_it_has_ended(city):
    complaint, _ = await resolved(city, city.citizen)
    await edited(city.moderator, complaint, seen="resolved", text=BETTER)
    await a_city.confirm(city.citizen, complaint)
    ended = await edits.edit(city.moderator, asked_desk.edit(city.moderator, complaint, seen="closed", text="Lagi."))
    assert ended.status == Status.CONFLICT


async def test_words_that_come_too_late_are_kept_beside_it(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    outcome = await edits.edit(city.moderator, asked_desk.edit(city.moderator, complaint, seen="received", text=BETTER))
    assert outcome.status == Status.CONFLICT
    assert await Note.exists().where(Note.complaint == complaint, Note.kind == "late", Note.text == BETTER)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": BETTER, "reason": " "}, "reason"),
        ({"text": " "}, "text"),
        ({"category": "999"}, "category"),
        ({"place": Place(area="35.73.99.9999")}, "place"),
        ({"place": Place(latitude=-7.9)}, "place"),
        ({}, "text"),
        ({"text": asked.WORDS}, "text"),
    ],
    ids=["no reason", "no words", "no such kind", "no such kelurahan", "half a point", "nothing", "the same"],
)
async def test_what_must_be_mended_has_a_sentence(city, wrong, field):
    complaint = await told(city.citizen)
    outcome = await edits.edit(city.moderator, asked_desk.edit(city.moderator, complaint, **wrong))
    assert (outcome.status, set(outcome.fields)) == (Status.REJECTED, {field})
    assert not await Edit.exists().where(Edit.complaint == complaint)


async def test_nobody_else_puts_it_right(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    stranger = await a_city.person("citizen")
    for actor in (city.roads, city.officer, city.parks, stranger, NOBODY):
        outcome = await edits.edit(actor, asked_desk.edit(actor, complaint, seen="forwarded", text=BETTER))
        assert (outcome.status, outcome.code) == (Status.REJECTED, "not_found")


async def test_of_somebody_anonymous_a_change_tells_nothing(city, at):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    at("2026-03-02 09:41:27")
    holder = asked.guest(op.complaint)
    change = asked_desk.edit(holder, op.complaint, text=BETTER, id=uuid4())
    await applied(edits.edit(holder, change))
    [kept] = await Edit.objects().where(Edit.complaint == op.complaint)
    assert (kept.account, kept.id.version) == (None, 4)
    assert (kept.at.minute, kept.at.second) == (0, 0)
    telling = await edits.edit(holder, asked_desk.edit(holder, op.complaint, text="Lagi, lebih jelas."))
    assert set(telling.fields) == {"secrecy"}


async def test_the_original_is_for_the_reporter_and_the_moderator_to_read(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    await edited(city.moderator, complaint, seen="forwarded", text=BETTER, category="9", place=THERE)
    seen = {}
    manager = await a_city.person("manager")
    for name, actor in {**city._asdict(), "manager": manager, "guest": NOBODY}.items():
        seen[name] = await originals.shown(actor, await row(complaint))
    assert {name for name, rows in seen.items() if rows} == {"citizen", "moderator"}
    words = {one.field: (one.before, one.after) for one in seen["citizen"]}
    assert words["text"] == (asked.WORDS, BETTER)
    assert words["category"] == ("", "Lampu jalan mati")
    assert words["place"] == ("depan Pasar Oro-Oro Dowo · Klojen", "Jl. Guntur 20 · Oro-oro Dowo")


async def test_the_public_copy_follows_unless_somebody_has_written_it_by_hand(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint)))
    await edited(city.moderator, complaint, seen="forwarded", text="Hubungi 081234567890, lampu mati.")
    assert (await row(complaint)).public_text == f"Hubungi {HIDDEN}, lampu mati."
    by_hand = asked_desk.publish(city.moderator, complaint, public_text="Lampu mati di depan pasar.")
    await applied(publishing.set_public(city.moderator, by_hand))
    await edited(city.moderator, complaint, seen="forwarded", text=BETTER)
    assert (await row(complaint)).public_text == "Lampu mati di depan pasar."


async def test_what_turns_out_to_be_an_accusation_is_public_no_more(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint)))
    await Category.update({Category.offered: True}).where(Category.code == "42")
    await edited(city.moderator, complaint, seen="forwarded", category="42")
    assert (await row(complaint)).published_at is None


async def test_the_citys_people_make_it_confidential_and_it_is_public_no_more_at_once(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint)))
    await applied(edits.set_secrecy(city.roads, asked_desk.secrecy(city.roads, complaint)))
    kept = await row(complaint)
    assert (kept.confidential, kept.published_at, kept.public_text) == (True, None, "")
    event = (await Event.objects().where(Event.complaint == complaint, Event.kind == "complaint.secrecy_changed"))[0]
    assert event.part is not None
    for actor in (city.parks, await a_city.person("manager"), await a_city.person("secretary"), await a_city.person("mayor")):
        with pytest.raises(NotFound):
            await queries.one(actor, complaint)
    for actor in (city.roads, city.moderator, city.citizen):
        assert (await queries.one(actor, complaint)).id == complaint


async def test_only_the_reporter_undoes_it_and_publishes_nothing_by_that(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint)))
    await applied(edits.set_secrecy(city.moderator, asked_desk.secrecy(city.moderator, complaint)))
    for actor in (city.moderator, city.roads, city.officer, NOBODY):
        refused = await edits.set_secrecy(actor, asked_desk.secrecy(actor, complaint, confidential=False))
        assert refused.code == "not_found"
    await applied(edits.set_secrecy(city.citizen, asked_desk.secrecy(city.citizen, complaint, confidential=False, reason="")))
    kept = await row(complaint)
    assert (kept.confidential, kept.published_at) == (False, None)


async def test_raising_needs_a_reason_of_the_citys_people_and_none_of_the_reporter(city):
    complaint = await told(city.citizen)
    outcome = await edits.set_secrecy(city.moderator, asked_desk.secrecy(city.moderator, complaint, reason=" "))
    assert set(outcome.fields) == {"reason"}
    await applied(edits.set_secrecy(city.citizen, asked_desk.secrecy(city.citizen, complaint, reason="")))
    again = await edits.set_secrecy(city.citizen, asked_desk.secrecy(city.citizen, complaint, reason=""))
    assert again.code == "already"
    assert (await happened(complaint)).count("complaint.secrecy_changed") == 1


async def test_an_opd_without_a_part_and_an_officer_raise_nothing(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    for actor in (city.parks, city.officer, await a_city.person("manager")):
        outcome = await edits.set_secrecy(actor, asked_desk.secrecy(actor, complaint))
        assert outcome.code == "not_found"


async def test_anonymous_stays_anonymous(city):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    holder = Actor(claimed=frozenset({op.complaint}))
    for confidential in (True, False):
        change = asked_desk.secrecy(holder, op.complaint, confidential=confidential, reason="", id=uuid4())
        await applied(edits.set_secrecy(holder, change))
        assert (await row(op.complaint)).secrecy == "anonymous"
    assert (await Complaint.objects().get(Complaint.id == op.complaint)).reporter is None
