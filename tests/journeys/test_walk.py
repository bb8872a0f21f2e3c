"""One complaint from a phone without signal to its end: by a citizen with an account, by a guest, and by somebody nobody knows."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import clock
from tests.journeys import card, city, reporting
from tests.journeys.push import Subscriber
from tests.journeys.reporting import Told
from tests.journeys.staff import Staff
from tests.support.eyes import Eyes
from tests.support.house import House
from tests.support.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TODAY = clock.day_of(clock.now()).isoformat()
TOMORROW = (clock.day_of(clock.now()) + timedelta(days=1)).isoformat()

ASKED = {
    "complaint": "SELECT reporter, occurred_at FROM complaint WHERE id = :complaint AND (reporter IS NOT NULL OR occurred_at IS NOT NULL)",
    "photo": "SELECT uploader FROM photo WHERE complaint = :complaint AND stage = 'report' AND uploader IS NOT NULL",
    "follow": "SELECT subscription FROM follow WHERE complaint = :complaint",
    "operation": "SELECT owner FROM operation WHERE kind LIKE 'complaint.%' AND kind != 'complaint.forward' "
    "AND outcome LIKE '%' || :complaint || '%' AND owner IS NOT NULL",
    "event": "SELECT actor, device_at FROM event WHERE complaint = :complaint "
    "AND kind IN ('complaint.received', 'complaint.confirmed') AND (actor IS NOT NULL OR device_at IS NOT NULL)",
}
"""Where somebody could look for who it was."""


async def test_a_citizen_with_an_account_tells_it_without_signal_and_hears_until_it_is_in_order(
    citizen: Subscriber, staff: Staff, eyes: Eyes, photos: list[Path]
) -> None:
    words = "Lubang besar di jembatan kecil, dan ranting jatuh menutup trotoarnya."
    person = citizen.person
    await city.watch_the_list(staff.moderator)
    await person.sign_in("warga@contoh.test")
    await eyes.look(person, "home")
    told = await reporting.tell_without_signal(person, eyes, words, photos[:3])
    assert told.key == "", "the account opens it, no key is needed"
    await reporting.wait_in_queue(person, eyes, told, words)
    number = await reporting.arrive_by_itself(person, eyes)
    await reporting.want_to_be_told(person, eyes)
    await reporting.open_from_slip(person, eyes, told)
    assert await card.carries_the_session(person)
    assert {table for table, _ in await known_of_the_sender(person.house, told)} == {"complaint", "photo", "operation", "event"}
    await reporting.see_photos(person, [file.read_bytes() for file in photos[:3]])
    await through_the_city(staff, eyes, told, photos[3:], person)
    await be_told(citizen, told, number)
    await reporting.confirm(person, eyes)
    await reporting.find_it_in_the_list(person, told)
    await eyes.look(person, "my complaints")
    assert wrong(eyes, person, *staff) == []


async def test_a_guest_whose_name_is_hidden_hears_of_it_too_and_opens_it_on_another_phone_with_the_card(
    citizen: Subscriber, other_phone: Person, staff: Staff, eyes: Eyes, photos: list[Path]
) -> None:
    words = "Tutup selokan patah, dan pohon di sebelahnya condong ke jalan."
    person = citizen.person
    await city.watch_the_list(staff.moderator)
    await person.open("/")
    told = await reporting.tell_without_signal(person, eyes, words, photos[:1])
    assert len(told.key) == 26
    await reporting.wait_in_queue(person, eyes, told, words)
    number = await reporting.arrive_by_itself(person, eyes)
    await reporting.want_to_be_told(person, eyes)
    await reporting.open_from_slip(person, eyes, told)
    await card.open_by_card(other_phone, eyes, told)
    await through_the_city(staff, eyes, told, photos[3:], person)
    await be_told(citizen, told, number)
    await reporting.confirm(person, eyes)
    await reporting.find_it_in_the_list(person, told)
    assert await reporting.status(other_phone) == "Ditutup"
    assert wrong(eyes, person, other_phone, *staff) == []


async def test_nobody_learns_who_told_it_without_a_name_from_a_signed_in_phone_and_the_card_alone_closes_it(
    citizen: Subscriber, other_phone: Person, staff: Staff, eyes: Eyes, photos: list[Path]
) -> None:
    """The hardest case: the phone has a session and an address for pushes that could come along."""
    words = "Jalan di gang kami amblas, dan sampah hanyut menumpuk di atasnya."
    person = citizen.person
    await city.watch_the_list(staff.moderator)
    await person.sign_in("warga@contoh.test")
    assert await citizen.tell_house([]) == 201
    told = await reporting.tell_without_signal(person, eyes, words, photos[:1], anonymous=True)
    await reporting.wait_in_queue(person, eyes, told, words)
    await reporting.arrive_by_itself(person, eyes)
    await expect(person.page.locator("[data-push-offer]")).to_be_hidden()
    assert await citizen.tell_house([told.key]) == 422
    await expect(person.page.locator("[data-queue-strip]")).to_be_hidden()
    await card.carries_nothing_of_the_sender(person, told)
    await card.open_by_card(other_phone, eyes, told)
    await through_the_city(staff, eyes, told, photos[3:], other_phone)
    await reporting.confirm(other_phone, eyes)
    await card.carries_nothing_of_the_sender(other_phone, told)
    assert await citizen.arrived() == []
    assert await known_of_the_sender(person.house, told) == []
    assert wrong(eyes, person, other_phone, *staff) == []


async def through_the_city(staff: Staff, eyes: Eyes, told: Told, photos: Sequence[Path], reader: Person) -> None:
    """Two OPDs side by side: it is only finished when both are."""
    await city.see_it_appear(staff.moderator, eyes, told)
    await city.forward_to_both(staff.moderator, eyes, told)
    await city.answer(staff.roads, eyes, told, "Agus Wibowo", "Lubangnya kami tambal besok pagi.", TOMORROW)
    await city.answer(staff.parks, eyes, told, "Slamet Raharjo", "Rantingnya kami angkut besok siang.", TOMORROW)
    await city.finish(staff.roads_officer, eyes, told, photos[0], TODAY)
    assert await reporting.status(reader) == "Dikerjakan"
    await eyes.look(reader, "one of two finished")
    await city.finish(staff.parks_officer, eyes, told, photos[1], TODAY)
    assert await reporting.status(reader) == "Selesai menurut dinas"


async def be_told(citizen: Subscriber, told: Told, number: str) -> None:
    """Of every step the push service got one message; the last is shown, and leads to the case."""
    message = await citizen.arrives("menyatakan selesai")
    assert message["title"] == f"Aduan {number}"
    shown = await citizen.show(message)
    assert shown == {name: message[name] for name in ("title", "body", "tag")} | {"url": f"/complaints/{told.id}"}
    assert await citizen.tap(message["tag"]) == f"{citizen.person.house.address}/complaints/{told.id}"
    sentences = [one["body"] for one in await citizen.arrived()]
    for about, times in (("Diteruskan ke", 1), ("menjawab aduan Anda", 2), ("Petugas", 2), ("menyatakan selesai", 1)):
        assert sum(about in sentence for sentence in sentences) == times, sentences


def wrong(eyes: Eyes, *people: Person) -> list[str]:
    """What axe found, what a page or its policy complained of, what the house logged as a fault."""
    faults = [f"{person.name}: {fault}" for person in people for fault in person.faults]
    house = people[0].house
    return [*eyes.found, *faults, *(line for line in house.log.splitlines() if "level='error'" in line)]


async def known_of_the_sender(house: House, told: Told) -> list[tuple[str, str]]:
    """What of an account or a moment on the phone stands in any row about the case, by table."""
    return [(table, str(row)) for table, question in ASKED.items() for row in await house.rows(question, told.id)]
