"""A batch, operation by operation: one outcome each, and each for whom it belongs to."""

import asyncio
import json
from collections import Counter
from uuid import uuid4

import msgspec
import pytest

from backend.actors.actor import NOBODY
from backend.complaints import parts
from backend.complaints.operations import Place
from backend.complaints.tables import Complaint
from backend.operation_table import OperationRow
from backend.sync.batch import TOGETHER
from tests.support import asked
from tests.support.batches import batch, send
from tests.support.walked import forwarded, resolved

OTHER_KEY = "0" * 26


async def test_a_guests_complaint_is_acknowledged_with_its_number_and_its_promise(city, phone):
    op = asked.submit()
    answer = await send(phone, op)
    [outcome] = answer["outcomes"]
    kept = await Complaint.objects().get(Complaint.id == op.complaint)
    owed = [{"what": "answer", "by": "2026-03-04"}]
    receipt = {"id": str(op.complaint), "number": kept.number, "status": "received", "owed": owed}
    assert outcome == {"id": str(op.id), "status": "applied", "complaint": receipt}
    assert set(answer) == {"server_time", "outcomes", "changed", "cursor", "more"}


async def test_of_five_operations_one_bad_one_does_not_stop_the_others(city, phone):
    good = [asked.submit() for _ in range(4)]
    bad = {**msgspec.to_builtins(asked.submit()), "text": ""}
    answer = await send(phone, *good[:2], bad, *good[2:])
    assert [outcome["status"] for outcome in answer["outcomes"]] == ["applied", "applied", "rejected", "applied", "applied"]
    assert [outcome["id"] for outcome in answer["outcomes"]] == [str(op.id) for op in good[:2]] + [bad["id"]] + [
        str(op.id) for op in good[2:]
    ]
    refused = answer["outcomes"][2]
    assert (refused["code"], set(refused["fields"])) == ("invalid", {"text"})
    assert await Complaint.count() == 4


@pytest.mark.parametrize(
    ("changed", "code", "said"),
    [
        ({"kind": "complaint.forward"}, "unknown_operation", "complaint.forward"),
        ({"kind": "complaint.explode"}, "unknown_operation", "complaint.explode"),
        ({"wajah": "bulat"}, "invalid", "wajah"),
        ({"text": "a\0b"}, "invalid", ""),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "invalid", "occurred_at"),
        ({"occurred_at": "2026-03-02T09:00:00"}, "invalid", "occurred_at"),
        ({"place": {"latitude": 91}}, "invalid", ""),
        ({"complaint": "satu"}, "invalid", "complaint"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
async def test_what_is_unknown_or_does_not_fit_is_refused_by_its_name(city, phone, changed, code, said):
    bad, good = {**msgspec.to_builtins(asked.submit()), **changed}, asked.submit()
    answer = await phone.post("/api/sync", content=json.dumps(batch(bad, good)), headers={"content-type": "application/json"})
    refused, applied = answer.json()["outcomes"]
    assert (refused["id"], refused["status"], refused["code"]) == (bad["id"], "rejected", code)
    assert said in refused["message"]
    assert applied["status"] == "applied"
    assert await OperationRow.count() == 1


async def test_somebody_whose_session_is_over_is_told_so_and_nothing_is_done(city, phone):
    answer = await phone.post("/api/sync", json=batch(asked.submit(), asked.submit(city.citizen)))
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert await Complaint.count() == 0


async def test_another_accounts_operation_is_refused_and_applies_once_its_owner_sends_it(city, door):
    op = asked.submit(city.citizen)
    other = await send(await door(city.officer), op)
    assert (other["outcomes"][0]["status"], other["outcomes"][0]["code"]) == ("rejected", "wrong_owner")
    own = await send(await door(city.citizen), op)
    assert own["outcomes"][0]["status"] == "applied"


async def test_a_signed_in_phone_also_sends_what_a_guest_wrote_on_it(city, door):
    op = asked.submit()
    answer = await send(await door(city.citizen), op)
    assert answer["outcomes"][0]["status"] == "applied"
    assert (await Complaint.objects().get(Complaint.id == op.complaint)).reporter is None


async def test_with_the_key_a_guest_confirms_and_without_it_there_is_no_such_complaint(city, phone):
    complaint, _ = await resolved(city)
    wrong = asked.confirm(NOBODY, complaint, claim=OTHER_KEY)
    missing = asked.confirm(NOBODY, uuid4(), claim=OTHER_KEY)
    keyless = asked.confirm(NOBODY, complaint)
    answer = await send(phone, wrong, missing, keyless)
    assert len({json.dumps({**outcome, "id": ""}) for outcome in answer["outcomes"]}) == 1
    assert answer["outcomes"][0]["code"] == "not_found"
    right = await send(phone, asked.confirm(NOBODY, complaint, claim=asked.KEY))
    assert (right["outcomes"][0]["status"], right["outcomes"][0]["complaint"]["status"]) == ("applied", "closed")


async def test_the_wrong_key_is_not_remembered_against_the_right_one(city, phone):
    complaint, _ = await resolved(city)
    op = asked.confirm(NOBODY, complaint, claim=OTHER_KEY)
    await send(phone, op)
    answer = await send(phone, msgspec.structs.replace(op, claim=asked.KEY.lower()))
    assert answer["outcomes"][0]["status"] == "applied"


async def test_five_copies_at_one_moment_are_one_complaint(city, phone):
    body = batch(asked.submit())
    answers = await asyncio.gather(*(phone.post("/api/sync", json=body) for _ in range(5)))
    outcomes = [answer.json()["outcomes"][0] for answer in answers]
    assert Counter(outcome["status"] for outcome in outcomes) == {"applied": 1, "duplicate": 4}
    assert len({outcome["complaint"]["number"] for outcome in outcomes}) == 1
    assert await Complaint.count() == 1


async def test_two_phones_whose_batches_cross_are_both_answered_and_each_complaint_is_one(city, phone):
    ops = [asked.submit() for _ in range(6)]
    answers = await asyncio.gather(send(phone, *ops), send(phone, *reversed(ops)))
    outcomes = [outcome for answer in answers for outcome in answer["outcomes"]]
    assert Counter(outcome["status"] for outcome in outcomes) == {"applied": 6, "duplicate": 6}
    assert await Complaint.count() == 6


async def test_a_batch_longer_than_one_transaction_is_carried_out_whole_and_in_order(city, phone):
    ops = [asked.submit() for _ in range(TOGETHER + 1)]
    answer = await send(phone, *ops)
    assert [outcome["id"] for outcome in answer["outcomes"]] == [str(op.id) for op in ops]
    assert {outcome["status"] for outcome in answer["outcomes"]} == {"applied"}


async def test_the_same_id_with_other_words_is_refused(city, phone):
    op = asked.submit()
    await send(phone, op)
    answer = await send(phone, msgspec.structs.replace(op, text="Sesuatu yang lain sama sekali."))
    assert (answer["outcomes"][0]["status"], answer["outcomes"][0]["code"]) == ("rejected", "id_reused")


async def test_a_point_outside_malang_comes_with_a_word_and_is_taken(city, phone):
    answer = await send(phone, asked.submit(place=Place(latitude=-7.7956, longitude=110.3695)))
    [outcome] = answer["outcomes"]
    assert outcome["status"] == "applied"
    assert outcome["notice"]


async def test_a_conflict_tells_who_was_quicker(city, door):
    _, part = await forwarded(city)
    await parts.answer(city.roads, asked.answer(city.roads, part))
    answer = await send(await door(city.roads), asked.finish(city.roads, part, seen="assigned"))
    [outcome] = answer["outcomes"]
    assert (outcome["status"], outcome["complaint"]["status"]) == ("conflict", "in_progress")
    assert "Dinas PU" in outcome["message"]
