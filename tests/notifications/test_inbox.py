"""What was told stands in the inbox, once, for who may still read it."""

from datetime import timedelta
from uuid import uuid4

from backend import clock
from backend.accounts.tables import RoleGrant
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import Role
from backend.complaints.tables import Complaint
from backend.events.kinds import EventKind
from backend.mail.tables import Mail
from backend.notifications import actions, queries
from backend.notifications.tables import Notice
from tests.support import city as walk
from tests.support import news
from tests.support.phones import heard

KEY = "0123456789ABCDEFGHJKMNPQRS"
OTHER_KEY = "Z123456789ABCDEFGHJKMNPQRS"


async def test_the_inbox_says_what_the_push_says(city, phones, push_service):
    complaint = await walk.tell(city.citizen)
    [part] = await walk.forward(city, complaint)
    await walk.name_officer(city, part)
    await news.spread()
    pushed = await heard(push_service)
    shown = {shown["body"]: shown for shown in push_service.shown()}
    assert set(pushed) == {"citizen", "moderator", "roads", "officer"}
    for person in (city.citizen, city.roads, city.officer):
        for row in await Notice.objects().where(Notice.account == person.account):
            assert shown[row.body]["title"] == row.title
            assert shown[row.body]["url"] == row.url


async def test_one_line_for_each_event_and_reader_however_often_it_is_announced(city):
    complaint = await walk.tell(city.citizen)
    await walk.forward(city, complaint)
    for _ in range(3):
        await news.spread()
    assert len(await news.lines(city.citizen)) == 2
    assert len(await news.lines(city.moderator)) == 1
    assert await Mail.count() == 2


async def test_the_newest_comes_first_by_day(city):
    complaint = await walk.tell(city.citizen)
    await news.spread()
    await Notice.update({Notice.at: clock.now() - timedelta(days=2)}, force=True)
    [part] = await walk.forward(city, complaint)
    await walk.answer(city.roads, part)
    await news.spread()
    inbox = await queries.inbox(city.citizen)
    assert [len(day.lines) for day in inbox.days] == [2, 1]
    assert inbox.days[0].lines[0].body == "Dinas PU menjawab aduan Anda."
    assert inbox.days[0].day > inbox.days[1].day


async def test_a_guest_finds_it_by_the_key_and_nobody_else_does(city):
    complaint, other = await walk.tell(key=KEY), await walk.tell(key=OTHER_KEY)
    await walk.forward(city, complaint)
    assert len(await news.lines(walk.guest(complaint))) == 2
    assert len(await news.lines(walk.guest(other))) == 1
    assert await news.lines(NOBODY) == []
    assert await news.lines(city.citizen) == []
    assert len(await news.lines(Actor(account=city.citizen.account, claimed=frozenset({complaint, other})))) == 3


async def test_who_reported_anonymously_finds_it_by_key_and_nothing_joins_it(city):
    complaint = await walk.tell(key=KEY, anonymous=True)
    [part] = await walk.forward(city, complaint)
    await walk.answer(city.roads, part)
    assert len(await news.lines(walk.guest(complaint))) == 3
    rows = await Notice.objects().where(Notice.hearer == "reporter")
    assert {row.account for row in rows} == {None}
    for row in rows:
        assert row.at == clock.coarse(row.at)
        assert row.id.version != 7
    await actions.read(walk.guest(complaint))
    assert {row.read_at for row in await Notice.objects().where(Notice.hearer == "reporter")} == {clock.coarse(clock.now())}
    assert await Mail.count() == 0


async def test_a_line_of_the_desk_is_no_business_of_who_holds_the_key(city):
    complaint = await walk.tell(key=KEY)
    await walk.forward(city, complaint)
    told = await news.bodies(walk.guest(complaint))
    assert not [body for body in told if "Ada tugas baru" in body or "menunggu diteruskan" in body]


async def test_a_complaint_brought_into_an_account_brings_its_lines(city):
    complaint = await walk.tell(key=KEY)
    await news.spread()
    await Complaint.update({Complaint.reporter: city.citizen.account}).where(Complaint.id == complaint)
    await actions.hand_over(await news.happen(EventKind.CLAIMED, complaint))
    assert len(await news.lines(city.citizen)) == 1
    assert len(await news.lines(walk.guest(complaint))) == 1


async def test_what_may_no_longer_be_read_is_no_longer_told_of(city):
    complaint = await walk.tell(city.citizen)
    [part] = await walk.forward(city, complaint)
    await walk.name_officer(city, part)
    colleague = await walk.person(Role.OFFICER, "DPUPRPKP")
    await news.spread()
    assert len(await news.lines(city.officer)) == 1
    assert await queries.unread(city.officer) == 1
    elsewhere = Actor(account=city.officer.account, roles=frozenset({Role.OFFICER}), agencies={Role.OFFICER: frozenset({"DLH"})})
    assert await news.lines(elsewhere) == []
    assert await queries.unread(elsewhere) == 0
    assert await news.lines(colleague) == []


async def test_of_what_became_confidential_the_old_lines_say_no_more_either(city):
    complaint = await walk.tell(city.citizen)
    follower = await walk.person(Role.CITIZEN)
    await news.publish(complaint)
    await news.follow(follower, complaint)
    [part] = await walk.forward(city, complaint)
    await walk.answer(city.roads, part)
    assert len(await news.lines(follower)) == 2
    await news.seal(complaint)
    assert {(line.title, line.body) for line in await news.lines(city.citizen)} == {("Ada kabar untuk aduan Anda", "")}
    assert {(line.title, line.body) for line in await news.lines(city.roads)} == {("Ada tugas baru", "")}
    assert await news.lines(follower) == []
    assert await queries.unread(follower) == 0


async def test_a_follower_is_led_to_what_everybody_may_read(city):
    complaint = await walk.tell(city.citizen)
    follower = await walk.person(Role.CITIZEN)
    await news.publish(complaint)
    await news.follow(follower, complaint)
    await walk.forward(city, complaint)
    [line] = await news.lines(follower)
    number = (await Complaint.select(Complaint.number).where(Complaint.id == complaint).first())["number"]
    assert line.url == f"/public/{number}"


async def test_reading_counts_down_and_touches_nobody_elses(city):
    complaint, other = await walk.tell(city.citizen), await walk.tell(city.citizen)
    await walk.forward(city, complaint)
    await news.spread()
    assert await queries.unread(city.citizen) == 3
    assert await queries.unread(NOBODY) == 0
    await actions.read(city.citizen, complaint=complaint)
    assert await queries.unread(city.citizen) == 1
    [line] = [line for line in await news.lines(city.citizen) if line.unread]
    await actions.read(city.parks, line=line.id)
    assert await queries.unread(city.citizen) == 1
    await actions.read(city.citizen, line=line.id)
    assert await queries.unread(city.citizen) == 0
    assert await queries.unread(city.moderator) == 2
    await actions.read(city.moderator)
    assert await queries.unread(city.moderator) == 0
    assert await queries.unread(walk.guest(other)) == 0


async def test_what_came_after_the_page_was_shown_stays_unread(city):
    complaint = await walk.tell(city.citizen)
    await news.spread()
    shown = (await queries.inbox(city.citizen)).newest
    await walk.forward(city, complaint)
    await news.spread()
    await actions.read(city.citizen, until=shown)
    assert await queries.unread(city.citizen) == 1


async def test_a_long_inbox_is_read_page_by_page_each_line_once(city):
    at = clock.now()
    for number in range(queries.PAGE * 2 + 7):
        event = uuid4()
        row = Notice(
            id=uuid4(),
            account=city.citizen.account,
            event=event,
            hearer="self",
            title=f"{number}",
            url="/account",
            at=at - timedelta(minutes=number // 3),
        )
        await Notice.insert(row)
    seen, after = [], None
    for _ in range(5):
        page = await queries.inbox(city.citizen, after)
        seen += [line.title for day in page.days for line in day.lines]
        after = page.oldest
        if not page.more:
            break
    assert len(seen) == len(set(seen)) == queries.PAGE * 2 + 7
    assert await queries.unread(city.citizen) == queries.MOST_COUNTED


async def test_half_a_year_is_kept(city):
    await walk.tell(city.citizen)
    await news.spread()
    await actions.remove_old()
    assert await Notice.count() == 2
    await Notice.update({Notice.at: clock.now() - timedelta(days=181)}, force=True)
    await actions.remove_old()
    assert await Notice.count() == 0


async def test_a_changed_role_stands_in_the_inbox_of_whose_it_is(city):
    grant = await RoleGrant.select(RoleGrant.id).where(RoleGrant.account == city.roads.account).first()
    await news.happen(EventKind.ROLE_GIVEN, subject=grant["id"], actor=city.parks.account)
    [line] = await news.lines(city.roads)
    assert (line.title, line.url) == ("Akun Anda", "/account")
    assert await queries.unread(city.roads) == 1
