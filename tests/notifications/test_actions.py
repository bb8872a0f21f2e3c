from datetime import timedelta

import pytest

from backend import clock
from backend import database as db
from backend.events.tables import Event
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.queue import TryLater
from backend.jobs.tables import Job
from backend.notifications import actions, subscriptions
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
    assert await Job.count().where(Job.kind == JobKind.PUSH) == 2  # the receipt, and the moderator's


async def test_a_push_on_its_way_is_not_sent_to_who_took_over_the_browser(city, push_service):
    await subscriptions.subscribe(city.moderator, push_service.wish())
    await walk.tell(city.citizen)
    [event] = await Event.select(Event.id)
    await actions.announce(event["id"])
    await subscriptions.subscribe(city.parks, push_service.wish())
    assert await heard(push_service) == {}


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_the_push_service_has_forgotten_is_forgotten_here(city, push_service, status):
    await walk.tell(key=KEY)
    await subscriptions.subscribe(city.moderator, push_service.wish("/desk", [KEY]))
    push_service.answers["/desk"].append((status, {}))
    await spread()
    assert (await Subscription.count(), await Follow.count()) == (0, 0)


async def test_a_busy_push_service_is_asked_again(city, push_service):
    await subscriptions.subscribe(city.moderator, push_service.wish("/desk"))
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
    await subscriptions.subscribe(city.moderator, push_service.wish("/desk"))
    night = clock.now().astimezone(clock.JAKARTA).replace(hour=23, minute=0, second=0, microsecond=0) + timedelta(days=1)
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
    assert times == [night, night + timedelta(hours=7)]


async def test_a_job_of_a_push_holds_ids_only(city, phones):
    await walk.tell(city.citizen)
    [event] = await Event.select(Event.id)
    await actions.announce(event["id"])
    pushes = [job for job in await queue.claim_due(10) if job.kind == JobKind.PUSH]
    assert len(pushes) == 2
    assert all(set(job.arguments) == {"event", "subscription"} for job in pushes)
