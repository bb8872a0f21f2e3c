import pytest

from backend.actors.actor import NOBODY
from backend.errors import NotFound
from backend.notifications import subscriptions
from backend.notifications.subscriptions import NeverAnonymous
from backend.notifications.tables import Follow, Subscription
from tests.support import city as walk
from tests.support.phones import heard

KEY = "0123456789ABCDEFGHJKMNPQRS"
OTHER_KEY = "Z123456789ABCDEFGHJKMNPQRS"


async def test_a_guest_without_a_proved_key_is_not_stored(city, push_service):
    for claims in ([], [KEY]):
        with pytest.raises(NotFound):
            await subscriptions.subscribe(NOBODY, push_service.wish(claims=claims))
    assert await Subscription.count() == 0


@pytest.mark.parametrize("signed_in", [False, True])
async def test_no_phone_is_ever_stored_beside_an_anonymous_complaint(city, push_service, signed_in):
    complaint = await walk.tell(key=KEY, anonymous=True)
    with pytest.raises(NeverAnonymous):
        await subscriptions.subscribe(city.citizen if signed_in else NOBODY, push_service.wish(claims=[KEY]))
    assert (await Subscription.count(), await Follow.count()) == (0, 0)
    await walk.tell(key=OTHER_KEY)
    await subscriptions.subscribe(NOBODY, push_service.wish("/guest", [KEY, OTHER_KEY]))
    assert complaint not in await Follow.select(Follow.complaint).output(as_list=True)
    await walk.forward(city, complaint)
    await heard(push_service)
    assert str(complaint) not in str(push_service.shown())


async def test_a_browser_that_changes_hands_no_longer_hears_for_the_one_before(city, push_service):
    complaint = await walk.tell(key=KEY)
    await subscriptions.subscribe(city.moderator, push_service.wish(claims=[KEY]))
    assert await subscriptions.subscribe(city.roads, push_service.wish()) is False
    await walk.forward(city, complaint)
    [told] = (await heard(push_service)).values()
    assert told.startswith("Ada tugas baru")
    assert len(push_service.deliveries) == 1


async def test_who_says_goodbye_is_forgotten_with_what_they_followed(city, push_service):
    await walk.tell(key=KEY)
    wish = push_service.wish(claims=[KEY])
    assert await subscriptions.subscribe(NOBODY, wish) is True
    assert await subscriptions.subscribe(NOBODY, wish) is False
    await subscriptions.unsubscribe(wish.endpoint)
    await subscriptions.unsubscribe(wish.endpoint)
    assert (await Subscription.count(), await Follow.count()) == (0, 0)


async def test_one_person_keeps_the_latest_twenty_browsers(city, push_service):
    for number in range(subscriptions.MOST_BROWSERS + 3):
        await subscriptions.subscribe(city.citizen, push_service.wish(f"/{number}"))
    left = await Subscription.select(Subscription.endpoint).output(as_list=True)
    assert len(left) == subscriptions.MOST_BROWSERS
    assert not any(endpoint.endswith(("/0", "/1", "/2")) for endpoint in left if endpoint[-2] == "/")


async def test_the_browsers_of_a_closed_account_are_forgotten_and_nobody_elses(city, push_service):
    complaint = await walk.tell(key=KEY)
    await subscriptions.subscribe(city.moderator, push_service.wish("/desk"))
    await subscriptions.subscribe(city.moderator, push_service.wish("/phone", [KEY]))
    await subscriptions.subscribe(NOBODY, push_service.wish("/guest", [KEY]))
    await subscriptions.forget_account(city.moderator.account)
    assert await Subscription.select(Subscription.account).output(as_list=True) == [None]
    assert await Follow.select(Follow.complaint).output(as_list=True) == [complaint]
