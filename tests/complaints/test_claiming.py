"""A guest's complaints brought into an account: the card stays valid, and what is anonymous stays so."""

from uuid import uuid4

import pytest

from backend.complaints import actions, queries
from backend.complaints.claiming import AnothersAccount, StaysAnonymous, take_into_account
from backend.complaints.tables import Complaint, Follower
from backend.errors import NotFound, NotSignedIn
from backend.events.kinds import EventKind
from backend.events.tables import Event
from tests.support import asked
from tests.support import city as a_city

OTHER = "0123456789ABCDEFGHJKMNPQRS"


async def told(op):
    await actions.submit(asked.guest(), op)
    return op.complaint


async def test_a_proved_complaint_becomes_the_accounts_and_the_card_still_opens_it(city):
    complaint = await told(asked.submit())
    await take_into_account(city.citizen.holding(frozenset({complaint})), [complaint])
    assert [one.id for one in await queries.mine(city.citizen)] == [complaint]
    row = await Complaint.objects().get(Complaint.id == complaint)
    assert row.claim_hash is not None
    assert await queries.proven_by(asked.KEY) == complaint
    [event] = await Event.select().where(Event.kind == EventKind.CLAIMED)
    assert (event["complaint"], event["actor"]) == (complaint, city.citizen.account)


async def test_bringing_it_twice_changes_nothing(city):
    complaint = await told(asked.submit())
    for _ in range(2):
        await take_into_account(city.citizen.holding(frozenset({complaint})), [complaint])
    assert await Event.count().where(Event.kind == EventKind.CLAIMED) == 1


async def test_what_was_not_proved_is_not_there(city):
    complaint = await told(asked.submit())
    for wanted in ([complaint], [uuid4()], []):
        with pytest.raises(NotFound):
            await take_into_account(city.citizen, wanted)
    with pytest.raises(NotFound):
        await take_into_account(city.citizen.holding(frozenset({complaint})), [complaint, uuid4()])
    with pytest.raises(NotSignedIn):
        await take_into_account(asked.guest(complaint), [complaint])
    assert await queries.mine(city.citizen) == []


async def test_an_anonymous_complaint_is_joined_to_no_account_and_nothing_beside_it_either(city):
    hidden, open_case = await told(asked.anonymous()), await told(asked.submit(key=OTHER))
    with pytest.raises(StaysAnonymous):
        await take_into_account(city.citizen.holding(frozenset({hidden, open_case})), [hidden, open_case])
    assert await Complaint.count().where(Complaint.reporter.is_not_null()) == 0
    assert not await Event.exists().where(Event.kind == EventKind.CLAIMED)


async def test_who_comes_second_with_the_same_key_is_told_so(city):
    complaint = await told(asked.submit())
    await take_into_account(city.citizen.holding(frozenset({complaint})), [complaint])
    other = await a_city.person("citizen")
    with pytest.raises(AnothersAccount):
        await take_into_account(other.holding(frozenset({complaint})), [complaint])


async def test_nobody_follows_what_is_their_own(city, at):
    complaint = await told(asked.submit())
    await Follower.insert(Follower(id=uuid4(), complaint=complaint, account=city.citizen.account, at=at.now))
    await take_into_account(city.citizen.holding(frozenset({complaint})), [complaint])
    assert not await Follower.exists()


@pytest.mark.parametrize("typed", [asked.KEY.lower(), "", f"{asked.KEY}\n{OTHER}"])
async def test_the_account_page_brings_them_by_key_or_what_is_open_here(city, door, typed):
    complaint, second = await told(asked.submit()), await told(asked.submit(key=OTHER))
    browser = await door(city.citizen)
    if not typed:
        await browser.post("/claim", data={"key": asked.KEY})
        assert "Bawa 1 aduan" in (await browser.get("/account")).text
    answer = await browser.post("/complaints/claimed", data={"key": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=claimed")
    mine = {one.id for one in await queries.mine(city.citizen)}
    assert mine == ({complaint, second} if OTHER in typed else {complaint})


async def test_a_wrong_key_and_an_anonymous_one_are_told_on_the_account_page(city, door):
    await told(asked.anonymous())
    browser = await door(city.citizen)
    wrong = await browser.post("/complaints/claimed", data={"key": "Z" * 26})
    hidden = await browser.post("/complaints/claimed", data={"key": asked.KEY})
    nonsense = await browser.post("/complaints/claimed", data={"key": "abc"})
    assert (wrong.status_code, hidden.status_code, nonsense.status_code) == (404, 422, 404)
    assert "Aduan anonim tidak dapat dibawa ke akun" in hidden.text
    assert all('id="key-problem"' in page.text for page in (wrong, hidden, nonsense))
    assert asked.KEY not in hidden.text
