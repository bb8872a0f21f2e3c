"""Complaints in lists: the promise that presses, who holds it, and no query more however long the list."""

from collections import Counter

import pytest

from backend.complaints import actions, cards, case, parts, queries, work
from backend.complaints.states import Mode
from backend.complaints.tables import Complaint
from tests.support import asked
from tests.support.walked import told


async def card_of(complaint, *, desk=False):
    [card] = await cards.of([await Complaint.objects().get(Complaint.id == complaint)], desk=desk)
    return card


@pytest.fixture
def counted(database, monkeypatch):
    """How many queries have been asked."""
    asked_for = Counter()
    run = database.run_querystring

    async def counting(querystring, *arguments, **named):
        asked_for["queries"] += 1
        return await run(querystring, *arguments, **named)

    monkeypatch.setattr(database, "run_querystring", counting)
    return asked_for


async def test_a_list_of_fifty_asks_no_more_than_a_list_of_five(city, counted):
    for number in range(50):
        complaint = await told(city.citizen)
        if number % 2:
            await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    asked_for = {}
    for length in (5, 50):
        rows = await Complaint.objects().order_by(Complaint.number).limit(length)
        counted.clear()
        assert len(await cards.of(rows)) == length
        asked_for[length] = counted["queries"]
    assert asked_for[5] == asked_for[50] <= 8
    for who in (city.moderator, city.roads):
        counted.clear()
        [section] = await work.waiting_for(who)
        assert len(section.cards) == 25
        assert counted["queries"] <= 12


async def test_a_new_one_waits_for_the_moderator_and_promises_an_answer(city):
    card = await card_of(await told())
    assert (card.status_word, card.waiting_for) == ("Diterima", "Sedang menunggu: moderator Diskominfo")
    assert (card.promise, card.days_left, card.late) == ("Dijawab paling lambat Rabu 4 Maret", 2, False)
    assert card.number.startswith("SRK ")


async def test_a_promise_that_was_broken_counts_the_days_since(city, at):
    complaint = await told()
    at("2026-03-06 10:00")
    card = await card_of(complaint)
    assert (card.days_left, card.late) == (-2, True)


async def test_the_nearest_promise_is_the_one_shown(city):
    complaint = await told()
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    card = await card_of(complaint, desk=True)
    assert (card.promise, card.days_left) == ("Dijawab paling lambat Selasa 3 Maret", 1)
    assert card.waiting_for == "Sedang menunggu: Dinas PU"


async def test_to_its_reporter_a_complaint_tells_the_day_he_was_promised_and_not_the_opds_own(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    assert (await card_of(complaint)).promise == "Dijawab paling lambat Rabu 4 Maret"
    row = await Complaint.objects().get(Complaint.id == complaint)
    first_owed = [(await case.show(who, row)).owed[0].sentence for who in (city.citizen, city.moderator)]
    assert first_owed == ["Dijawab paling lambat Rabu 4 Maret", "Warga dijanjikan jawaban paling lambat Rabu 4 Maret"]


async def test_each_opd_that_still_owes_is_named(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint, "DPUPRPKP", "DLH", mode=Mode.PARALLEL))
    assert (await card_of(complaint)).waiting_for in {
        "Sedang menunggu: Dinas PU · Dinas Lingkungan Hidup",
        "Sedang menunggu: Dinas Lingkungan Hidup · Dinas PU",
    }
    parks = next(part.id for part in await queries.parts_of(complaint) if part.agency == "DLH")
    await parts.finish(city.parks, asked.finish(city.parks, parks))
    assert (await card_of(complaint)).waiting_for == "Sedang menunggu: Dinas PU"


async def test_done_is_the_opds_word_until_the_reporter_has_spoken(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    await parts.finish(city.roads, asked.finish(city.roads, part.id))
    card = await card_of(complaint)
    assert (card.status_word, card.waiting_for, card.promise) == (
        "Selesai menurut Dinas PU",
        "Sedang menunggu: jawaban Anda",
        "Jawab sampai Senin 16 Maret",
    )
    await actions.confirm(city.citizen, asked.confirm(city.citizen, complaint))
    card = await card_of(complaint)
    assert (card.status_word, card.waiting_for, card.promise, card.days_left) == ("Ditutup", "", "", None)


async def test_disputed_for_the_second_time_it_waits_for_the_moderator(city):
    complaint = await told(city.citizen)
    await actions.forward(city.moderator, asked.forward(city.moderator, complaint))
    [part] = await queries.parts_of(complaint)
    for seen in ("assigned", "in_progress"):
        await parts.finish(city.roads, asked.finish(city.roads, part.id, seen=seen))
        await actions.dispute(city.citizen, asked.dispute(city.citizen, complaint))
    assert (await card_of(complaint)).waiting_for == "Sedang menunggu: moderator Diskominfo"


async def test_a_long_text_is_cut_between_words(city):
    card = await card_of(await told(text="kata " * 100))
    assert card.summary.endswith("kata …")
    assert len(card.summary) <= cards.SUMMARY + 2


async def test_photos_still_on_a_phone_are_counted(city):
    assert (await card_of(await told(photos=(asked.photo(), asked.photo(b"two"))))).photos_awaited == 2
