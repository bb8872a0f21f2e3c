"""Who is told: by the real rows, under the guards; whoever is told of a complaint may read it."""

from uuid import UUID

import pytest

from backend import clock
from backend import database as db
from backend.accounts import queries as accounts
from backend.accounts.tables import Account, RoleGrant
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Role
from backend.agencies.tables import Agency
from backend.complaints import queries as complaints
from backend.complaints.states import Mode
from backend.complaints.tables import Accused, Assignment, Complaint, Contact
from backend.events import order
from backend.events.kinds import EventKind
from backend.mail.tables import Mail
from backend.notifications import messages, recipients
from backend.notifications.audience import HEARS, Hearer
from backend.notifications.tables import Notice
from tests.support import city as walk
from tests.support import news

KEY = "0123456789ABCDEFGHJKMNPQRS"
OF_COMPLAINTS = [kind for kind in EventKind if HEARS[kind] and not kind.startswith("role.")]


async def told(kind, complaint=None, **refers):
    """Account -> as what, for something that happens now."""
    event = await order.one(await news.happen(kind, complaint, **refers))
    found = await recipients.told(event)
    return {account: heard.hearer for account, heard in found.people.items()}


async def whole_city(city):
    """Everybody who could hear of one public complaint of the citizen, disputed twice: its parts' people, heads, followers."""
    complaint = await walk.tell(city.citizen)
    [part] = await walk.forward(city, complaint)
    await walk.name_officer(city, part)
    head, follower, second = (
        await walk.person(Role.AGENCY_ADMIN, "DPUPRPKP"),
        await walk.person(Role.CITIZEN),
        await walk.person(Role.MODERATOR),
    )
    await news.make_head(head)
    await news.publish(complaint)
    for person in (follower, city.parks, city.citizen):
        await news.follow(person, complaint)
    await Complaint.update({Complaint.disputes: 2, Complaint.decided_by: city.moderator.account}).where(Complaint.id == complaint)
    return complaint, part, {"head": head, "follower": follower, "second": second, **city._asdict()}


@pytest.mark.parametrize("how", ["open", "confidential", "accused", "anonymous"])
async def test_whoever_is_told_of_a_complaint_may_read_it(city, how):
    complaint, part, people = await whole_city(city)
    match how:
        case "confidential":
            await news.seal(complaint)
        case "accused":
            await Accused.insert(Accused(id=db.new_id(), complaint=complaint, agency="DPUPRPKP"))
        case "anonymous":
            await Complaint.update({Complaint.secrecy: "anonymous", Complaint.reporter: None}).where(Complaint.id == complaint)
    heard = [await told(kind, complaint, part=part, actor=people["second"].account) for kind in OF_COMPLAINTS]
    pairs = {pair for one in heard for pair in one.items()}
    assert len(pairs) > 2
    for account, hearer in pairs:
        roles = await accounts.roles_of(account)
        actor = Actor(account=account, roles=frozenset(roles), agencies={role: codes for role, codes in roles.items() if codes})
        permission = Permission.READ_PUBLIC if hearer == Hearer.FOLLOWER else Permission.READ
        assert await complaints.may(actor, permission, complaint), hearer


async def test_everybody_concerned_hears_of_a_second_dispute_each_as_who_they_are(city):
    complaint, _, people = await whole_city(city)
    heard = await told(EventKind.DISPUTED, complaint, actor=city.citizen.account)
    names = {person.account: name for name, person in people.items()}
    assert {names[account]: hearer for account, hearer in heard.items()} == {
        "citizen": Hearer.REPORTER,  # who follows it too, and did it: the receipt
        "follower": Hearer.FOLLOWER,
        "parks": Hearer.FOLLOWER,
        "officer": Hearer.OFFICER,
        "roads": Hearer.AGENCY_ADMIN,
        "head": Hearer.HEAD,
        "moderator": Hearer.MODERATOR,
        "second": Hearer.MODERATOR,
    }


async def test_for_the_accused_there_is_nothing_to_hear(city):
    complaint, part, people = await whole_city(city)
    await Accused.insert(Accused(id=db.new_id(), complaint=complaint, agency="DPUPRPKP"))
    heard = await told(EventKind.DISPUTED, complaint, part=part, actor=city.citizen.account)
    assert not {people[name].account for name in ("officer", "roads", "head")} & set(heard)
    await Accused.insert(Accused(id=db.new_id(), complaint=complaint, account=city.moderator.account))
    heard = await told(EventKind.DISPUTED, complaint, part=part, actor=city.citizen.account)
    assert city.moderator.account not in heard
    assert people["second"].account in heard


async def test_what_is_said_of_the_moderators_office_no_moderator_hears(city):
    complaint = await walk.tell(city.citizen)
    await Accused.insert(Accused(id=db.new_id(), complaint=complaint, agency="DISKOMINFO"))
    assert set(await told(EventKind.RECEIVED, complaint)) == {city.citizen.account}


async def test_an_accused_unit_is_not_told_through_what_it_works_under(city):
    await Agency.insert(Agency(code="unit", name="Unit", citizen_name="Unit", duties="uji", parent="DPUPRPKP"))
    complaint, part, people = await whole_city(city)
    await Accused.insert(Accused(id=db.new_id(), complaint=complaint, agency="unit"))
    heard = await told(EventKind.DISPUTED, complaint, part=part)
    assert people["roads"].account not in heard


async def test_a_unit_without_an_admin_is_looked_after_by_what_it_works_under(city):
    await Agency.insert(Agency(code="unit", name="Unit", citizen_name="Unit", duties="uji", parent="DPUPRPKP"))
    complaint = await walk.tell(city.citizen)
    await walk.forward(city, complaint, "unit")
    assert city.roads.account in await told(EventKind.FORWARDED, complaint)
    own = await walk.person(Role.AGENCY_ADMIN, "unit")
    heard = await told(EventKind.FORWARDED, complaint)
    assert own.account in heard
    assert city.roads.account not in heard


async def test_a_head_hears_of_new_work_only_where_there_is_no_other_admin(city):
    complaint = await walk.tell(city.citizen)
    await walk.forward(city, complaint)
    head = await walk.person(Role.AGENCY_ADMIN, "DPUPRPKP")
    await news.make_head(head)
    assert head.account not in await told(EventKind.FORWARDED, complaint)
    await RoleGrant.update({RoleGrant.ended_at: clock.now()}).where(RoleGrant.account == city.roads.account)
    assert (await told(EventKind.FORWARDED, complaint))[head.account] == Hearer.AGENCY_ADMIN


async def test_a_moderator_with_a_complaint_of_their_own_hears_of_it_as_its_reporter_only(city):
    complaint = await walk.tell(city.moderator)
    assert await told(EventKind.RECEIVED, complaint, actor=city.moderator.account) == {city.moderator.account: Hearer.REPORTER}


async def test_an_objection_is_for_a_moderator_who_has_not_decided_before(city):
    complaint, _, people = await whole_city(city)
    heard = await told(EventKind.OBJECTED, complaint, actor=city.citizen.account)
    assert heard == {city.citizen.account: Hearer.REPORTER, people["second"].account: Hearer.OTHER_MODERATOR}


async def test_a_question_of_an_opd_is_answered_to_it_and_the_moderators_to_them(city):
    complaint, part, people = await whole_city(city)
    of_the_opd = set(await told(EventKind.REPLIED, complaint, part=part))
    of_the_desk = set(await told(EventKind.REPLIED, complaint))
    assert of_the_opd == {people[name].account for name in ("citizen", "officer", "roads")}
    assert of_the_desk == {people[name].account for name in ("citizen", "moderator", "second")}


@pytest.mark.parametrize("shown", ["not published", "confidential"])
async def test_who_follows_what_is_not_public_hears_nothing(city, shown):
    complaint, _, people = await whole_city(city)
    if shown == "confidential":
        await news.seal(complaint)
    else:
        await Complaint.update({Complaint.published_at: None}).where(Complaint.id == complaint)
    assert people["follower"].account not in await told(EventKind.ANSWERED, complaint)


async def test_who_no_longer_has_the_part_no_longer_hears(city):
    complaint, part, _ = await whole_city(city)
    await news.publish(complaint)
    await Assignment.update({Assignment.status: "taken_back"}).where(Assignment.id == part)
    assert not {city.roads.account, city.officer.account} & set(await told(EventKind.CLOSED_BY_DECISION, complaint))


async def test_a_changed_role_is_told_to_whose_it_is_and_a_proposed_one_to_the_secretary(city):
    secretary = await walk.person(Role.SECRETARY)
    grant = await RoleGrant.select(RoleGrant.id).where(RoleGrant.account == city.roads.account).first()
    assert await told(EventKind.ROLE_ENDED, subject=grant["id"]) == {city.roads.account: Hearer.SELF}
    assert await told(EventKind.ROLE_PROPOSED, subject=grant["id"], actor=city.parks.account) == {secretary.account: Hearer.SECRETARY}
    own = await RoleGrant.select(RoleGrant.id).where(RoleGrant.account == secretary.account).first()
    assert await told(EventKind.ROLE_PROPOSED, subject=own["id"]) == {}


async def test_an_event_of_a_role_that_names_a_complaint_or_the_other_way_round_is_told_to_nobody(city):
    assert await told(EventKind.RECEIVED) == {}


@pytest.mark.parametrize("how", ["open", "confidential", "anonymous"])
async def test_nothing_that_is_told_holds_a_word_of_the_complaint_or_a_name(city, how):
    complaint, part, people = await whole_city(city)
    await Complaint.update({Complaint.private: "3573012345678901", Complaint.text: "Lampu jalan mati", Complaint.address: "pasar"}).where(
        Complaint.id == complaint
    )
    await Contact.insert(Contact(complaint=complaint, name="Siti", phone="081234567890", may_call=True))
    match how:
        case "confidential":
            await news.seal(complaint)
        case "anonymous":
            await Complaint.update({Complaint.secrecy: "anonymous", Complaint.reporter: None}).where(Complaint.id == complaint)
    for kind in OF_COMPLAINTS:
        await news.happen(kind, complaint, part=part, actor=people["second"].account)
    await news.spread()
    said = [f"{row.title} {row.body} {row.url}" for row in await Notice.objects()]
    said += [f"{mail.subject} {mail.text}" for mail in await Mail.objects()]
    assert len(said) > len(OF_COMPLAINTS) / 2
    for word in ("Siti", "3573", "0812", "Lampu", "pasar", "besok"):
        assert not [one for one in said if word.lower() in one.lower()], word
    for one in said:
        assert "{" not in one
        assert "None" not in one
    number = (await Complaint.select(Complaint.number).where(Complaint.id == complaint).first())["number"]
    if how == "confidential":
        sealed = await Notice.select(Notice.title, Notice.body).where(Notice.complaint == complaint)
        assert {(row["title"], row["body"]) for row in sealed} == {("Ada kabar untuk aduan Anda", ""), ("Ada tugas baru", "")}
        assert not [one for one in said if number[:4] in one]


async def test_a_closed_account_is_told_nothing(city):
    complaint = await walk.tell(city.citizen)
    await Account.update({Account.disabled_at: clock.now()}).where(Account.id == city.citizen.account)
    assert city.citizen.account not in await told(EventKind.ANSWERED, complaint)
    await news.spread()
    assert not await Notice.exists().where(Notice.account == UUID(str(city.citizen.account)))


async def test_what_goes_to_another_opd_is_told_to_that_one_and_named_so(city):
    complaint = await walk.tell(city.citizen)
    await walk.forward(city, complaint, "DPUPRPKP", "DLH", mode=Mode.PARALLEL)
    event = await order.one(await news.happen(EventKind.REDIRECTED, complaint, data={"agencies": "DLH"}))
    found = await recipients.told(event)
    assert city.parks.account in found.people
    assert city.roads.account not in found.people
    assert "Dinas PU" not in messages.compose(event, Hearer.REPORTER, found.notice).body


async def test_the_last_part_that_is_done_waits_for_nobody_though_it_is_disputed_before_that_is_told(city):
    complaint = await walk.tell(city.citizen)
    [part] = await walk.forward(city, complaint)
    await walk.finish(city.roads, part)
    await walk.dispute(city.citizen, complaint)
    assert not [body for body in await news.bodies(city.citizen) if "masih menunggu" in body]
