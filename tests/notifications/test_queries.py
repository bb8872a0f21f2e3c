"""The walk of a complaint, told to phones: real actions, real encryption, a push service of our own at the other end."""

from datetime import timedelta

import pytest

from backend import clock
from backend import database as db
from backend.accounts.tables import Account, RoleGrant
from backend.actors.actor import NOBODY
from backend.actors.permissions import Role
from backend.complaints.states import Mode
from backend.events import log
from backend.events.kinds import EventKind
from backend.events.tables import Event
from backend.jobs.tables import Job
from backend.notifications import actions, subscriptions
from tests.support import city as walk
from tests.support.phones import heard

KEY = "0123456789ABCDEFGHJKMNPQRS"
OTHER_KEY = "Z123456789ABCDEFGHJKMNPQRS"


async def also(person, role):
    """Give somebody of the roads' agency a second role."""
    today = clock.day_of(clock.now())
    await RoleGrant.insert(RoleGrant(id=db.new_id(), account=person.account, role=role, agency="DPUPRPKP", valid_from=today))


async def test_each_step_of_the_walk_is_told_to_those_who_wait_for_it(city, phones, push_service):
    complaint = await walk.tell(city.citizen)
    told = await heard(push_service)
    assert set(told) == {"citizen", "moderator"}
    assert told["citizen"].startswith("Aduan Anda sudah kami terima dengan nomor SRK ")  # the receipt
    assert told["moderator"].startswith("Aduan baru menunggu diteruskan paling lambat ")

    [part] = await walk.forward(city, complaint)
    told = await heard(push_service)
    assert set(told) == {"citizen", "roads"}
    assert told["citizen"].startswith("Diteruskan ke Dinas PU; jawaban paling lambat ")
    assert told["roads"].startswith("Ada tugas baru; jawaban paling lambat ")

    await walk.answer(city.roads, part)
    assert await heard(push_service) == {"citizen": "Dinas PU menjawab aduan Anda."}

    await walk.name_officer(city, part, seen="in_progress")
    told = await heard(push_service)
    assert set(told) == {"citizen", "officer"}
    assert told["citizen"].startswith("Petugas Dinas PU datang ")
    assert told["officer"].startswith("Ada tugas baru untuk Anda; kunjungan ")

    await walk.visit(city, part, seen="in_progress")
    told = await heard(push_service)
    assert set(told) == {"citizen"}
    assert told["citizen"].startswith("Lokasi sudah diperiksa; selesai paling lambat ")

    await walk.finish(city.officer, part, seen="in_progress")
    told = await heard(push_service)
    assert set(told) == {"citizen"}
    assert told["citizen"].startswith("Dinas PU menyatakan selesai. Sudah beres? Jawab sampai ")

    await walk.dispute(city.citizen, complaint)
    told = await heard(push_service)
    assert set(told) == {"citizen", "officer", "roads"}
    assert told["citizen"].startswith("Tanggal janji berubah dari ")
    assert told["officer"].startswith("Pelapor menyatakan belum beres; wajib dikerjakan lagi paling lambat ")

    await walk.finish(city.officer, part, seen="in_progress")
    await walk.dispute(city.citizen, complaint)
    told = await heard(push_service)
    assert set(told) == {"citizen", "officer", "roads", "moderator"}
    assert told["moderator"].startswith("Belum beres untuk kedua kali; moderator memutuskan paling lambat ")

    await walk.finish(city.officer, part, seen="in_progress")
    await heard(push_service)
    await walk.confirm(city.citizen, complaint)
    assert await heard(push_service) == {}


async def test_a_message_holds_number_agency_and_way_but_no_text_and_no_name(city, phones, push_service):
    complaint = await walk.tell(city.citizen)
    [part] = await walk.forward(city, complaint)
    await walk.answer(city.roads, part)
    await heard(push_service)
    for shown in push_service.shown():
        assert set(shown) == {"title", "body", "tag", "url"}
        assert shown["title"].startswith("Aduan SRK ")
        assert len(shown["title"]) == len("Aduan SRK 7F3K 9Q")
        assert shown["url"] == f"/complaints/{complaint}"
        assert shown["tag"].startswith(f"{complaint}:")
        for word in ("Lampu", "pasar", "besok", "Siti"):
            assert word not in str(shown)
    assert len({shown["tag"] for shown in push_service.shown()}) == 3


async def test_a_helper_that_is_done_is_told_to_the_agency_that_leads(city, phones, push_service):
    complaint = await walk.tell(city.citizen)
    lead, helper = await walk.forward(city, complaint, "DPUPRPKP", "DLH", mode=Mode.JOINT)
    told = await heard(push_service)
    assert set(told) == {"citizen", "moderator", "roads", "parks"}
    assert told["citizen"].startswith("Ditangani bersama: Dinas PU memimpin, ")
    await walk.finish(city.parks, helper)
    told = await heard(push_service)
    assert set(told) == {"roads"}
    assert told["roads"].endswith("masih menunggu Dinas PU.")
    await walk.finish(city.roads, lead)
    assert set(await heard(push_service)) == {"citizen"}


async def test_who_did_it_is_not_told_of_it(city, phones, push_service):
    await also(city.moderator, Role.AGENCY_ADMIN)
    complaint = await walk.tell(city.citizen)
    await heard(push_service)
    await walk.forward(city, complaint)
    assert set(await heard(push_service)) == {"citizen", "roads"}


async def test_who_hears_as_two_is_told_once(city, phones, push_service):
    await also(city.officer, Role.AGENCY_ADMIN)
    complaint = await walk.tell(city.citizen)
    [part] = await walk.forward(city, complaint)
    await walk.name_officer(city, part)
    await walk.finish(city.roads, part)
    await heard(push_service)
    await walk.dispute(city.citizen, complaint)
    assert set(await heard(push_service)) == {"officer", "roads"}
    assert len(push_service.deliveries) == 2


async def test_a_guest_hears_of_the_complaints_whose_keys_the_phone_proved(city, push_service):
    complaint, other = await walk.tell(key=KEY), await walk.tell(key=OTHER_KEY)
    await subscriptions.subscribe(NOBODY, push_service.wish("/guest", [KEY]))
    await walk.forward(city, complaint)
    await walk.forward(city, other)
    assert set(await heard(push_service)) == {"guest"}
    assert {shown["url"] for shown in push_service.shown()} == {f"/complaints/{complaint}"}


async def test_the_staff_hear_of_an_anonymous_complaint(city, phones, push_service):
    await walk.forward(city, await walk.tell(key=KEY, anonymous=True))
    assert set(await heard(push_service)) == {"moderator", "roads"}


@pytest.mark.parametrize("how", ["grant", "account"])
async def test_who_no_longer_works_here_hears_nothing(city, phones, push_service, how):
    yesterday = clock.day_of(clock.now()) - timedelta(days=1)
    if how == "grant":
        await RoleGrant.update({RoleGrant.valid_until: yesterday}).where(RoleGrant.account == city.moderator.account)
    else:
        await Account.update({Account.disabled_at: clock.now()}).where(Account.id == city.moderator.account)
    await walk.tell(city.citizen)
    assert set(await heard(push_service)) == {"citizen"}


async def test_an_event_of_no_complaint_is_told_to_nobody(city, phones):
    await log.record(EventKind.RECEIVED)
    [event] = await Event.select(Event.id)
    await actions.announce(event["id"])
    assert await Job.count() == 0
