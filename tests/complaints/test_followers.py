""" "Ini juga keluhan saya": others follow what is public, and two of them who say it is still broken count as a dispute."""

import pytest

from backend.actors.actor import NOBODY
from backend.complaints import actions, edits, followers, publishing, queries
from backend.complaints.tables import Follower, Note
from backend.operations import Status
from tests.support import asked, asked_desk
from tests.support import city as a_city
from tests.support.walked import applied, due, forwarded, happened, resolved, row, told


@pytest.fixture
async def neighbours(city):
    return [await a_city.person("citizen") for _ in range(3)]


async def published(city, complaint):
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint)))
    return complaint


async def follow(actor, complaint, **other):
    return await followers.follow(actor, asked_desk.follow(actor, complaint, **other))


async def say(actor, complaint):
    return await followers.still_broken(actor, asked_desk.still_broken(actor, complaint))


async def in_question(city, *people):
    """A public complaint that its OPD calls done, and its part; these people follow it."""
    complaint, part = await resolved(city, city.citizen)
    await published(city, complaint)
    for person in people:
        await applied(follow(person, complaint))
    return complaint, part


async def test_a_neighbour_follows_once_and_no_longer(city, neighbours):
    complaint = await published(city, (await forwarded(city, reporter=city.citizen))[0])
    one, other, _ = neighbours
    await applied(follow(one, complaint))
    assert (await follow(one, complaint)).code == "already"
    await applied(follow(other, complaint))
    assert await Follower.count().where(Follower.complaint == complaint) == 2
    await applied(follow(one, complaint, on=False))
    assert (await follow(one, complaint, on=False)).code == "already"
    [left] = await Follower.objects().where(Follower.complaint == complaint)
    assert left.account == other.account
    assert (await happened(complaint)).count("complaint.followed") == 3


async def test_ones_own_needs_no_following(city):
    complaint = await published(city, (await forwarded(city, reporter=city.citizen))[0])
    assert (await follow(city.citizen, complaint)).code == "own_complaint"
    guests = await published(city, (await forwarded(city))[0])
    holder = city.citizen.holding(frozenset({guests}))
    assert (await follow(holder, guests)).code == "own_complaint"


async def test_what_is_not_public_cannot_be_followed(city, neighbours):
    one = neighbours[0]
    complaint = await told(city.citizen)
    assert (await follow(one, complaint)).code == "not_found"
    complaint = await published(city, (await forwarded(city, reporter=city.citizen))[0])
    await applied(edits.set_secrecy(city.citizen, asked_desk.secrecy(city.citizen, complaint)))
    assert (await follow(one, complaint)).code == "not_found"


async def test_who_has_no_account_signs_in_first(city):
    complaint = await published(city, (await forwarded(city, reporter=city.citizen))[0])
    outcome = await follow(NOBODY, complaint)
    assert (outcome.status, outcome.code) == (Status.RETRY, "not_signed_in")


async def test_one_voice_is_heard_and_two_are_a_dispute(city, neighbours):
    one, other, _ = neighbours
    complaint, part = await in_question(city, one, other)
    await applied(say(one, complaint))
    assert (await row(complaint)).status == "resolved"
    await applied(say(other, complaint))
    kept = await row(complaint)
    assert (kept.status, kept.disputes) == ("disputed", 1)
    assert "finish" in {str(kind) for kind in await due(complaint, part)}
    assert await Note.count().where(Note.complaint == complaint, Note.kind == "still_broken") == 2
    assert (await happened(complaint)).count("complaint.disputed") == 1


async def test_the_same_person_is_one_voice(city, neighbours):
    one, other, _ = neighbours
    complaint, _ = await in_question(city, one, other)
    await applied(say(one, complaint))
    assert (await say(one, complaint)).code == "not_asked_now"
    await applied(follow(one, complaint, on=False))
    await applied(follow(one, complaint))
    await applied(say(one, complaint))
    assert (await row(complaint)).status == "resolved"


async def test_only_who_follows_is_heard_and_only_while_the_reporter_is_asked(city, neighbours):
    one, other, stranger = neighbours
    complaint, _ = await in_question(city, one, other)
    assert (await say(stranger, complaint)).code == "not_a_follower"
    assert (await say(city.citizen, complaint)).code == "not_a_follower"
    assert (await followers.still_broken(NOBODY, asked_desk.still_broken(NOBODY, complaint))).code == "not_signed_in"
    await a_city.confirm(city.citizen, complaint)
    assert (await say(one, complaint)).code == "not_asked_now"


async def test_a_voice_of_the_last_time_does_not_count_in_the_next(city, neighbours, at):
    one, other, _ = neighbours
    complaint, part = await in_question(city, one, other)
    await applied(say(one, complaint))
    at("2026-03-03 09:00")
    await a_city.dispute(city.citizen, complaint)
    at("2026-03-04 09:00")
    await a_city.finish(city.roads, part, seen="in_progress")
    at("2026-03-05 09:00")
    await applied(say(other, complaint))
    assert (await row(complaint)).status == "resolved"
    await applied(say(one, complaint))
    kept = await row(complaint)
    assert (kept.status, kept.disputes) == ("disputed", 2)


async def test_of_somebody_anonymous_followers_are_heard_all_the_same(city, neighbours, at):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, op.complaint, publish=True)))
    [part] = await queries.parts_of(op.complaint)
    await a_city.finish(city.roads, part.id)
    at("2026-03-02 10:30")
    for person in neighbours[:2]:
        await applied(follow(person, op.complaint))
        await applied(say(person, op.complaint))
    assert (await row(op.complaint)).status == "disputed"
