"""How a reporter can be reached: masked, in full for whoever may and asks, and every look is told to the reporter."""

import pytest

from backend.accounts.tables import Account
from backend.actors.actor import NOBODY, Actor
from backend.complaints import actions, contacts, edits, parts, queries
from backend.complaints.contacts import ContactView
from backend.complaints.operations import ContactGiven
from backend.errors import NotFound
from backend.events.tables import Event
from tests.support import asked, asked_desk
from tests.support import city as a_city
from tests.support.walked import applied, forwarded, row, told

GIVEN = ContactGiven(name="Sri Wahyuni", phone="081234567812", may_call=False)


async def looks(complaint):
    return await Event.objects().where(Event.complaint == complaint, Event.kind == "contact.viewed")


async def with_contact(city, *, may_call=False, officer=True):
    """A guest's complaint at the roads' OPD, with the officer named."""
    given = ContactGiven(name=GIVEN.name, phone=GIVEN.phone, may_call=may_call)
    complaint = await told(contact=given)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint)))
    if officer:
        [part] = await queries.parts_of(complaint)
        await applied(parts.name_officer(city.roads, asked.name_officer(city.roads, part.id, city.officer)))
    return complaint


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("081234567812", "08••••••••12"), ("+62 812 345 12", "+6" + "•" * 10 + "12"), ("1234", "••••"), ("", "")],
)
def test_of_a_number_so_much_is_shown_that_one_knows_it_again(phone, masked):
    view = ContactView(name="Sri Wahyuni", phone=phone, email="sri@contoh.test", may_call=False, masked=False)
    assert contacts.masked(view) == ContactView(name="S••• W•••", phone=masked, email="s•••@contoh.test", may_call=False, masked=True)


async def test_those_who_handle_it_see_it_masked_and_the_rest_nothing(city):
    complaint = await row(await with_contact(city))
    seen = {name: await contacts.shown(actor, complaint) for name, actor in city._asdict().items()}
    for role in ("manager", "secretary", "mayor"):
        seen[role] = await contacts.shown(await a_city.person(role), complaint)
    seen["guest"] = await contacts.shown(NOBODY, complaint)
    assert {name for name, view in seen.items() if view} == {"moderator", "roads"}
    assert {view.phone for view in seen.values() if view} == {"08••••••••12"}
    assert await looks(complaint.id) == []


async def test_a_look_shows_it_in_full_and_is_logged_each_time(city):
    complaint = await with_contact(city)
    for _ in range(2):
        view = await contacts.look(city.roads, complaint)
        assert (view.name, view.phone, view.masked) == ("Sri Wahyuni", "081234567812", False)
    found = await looks(complaint)
    assert [(event.actor, event.data) for event in found] == [(city.roads.account, '{"agency":"DPUPRPKP"}')] * 2


async def test_an_officer_looks_only_if_the_reporter_lets_officers_call(city):
    without, ticked = await with_contact(city), await with_contact(city, may_call=True)
    with pytest.raises(NotFound):
        await contacts.look(city.officer, without)
    assert (await contacts.look(city.officer, ticked)).phone == "081234567812"
    assert await looks(without) == []
    colleague = await a_city.person("officer", "DPUPRPKP")
    with pytest.raises(NotFound):
        await contacts.look(colleague, ticked)


async def test_who_is_an_officer_and_an_admin_looks_as_an_admin(city):
    complaint = await with_contact(city)
    both = Actor(
        account=city.roads.account, roles=city.roads.roles | city.officer.roles, agencies=city.roads.agencies | city.officer.agencies
    )
    assert (await contacts.look(both, complaint)).phone == "081234567812"


@pytest.mark.parametrize("name", ["parks", "citizen"])
async def test_for_whoever_may_not_it_does_not_exist(city, name):
    complaint = await with_contact(city)
    with pytest.raises(NotFound):
        await contacts.look(getattr(city, name), complaint)
    assert await looks(complaint) == []


async def test_of_an_account_its_name_and_address_are_the_contact(city):
    await Account.update({Account.phone: "0857 1234 5678"}).where(Account.id == city.citizen.account)
    complaint, _ = await forwarded(city, reporter=city.citizen)
    view = await contacts.look(city.roads, complaint)
    assert (view.name, view.phone, view.email) == ("Siti", "0857 1234 5678", f"{city.citizen.account}@contoh.test")


async def test_what_was_given_with_it_goes_before_what_the_account_says(city):
    complaint = await told(city.citizen, contact=GIVEN)
    view = await contacts.look(city.moderator, complaint)
    assert (view.name, view.phone) == ("Sri Wahyuni", "081234567812")


async def test_ones_own_is_no_look(city):
    complaint = await told(city.citizen, contact=GIVEN)
    assert (await contacts.shown(city.citizen, await row(complaint))).phone == "081234567812"
    await contacts.look(city.citizen, complaint)
    assert await looks(complaint) == []


async def test_of_somebody_anonymous_and_of_a_guest_who_gave_none_there_is_nothing(city):
    op = asked.anonymous()
    await applied(actions.submit(NOBODY, op))
    for complaint in (op.complaint, await told()):
        assert await contacts.shown(city.moderator, await row(complaint)) is None
        with pytest.raises(NotFound):
            await contacts.look(city.moderator, complaint)
        assert await looks(complaint) == []


async def test_of_a_confidential_one_only_its_handlers_look(city):
    complaint = await with_contact(city, may_call=True)
    await applied(edits.set_secrecy(city.moderator, asked_desk.secrecy(city.moderator, complaint)))
    for actor in (city.roads, city.officer, city.moderator):
        assert (await contacts.look(actor, complaint)).phone == "081234567812"
    with pytest.raises(NotFound):
        await contacts.look(city.parks, complaint)


async def test_the_page_shows_it_once_and_no_phone_keeps_it(city, door):
    complaint = await with_contact(city)
    browser = await door(city.roads)
    page = await browser.post(f"/complaints/{complaint}/contact")
    assert page.status_code == 200
    assert "081234567812" in page.text
    assert page.headers["x-sambat-scope"] == "none"
    assert "no-store" in page.headers["cache-control"]
    assert (await browser.get(f"/complaints/{complaint}/contact")).status_code in {404, 405}
    case = await browser.get(f"/complaints/{complaint}")
    assert "081234567812" not in case.text
    assert "08••••••••12" in case.text


async def test_the_page_is_not_there_for_the_others(city, door):
    complaint = await with_contact(city)
    for actor in (city.parks, city.officer, city.citizen, None):
        page = await (await door(actor)).post(f"/complaints/{complaint}/contact")
        assert page.status_code == 404
        assert "081234567812" not in page.text
    assert await looks(complaint) == []


async def test_the_reporter_reads_who_looked(city, door):
    complaint = await told(city.citizen, contact=GIVEN)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint)))
    await contacts.look(city.roads, complaint)
    page = await (await door(city.citizen)).get(f"/complaints/{complaint}")
    assert "Siti, Dinas PU, melihat nomor Anda Senin 2 Maret" in page.text
