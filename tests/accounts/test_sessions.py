import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest

from backend import clock
from backend import database as db
from backend.accounts import actions, sessions
from backend.accounts.tables import Account, RoleGrant, Session, SessionClaim
from backend.actors.actor import NOBODY
from backend.actors.permissions import Role

TODAY = clock.day_of(clock.now())
DAY = timedelta(days=1)


@pytest.fixture
async def citizen(planted):
    account = Account(id=db.new_id(), name="Siti", email="siti@contoh.test", password_hash="", created_at=clock.now())
    await Account.insert(account)
    return account.id


async def grant(account, role, *, agency=None, valid_from=TODAY, valid_until=None):
    row = RoleGrant(id=db.new_id(), account=account, role=role, agency=agency, valid_from=valid_from, valid_until=valid_until)
    await RoleGrant.insert(row)


async def test_the_table_holds_the_hash_of_a_token_never_the_token(citizen):
    opened = await sessions.open_for(citizen)
    [row] = await Session.select()
    assert row["token_hash"] == hashlib.sha256(opened.token.encode()).hexdigest()
    assert opened.token not in str(row)
    assert len(opened.token) >= 43


async def test_a_token_opens_its_account_and_no_other_token_does(citizen):
    opened = await sessions.open_for(citizen)
    actor = await sessions.actor_of(opened.token, None)
    assert (actor.account, actor.name, actor.roles, actor.scope) == (citizen, "Siti", {Role.CITIZEN}, opened.scope)
    assert await sessions.actor_of(sessions.hashed(opened.token), None) == NOBODY
    assert await sessions.actor_of("", "") == NOBODY
    assert await sessions.actor_of(None, opened.token) == NOBODY


async def test_signing_in_again_ends_the_token_before(citizen):
    first = await sessions.open_for(citizen)
    second = await sessions.open_for(citizen, replacing=first.token)
    assert await sessions.actor_of(first.token, None) == NOBODY
    assert (await sessions.actor_of(second.token, None)).account == citizen
    assert first.scope != second.scope


async def test_signing_out_ends_one_session_and_closing_all_ends_each(citizen):
    phone, desk, other = [await sessions.open_for(citizen) for _ in range(3)]
    await sessions.close(phone.token)
    assert await sessions.actor_of(phone.token, None) == NOBODY
    assert (await sessions.actor_of(desk.token, None)).account == citizen
    await sessions.close_all(citizen)
    assert await sessions.actor_of(desk.token, None) == await sessions.actor_of(other.token, None) == NOBODY


async def test_a_closed_account_is_out_at_once(citizen):
    opened = await sessions.open_for(citizen)
    await Account.update({Account.disabled_at: clock.now()}).where(Account.id == citizen)
    assert await sessions.actor_of(opened.token, None) == NOBODY
    await actions.disable(citizen)
    assert not await Session.exists()


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "roles"),
    [
        (TODAY, None, {Role.OFFICER}),
        (TODAY, TODAY, {Role.OFFICER}),
        (TODAY - DAY, TODAY + DAY, {Role.OFFICER}),
        (TODAY + DAY, None, {Role.CITIZEN}),
        (TODAY - 2 * DAY, TODAY - DAY, {Role.CITIZEN}),
    ],
)
async def test_a_grant_counts_from_its_first_to_its_last_day(citizen, valid_from, valid_until, roles):
    await grant(citizen, Role.OFFICER, agency="DLH", valid_from=valid_from, valid_until=valid_until)
    actor = await sessions.actor_of((await sessions.open_for(citizen, proved=True)).token, None)
    assert actor.roles == roles
    assert actor.agencies == ({Role.OFFICER: {"DLH"}} if Role.OFFICER in roles else {})


async def test_a_role_taken_away_is_gone_at_the_next_request(citizen):
    await grant(citizen, Role.OFFICER, agency="DLH")
    await grant(citizen, Role.OFFICER, agency="DISHUB")
    token = (await sessions.open_for(citizen, proved=True)).token
    assert (await sessions.actor_of(token, None)).agencies == {Role.OFFICER: {"DLH", "DISHUB"}}
    await RoleGrant.delete(force=True)
    assert (await sessions.actor_of(token, None)).roles == {Role.CITIZEN}


@pytest.mark.parametrize(("role", "lifetime"), [(None, timedelta(days=30)), (Role.MODERATOR, timedelta(hours=12))])
async def test_a_session_slides_with_use_and_ends_without(citizen, monkeypatch, role, lifetime):
    if role:
        await grant(citizen, role)
    start = clock.now()
    token = (await sessions.open_for(citizen)).token
    used = start + lifetime - timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: used)
    assert (await sessions.actor_of(token, None)).account == citizen
    later = used + lifetime - timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await sessions.actor_of(token, None)).account == citizen
    monkeypatch.setattr(clock, "now", lambda: later + lifetime)
    assert await sessions.actor_of(token, None) == NOBODY


async def test_a_citizens_long_session_is_no_long_session_of_staff(citizen, monkeypatch):
    token = (await sessions.open_for(citizen)).token
    await grant(citizen, Role.MODERATOR)
    tomorrow = clock.now() + DAY
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert await sessions.actor_of(token, None) == NOBODY


async def test_last_seen_is_written_every_five_minutes_at_most(citizen, monkeypatch):
    token, start = (await sessions.open_for(citizen)).token, clock.now()
    for minutes, written in ((1, False), (4, False), (6, True), (8, False), (12, True)):
        moment = start + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        await sessions.actor_of(token, None)
        [seen] = await Session.select(Session.seen_at).output(as_list=True)
        assert (seen == moment) is written


async def test_a_guest_holds_the_complaints_whose_keys_were_proved(database):
    lamp, hole = uuid4(), uuid4()
    first = await sessions.open_guest([lamp])
    second = await sessions.open_guest([hole], add_to=first.token)
    guest = await sessions.actor_of(None, second.token)
    assert (guest.account, guest.claimed, guest.scope) == (None, {lamp, hole}, first.scope)
    assert await sessions.actor_of(None, first.token) == NOBODY
    assert await Session.count() == 1


async def test_an_anonymous_complaint_is_held_alone_and_by_the_full_hour(database):
    open_case, secret, another = uuid4(), uuid4(), uuid4()
    named = await sessions.open_guest([open_case])
    alone = await sessions.open_guest([secret], add_to=named.token, alone=True)
    assert (await sessions.actor_of(None, alone.token)).claimed == {secret}
    assert alone.scope != named.scope
    [row] = await Session.select()
    assert row["created_at"] == row["seen_at"] == clock.coarse(row["created_at"])
    after = await sessions.open_guest([another], add_to=alone.token)
    assert (await sessions.actor_of(None, after.token)).claimed == {another}
    assert after.scope != alone.scope
    assert await SessionClaim.count() == 1


async def test_account_and_proved_keys_are_held_at_once_and_stored_apart(citizen):
    complaint = uuid4()
    account, guest = await sessions.open_for(citizen), await sessions.open_guest([complaint])
    actor = await sessions.actor_of(account.token, guest.token)
    assert (actor.account, actor.claimed, actor.scope) == (citizen, {complaint}, account.scope)
    rows = await Session.select(Session.account, Session.token_hash)
    assert {row["token_hash"]: row["account"] for row in rows} == {
        sessions.hashed(account.token): citizen,
        sessions.hashed(guest.token): None,
    }


async def test_without_a_second_factor_a_role_is_none_unless_the_account_is_for_trying(citizen):
    await grant(citizen, Role.MODERATOR)
    shown, unshown = await sessions.open_for(citizen, proved=True), await sessions.open_for(citizen)
    assert (await sessions.actor_of(shown.token, None)).roles == {Role.MODERATOR}
    actor = await sessions.actor_of(unshown.token, None)
    assert (actor.account, actor.roles, actor.agencies, actor.second_factor_missing) == (citizen, frozenset(), {}, True)
    await Account.update({Account.demo: True}).where(Account.id == citizen)
    actor = await sessions.actor_of(unshown.token, None)
    assert (actor.roles, actor.demo, actor.second_factor_missing) == ({Role.MODERATOR}, True, False)


async def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(citizen):
    other = Account(id=db.new_id(), name="Budi", email="budi@contoh.test", password_hash="", created_at=clock.now())
    await Account.insert(other)
    here = await sessions.open_for(citizen, browser="Chrome di Android")
    desk = await sessions.open_for(citizen, browser="Firefox di Windows")
    anothers = await sessions.open_for(other.id)
    listed = await sessions.of(citizen, here.token)
    assert {(one.browser, one.here) for one in listed} == {("Chrome di Android", True), ("Firefox di Windows", False)}
    await sessions.end(citizen, sessions.hashed(anothers.token))
    assert (await sessions.actor_of(anothers.token, None)).account == other.id
    await sessions.end(citizen, sessions.hashed(desk.token))
    assert await sessions.actor_of(desk.token, None) == NOBODY
    third = await sessions.open_for(citizen)
    await sessions.close_all(citizen, but=here.token)
    assert await sessions.actor_of(third.token, None) == NOBODY
    assert (await sessions.actor_of(here.token, None)).account == citizen


async def test_sessions_that_ended_are_swept_when_another_opens(citizen, monkeypatch):
    await sessions.open_for(citizen)
    await sessions.open_guest([uuid4()])
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    await sessions.open_for(citizen)
    assert await Session.count() == 1
    assert not await SessionClaim.exists()
