from datetime import datetime, timedelta

import pytest

from backend import clock
from backend import database as db
from backend.actors.actor import NOBODY
from backend.errors import NotFound
from backend.events.tables import Event
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import TryLater
from backend.jobs.tables import Job
from backend.notifications import actions
from backend.notifications.actions import NeverAnonymous
from backend.notifications.tables import Follow, Subscription
from tests.support import city as walk
from tests.support.phones import heard, spread

KEY = "0123456789ABCDEFGHJKMNPQRS"
OTHER_KEY = "Z123456789ABCDEFGHJKMNPQRS"


async def test_one_message_for_each_browser_of_each_event_however_often_it_is_announced(city, phones):
    await walk.tell(city.citizen)
    [event] = await Event.select(Event.id)
    for _ in range(3):
        await actions.announce(event["id"])
    assert await Job.count().where(Job.kind == JobKind.PUSH) == 1


async def test_a_guest_without_a_proved_key_is_not_stored(city, push_service):
    for claims in ([], [KEY]):
        with pytest.raises(NotFound):
            await actions.subscribe(NOBODY, push_service.wish(claims=claims))
    assert await Subscription.count() == 0


@pytest.mark.parametrize("signed_in", [False, True])
async def test_no_phone_is_ever_stored_beside_an_anonymous_complaint(city, push_service, signed_in):
    complaint = await walk.tell(key=KEY, anonymous=True)
    with pytest.raises(NeverAnonymous):
        await actions.subscribe(city.citizen if signed_in else NOBODY, push_service.wish(claims=[KEY]))
    assert (await Subscription.count(), await Follow.count()) == (0, 0)
    await walk.tell(key=OTHER_KEY)
    await actions.subscribe(NOBODY, push_service.wish("/guest", [KEY, OTHER_KEY]))
    assert complaint not in await Follow.select(Follow.complaint).output(as_list=True)
    await walk.forward(city, complaint)
    assert await heard(push_service) == {}


async def test_a_browser_that_changes_hands_no_longer_hears_for_the_one_before(city, push_service):
    complaint = await walk.tell(key=KEY)
    await actions.subscribe(city.moderator, push_service.wish(claims=[KEY]))
    assert await actions.subscribe(city.roads, push_service.wish()) is False
    await walk.forward(city, complaint)
    [told] = (await heard(push_service)).values()
    assert told.startswith("Ada tugas baru")
    assert len(push_service.deliveries) == 1


async def test_a_push_on_its_way_is_not_sent_to_who_took_over_the_browser(city, push_service):
    await actions.subscribe(city.moderator, push_service.wish())
    await walk.tell(city.citizen)
    [event] = await Event.select(Event.id)
    await actions.announce(event["id"])
    await actions.subscribe(city.parks, push_service.wish())
    assert await heard(push_service) == {}


async def test_who_says_goodbye_is_forgotten_with_what_they_followed(city, push_service):
    await walk.tell(key=KEY)
    wish = push_service.wish(claims=[KEY])
    assert await actions.subscribe(NOBODY, wish) is True
    assert await actions.subscribe(NOBODY, wish) is False
    await actions.unsubscribe(wish.endpoint)
    await actions.unsubscribe(wish.endpoint)
    assert (await Subscription.count(), await Follow.count()) == (0, 0)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_the_push_service_has_forgotten_is_forgotten_here(city, push_service, status):
    await walk.tell(key=KEY)
    await actions.subscribe(city.moderator, push_service.wish("/desk", [KEY]))
    push_service.answers["/desk"].append((status, {}))
    await spread()
    assert (await Subscription.count(), await Follow.count()) == (0, 0)


async def test_a_busy_push_service_is_asked_again(city, push_service):
    await actions.subscribe(city.moderator, push_service.wish("/desk"))
    await walk.tell(city.citizen)
    push_service.answers["/desk"].append((503, {}))
    with pytest.raises(TryLater):
        await spread()
    assert await Subscription.count() == 1


async def test_news_that_is_a_day_old_is_no_news(city, phones, push_service):
    await walk.tell(city.citizen)
    await Event.update({Event.at: clock.now() - timedelta(hours=25)}, force=True)
    assert await heard(push_service) == {}


async def test_real_push_services_are_left_alone_at_night_and_trials_are_not(city, push_service, monkeypatch):
    await actions.subscribe(city.moderator, push_service.wish("/desk"))
    night = datetime(2026, 11, 24, 23, 0, tzinfo=clock.JAKARTA)
    await Subscription.insert(
        Subscription(
            id=db.new_id(),
            endpoint="https://fcm.googleapis.com/fcm/send/a",
            p256dh=push_service.keys().p256dh,
            auth=push_service.keys().auth,
            account=city.moderator.account,
            created_at=night,
        )
    )
    await walk.tell(city.citizen)
    [event] = await Event.select(Event.id)
    monkeypatch.setattr(clock, "now", lambda: night)
    await actions.announce(event["id"])
    times = await Job.select(Job.run_at).where(Job.kind == JobKind.PUSH).order_by(Job.run_at).output(as_list=True)
    assert times == [night, datetime(2026, 11, 25, 6, 0, tzinfo=clock.JAKARTA)]


async def test_one_person_keeps_the_latest_twenty_browsers(city, push_service):
    for number in range(actions.MOST_BROWSERS + 3):
        await actions.subscribe(city.citizen, push_service.wish(f"/{number}"))
    left = await Subscription.select(Subscription.endpoint).output(as_list=True)
    assert len(left) == actions.MOST_BROWSERS
    assert not any(endpoint.endswith(("/0", "/1", "/2")) for endpoint in left if endpoint[-2] == "/")


async def test_a_job_of_a_push_holds_ids_only(city, phones):
    await walk.tell(city.citizen)
    [event] = await Event.select(Event.id)
    await actions.announce(event["id"])
    [job] = await queue.claim_due()
    assert (job.kind, set(job.arguments)) == (JobKind.PUSH, {"event", "subscription"})
