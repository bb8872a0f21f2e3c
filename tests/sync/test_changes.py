"""What a phone hears of: what its person may see, and nothing else."""

from backend.actors.actor import NOBODY
from backend.complaints import actions, queries
from tests.support import asked
from tests.support.batches import send
from tests.support.walked import numbered


async def test_a_phone_hears_of_what_its_person_may_see_and_of_nothing_else(city, door):
    mine, others, guests = asked.submit(city.citizen), asked.submit(city.roads), asked.submit(key=asked.KEY)
    for actor, op in ((city.citizen, mine), (city.roads, others), (NOBODY, guests)):
        await actions.submit(actor, op)
    phone, stranger = await door(city.citizen), await door()
    assert (await send(phone))["changed"] == []
    await numbered()
    heard = await send(phone)
    assert {change["url"] for change in heard["changed"]} == {f"/complaints/{mine.complaint}", "/complaints", "/work", "/"}
    assert (heard["cursor"], heard["more"]) == (3, False)
    assert (await send(phone, cursor=heard["cursor"]))["changed"] == []
    assert (await send(stranger))["changed"] == []
    with_key = await send(stranger, claims=[asked.KEY])
    assert f"/complaints/{guests.complaint}" in {change["url"] for change in with_key["changed"]}
    assert f"/complaints/{mine.complaint}" not in {change["url"] for change in with_key["changed"]}
    moderator = await send(await door(city.moderator))
    assert len({change["url"] for change in moderator["changed"] if len(change["url"]) > 20}) == 3


async def test_many_changes_come_in_pieces(city, door, monkeypatch):
    monkeypatch.setattr(queries, "MOST_CHANGES", 2)
    for _ in range(5):
        await actions.submit(city.citizen, asked.submit(city.citizen))
    await numbered()
    phone, cursor, heard = await door(city.citizen), 0, set()
    for more in (True, True, False):
        answer = await send(phone, cursor=cursor)
        heard |= {change["url"] for change in answer["changed"] if len(change["url"]) > 20}
        cursor = answer["cursor"]
        assert answer["more"] == more
    assert len(heard) == 5
