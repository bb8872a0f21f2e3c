"""What a case's page shows only to some, and the doors of its forms."""

import pytest

from backend.complaints import actions, desk
from backend.complaints.tables import Photo
from tests.support import asked, reported
from tests.support import city as a_city
from tests.support.walked import applied, assigned, forwarded, row, told

PRIVATE = "NIK 3573014101900001"


async def private_case(city):
    """Of the citizen, at the roads' OPD, with the officer named."""
    complaint, _ = await assigned(city)
    found = await row(complaint)
    found.private = PRIVATE
    await found.save()
    return found


async def test_what_is_for_officers_only_is_read_by_whoever_handles_it_and_by_the_reporter(city):
    complaint = await private_case(city)
    people = dict(city._asdict(), colleague=await a_city.person("officer", "DPUPRPKP"))
    people |= {role: await a_city.person(role) for role in ("manager", "secretary", "mayor")}
    seen = {name for name, person in people.items() if (await desk.of(person, complaint)).private}
    assert seen == {"citizen", "moderator", "roads", "officer"}


@pytest.mark.parametrize("name", ["citizen", "roads", "officer", "moderator"])
async def test_the_page_shows_it_to_them(city, door, name):
    complaint = await private_case(city)
    page = await (await door(getattr(city, name))).get(f"/complaints/{complaint.id}")
    assert PRIVATE in page.text


@pytest.mark.parametrize("role", ["manager", "secretary", "mayor"])
async def test_the_page_of_whoever_only_reads_does_not(city, door, role):
    complaint = await private_case(city)
    page = await (await door(await a_city.person(role))).get(f"/complaints/{complaint.id}")
    assert page.status_code == 200
    assert PRIVATE not in page.text


async def test_a_form_puts_it_right_and_leaves_what_it_does_not_name(city, door):
    complaint = await told(city.citizen)
    before = await row(complaint)
    browser = await door(city.moderator)
    form = {"seen": "received", "text": "Lampu mati, sisi utara.", "category": "", "address": "Jl. Guntur 20", "area": before.area}
    refused = await browser.post(f"/complaints/{complaint}/edit", data={**form, "reason": ""})
    assert refused.status_code == 422
    assert "Jl. Guntur 20" in refused.text
    done = await browser.post(f"/complaints/{complaint}/edit", data={**form, "reason": "Lebih jelas."})
    assert done.status_code == 303, done.text
    kept = await row(complaint)
    assert (kept.text, kept.address, kept.area, kept.category) == ("Lampu mati, sisi utara.", "Jl. Guntur 20", before.area, None)
    page = await (await door(city.citizen)).get(f"/complaints/{complaint}")
    assert "Moderator menyunting isi aduan, tempat karena Lebih jelas; tulisan asli Anda tetap tersimpan" in page.text
    assert asked.WORDS in page.text


async def test_a_form_publishes_with_the_photos_ticked(city, door):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    photos = [await reported.photo(str(number).encode(), of=complaint) for number in range(3)]
    await Photo.update({Photo.state: "ready"}).where(Photo.complaint == complaint)
    browser = await door(city.moderator)
    form = {"on": "true", "public_text": "Lampu mati, HP 081234567890.", "released": [str(photo) for photo in photos[:2]]}
    assert (await browser.post(f"/complaints/{complaint}/publish", data=form)).status_code == 303
    released = {line["id"] for line in await Photo.select(Photo.id).where(Photo.released.eq(True))}
    assert released == set(photos[:2])
    assert "081234567890" not in (await row(complaint)).public_text
    hide = await browser.post(f"/complaints/{complaint}/publish", data={"on": "false", "reason": "Pelapor meminta."})
    assert hide.status_code == 303
    assert (await row(complaint)).published_at is None


async def test_forwarding_shows_what_will_be_masked_and_publishes_what_was_ticked(city, door):
    complaint = await told(city.citizen, text="Lampu mati, HP 081234567890.")
    browser = await door(city.moderator)
    page = await browser.get(f"/complaints/{complaint}")
    assert '<mark class="publish__hidden">081234567890</mark>' in page.text
    form = {"seen": "received", "mode": "single", "agency": "DPUPRPKP", "class_DPUPRPKP": "field_work", "publish": "true"}
    assert (await browser.post(f"/complaints/{complaint}/forward", data=form)).status_code == 303
    assert (await row(complaint)).public_text == "Lampu mati, HP [nomor disembunyikan]."


async def test_a_form_makes_it_confidential_and_only_the_reporters_undoes_it(city, door):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    admin, reporter = await door(city.roads), await door(city.citizen)
    assert "Jadikan rahasia" in (await admin.get(f"/complaints/{complaint}")).text
    raised = await admin.post(f"/complaints/{complaint}/secrecy", data={"confidential": "true", "reason": "Menyangkut keluarga."})
    assert raised.status_code == 303
    page = await admin.get(f"/complaints/{complaint}")
    assert "Buka kerahasiaan" not in page.text
    assert page.headers["x-sambat-scope"] == "none"
    assert (await admin.post(f"/complaints/{complaint}/secrecy", data={"confidential": "false", "reason": "Ah."})).status_code in {404, 422}
    assert (await row(complaint)).confidential
    assert "Buka kerahasiaan" in (await reporter.get(f"/complaints/{complaint}")).text
    assert (await reporter.post(f"/complaints/{complaint}/secrecy", data={"confidential": "false"})).status_code == 303
    assert not (await row(complaint)).confidential


async def test_who_may_nothing_is_offered_nothing(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    view = await desk.of(await a_city.person("mayor"), await row(complaint))
    assert (view.private, view.contact, view.originals, view.public_copy, view.editing) == ("", None, [], None, None)
    assert not view.may_raise
    assert not view.may_lower


async def test_the_reporter_edits_until_it_is_forwarded(city):
    complaint = await told(city.citizen)
    assert (await desk.of(city.citizen, await row(complaint))).editing
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint)))
    assert (await desk.of(city.citizen, await row(complaint))).editing is None
    assert (await desk.of(city.moderator, await row(complaint))).editing


async def test_whoever_sits_at_a_counter_finds_the_way_there(city, door):
    assert 'href="/complaints/for-other"' in (await (await door(city.moderator)).get("/work")).text
    assert 'href="/complaints/for-other"' not in (await (await door(city.officer)).get("/work")).text
