"""An operation has its effect once, however often and from whom it comes."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from uuid import uuid4

import msgspec
import pytest
from msgspec import Meta

from backend import clock
from backend import database as db
from backend.actors.actor import NOBODY, Actor
from backend.errors import DomainError, InvalidInput, NotFound, NotSignedIn
from backend.operation_table import OperationRow
from backend.operations import Operation, Outcome, Status, digest, operation
from backend.sla.tables import Holiday

FIRST = date(2030, 1, 1)


class AddDay(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="test.add_day"):
    name: Annotated[str, Meta(max_length=1000)] = "Libur"


class Refused(DomainError):
    code = "refused_by_test"


class NotYet(DomainError):
    code = "not_yet"
    permanent = False


@operation
async def add_day(actor, op):
    day = FIRST + timedelta(days=op.id.int % 300_000)
    await Holiday.insert(Holiday(day=day, name=op.name, kind="added"))
    return Outcome(id=op.id, status=Status.APPLIED, notice=f"{day} {clock.now()}")


def refusing(error):
    @operation
    async def refuse(actor, op):
        await Holiday.insert(Holiday(day=FIRST, name=op.name, kind="added"))
        raise error

    return refuse


async def effects():
    return await Holiday.count().where(Holiday.day >= FIRST)


async def stored():
    return await OperationRow.count()


def signed_in():
    return Actor(account=uuid4())


async def test_five_copies_at_one_moment_have_one_effect_and_one_answer(database):
    op = AddDay(id=db.new_id())
    outcomes = await asyncio.gather(*(add_day(NOBODY, op) for _ in range(5)))
    assert Counter(outcome.status for outcome in outcomes) == {Status.APPLIED: 1, Status.DUPLICATE: 4}
    assert len({outcome.notice for outcome in outcomes}) == 1
    assert (await effects(), await stored()) == (1, 1)


async def test_many_different_ones_at_one_moment_are_all_carried_out(database):
    outcomes = await asyncio.gather(*(add_day(NOBODY, AddDay(id=db.new_id())) for _ in range(20)))
    assert {outcome.status for outcome in outcomes} == {Status.APPLIED}
    assert (await effects(), await stored()) == (20, 20)


async def test_the_same_id_with_other_words_is_refused_and_not_kept(database):
    op = AddDay(id=db.new_id(), name="Nyepi")
    await add_day(NOBODY, op)
    other = await add_day(NOBODY, msgspec.structs.replace(op, name="Waisak"))
    assert (other.status, other.code) == (Status.REJECTED, "id_reused")
    assert (await add_day(NOBODY, op)).status == Status.DUPLICATE
    assert (await effects(), await stored()) == (1, 1)


async def test_another_account_gets_nothing_and_the_owners_later_sending_applies(database):
    owner, stranger = signed_in(), signed_in()
    op = AddDay(id=db.new_id(), owner=owner.account)
    for nosy in (stranger, NOBODY):
        outcome = await add_day(nosy, op)
        assert (outcome.status, outcome.code, outcome.notice) == (Status.REJECTED, "wrong_owner", "")
    assert (await effects(), await stored()) == (0, 0)
    assert (await add_day(owner, op)).status == Status.APPLIED


async def test_a_stranger_who_takes_a_known_id_for_his_own_learns_nothing(database):
    owner, stranger = signed_in(), signed_in()
    op = AddDay(id=db.new_id(), owner=owner.account)
    await add_day(owner, op)
    outcome = await add_day(stranger, msgspec.structs.replace(op, owner=stranger.account))
    assert (outcome.code, outcome.notice) == ("wrong_owner", "")
    assert await effects() == 1


async def test_the_claim_only_proves_and_makes_no_other_operation(database):
    op = AddDay(id=db.new_id())
    assert digest(op) == digest(msgspec.structs.replace(op, claim="0" * 26))
    assert digest(op) != digest(msgspec.structs.replace(op, occurred_at=datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.mark.parametrize("error", [Refused("Tidak bisa."), InvalidInput({"name": "Isi nama."})])
async def test_a_refusal_undoes_what_was_begun_and_is_the_answer_of_each_copy(database, error):
    op = AddDay(id=db.new_id())
    refuse = refusing(error)
    first, second = await refuse(NOBODY, op), await refuse(NOBODY, op)
    assert (first.status, first.code, first.message) == (Status.REJECTED, error.code, str(error))
    assert first.fields == getattr(error, "fields", None)
    assert second == first
    assert (await effects(), await stored()) == (0, 1)


@pytest.mark.parametrize("error", [NotYet("Nanti."), NotSignedIn()])
async def test_what_may_pass_later_is_not_kept(database, error):
    op = AddDay(id=db.new_id())
    assert (await refusing(error)(NOBODY, op)).status == Status.RETRY
    assert (await effects(), await stored()) == (0, 0)
    assert (await add_day(NOBODY, op)).status == Status.APPLIED


async def test_what_was_not_there_may_be_there_later(database):
    op = AddDay(id=db.new_id())
    outcome = await refusing(NotFound())(NOBODY, op)
    assert (outcome.status, outcome.code) == (Status.REJECTED, "not_found")
    assert await stored() == 0


async def test_a_fault_leaves_neither_effect_nor_operation(database):
    op = AddDay(id=db.new_id())
    with pytest.raises(ZeroDivisionError):
        await refusing(ZeroDivisionError())(NOBODY, op)
    assert (await effects(), await stored()) == (0, 0)
    assert (await add_day(NOBODY, op)).status == Status.APPLIED


async def test_where_the_operations_row_cannot_be_written_the_effect_is_undone_too(database):
    op = AddDay(id=db.new_id())
    await OperationRow.raw("ALTER TABLE operation RENAME TO gone")
    with pytest.raises(Exception, match="operation"):
        await add_day(NOBODY, op)
    assert await effects() == 0
    assert not db.in_transaction()


async def test_a_refusal_of_any_length_can_be_given_again(database):
    op = AddDay(id=db.new_id())
    refuse = refusing(Refused("Panjang. " * 200))
    assert await refuse(NOBODY, op) == await refuse(NOBODY, op)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_at_the_ends_of_time_is_refused_by_its_field(moment):
    with pytest.raises(msgspec.ValidationError, match="occurred_at"):
        msgspec.convert({"kind": "test.add_day", "id": str(uuid4()), "occurred_at": moment}, AddDay)


async def test_of_an_id_without_a_time_only_the_full_hour_is_kept(database, at):
    at("2026-04-07 09:41")
    anonymous, guest = AddDay(id=db.new_id(anonymous=True)), AddDay(id=db.new_id())
    for op in (anonymous, guest):
        await add_day(NOBODY, op)
    kept = {row["id"]: row["at"] for row in await OperationRow.select(OperationRow.id, OperationRow.at)}
    assert kept == {anonymous.id: at("2026-04-07 09:00"), guest.id: at("2026-04-07 09:41")}
    assert clock.coarse(kept[guest.id]) == kept[anonymous.id]
