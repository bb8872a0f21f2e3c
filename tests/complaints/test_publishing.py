"""What everybody may read: what a moderator has looked at, masked, and nothing that is only for officers, anywhere."""

import json

import pytest

from backend.complaints import actions, contacts, edits, parts, publishing, queries
from backend.complaints.operations import ContactGiven
from backend.complaints.private import HIDDEN
from backend.complaints.tables import Photo
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from backend.operations import Status
from backend.piccolo_app import APP_CONFIG
from tests.support import asked, asked_desk, reported
from tests.support.walked import applied, forwarded, happened, row, told
from workers import handlers
from workers.relay import relay

TOLD = "KTP saya (NIK 3573 0141 0190 0001) belum jadi, hubungi 0812-3456-7890."
MASKED = f"KTP saya (NIK {HIDDEN}) belum jadi, hubungi {HIDDEN}."
SECRETS = ("3573014101900001", "3573 0141 0190 0001", "0812-3456-7890", "085712345678", "Sri Wahyuni", "Berkas merah 77")


async def picture(complaint, stage="report", state="ready"):
    photo = await reported.photo(stage.encode(), of=complaint, stage=stage)
    await Photo.update({Photo.state: state}).where(Photo.id == photo)
    return photo


async def test_forwarded_without_the_tick_nothing_is_public(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    kept = await row(complaint)
    assert (kept.published_at, kept.public_text) == (None, "")


async def test_with_the_tick_the_text_is_public_masked_and_so_are_the_photos_looked_at(city):
    complaint = await told(city.citizen, text=TOLD)
    shown, other = await picture(complaint), await picture(complaint)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint, publish=True, released=(shown,))))
    kept = await row(complaint)
    assert (kept.public_text, kept.text) == (MASKED, TOLD)
    assert kept.published_at is not None
    assert await released(complaint) == {shown}
    assert other not in await released(complaint)


async def test_what_a_moderator_writes_for_the_public_is_masked_too(city):
    complaint = await told(city.citizen, text=TOLD)
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint, publish=True, public_text=f" {TOLD} ")))
    assert (await row(complaint)).public_text == MASKED


async def test_it_may_be_published_later_and_taken_back_with_a_reason(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint)))
    first = (await row(complaint)).published_at
    await applied(publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint, public_text="Lampu mati.")))
    kept = await row(complaint)
    assert (kept.public_text, kept.published_at) == ("Lampu mati.", first)
    without = await publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint, on=False))
    assert set(without.fields) == {"reason"}
    hide = asked_desk.publish(city.moderator, complaint, on=False, reason="Pelapor meminta.")
    await applied(publishing.set_public(city.moderator, hide))
    assert (await row(complaint)).published_at is None
    assert (await happened(complaint)).count("complaint.edited") == 3


async def test_a_photo_that_has_not_come_or_belongs_elsewhere_is_not_released(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    awaited, of_another = await picture(complaint, state="awaited"), await picture(await told())
    await applied(edits.release_photos(city.moderator, asked_desk.release(city.moderator, complaint, awaited, of_another)))
    assert await Photo.count().where(Photo.released.eq(True)) == 0


async def test_photos_not_named_again_are_public_no_more(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    first, second = await picture(complaint), await picture(complaint, stage="after")
    await applied(edits.release_photos(city.moderator, asked_desk.release(city.moderator, complaint, first, second)))
    assert await released(complaint) == {first, second}
    await applied(edits.release_photos(city.moderator, asked_desk.release(city.moderator, complaint, second)))
    assert await released(complaint) == {second}


async def test_of_a_confidential_complaint_nothing_is_published(city):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    await applied(edits.set_secrecy(city.citizen, asked_desk.secrecy(city.citizen, complaint)))
    for outcome in (
        await publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint)),
        await edits.release_photos(city.moderator, asked_desk.release(city.moderator, complaint, await picture(complaint))),
    ):
        assert (outcome.status, outcome.code) == (Status.REJECTED, "not_public")
    assert (await row(complaint)).published_at is None
    assert await released(complaint) == set()


async def test_an_accusation_is_never_public_whatever_was_ticked(city):
    complaint = await told(city.citizen)
    shown = await picture(complaint)
    op = asked.forward(city.moderator, complaint, "INSPEKTORAT", service_class="oversight", publish=True, released=(shown,))
    await applied(actions.forward(city.moderator, op))
    kept = await row(complaint)
    assert (kept.status, kept.confidential, kept.published_at, kept.public_text) == ("forwarded", True, None, "")
    assert await released(complaint) == set()
    later = await publishing.set_public(city.moderator, asked_desk.publish(city.moderator, complaint))
    assert later.code == "not_public"


@pytest.mark.parametrize("name", ["citizen", "roads", "officer", "parks"])
async def test_only_a_moderator_publishes(city, name):
    complaint, _ = await forwarded(city, reporter=city.citizen)
    actor = getattr(city, name)
    outcome = await publishing.set_public(actor, asked_desk.publish(actor, complaint))
    assert outcome.code == "not_found"


async def test_nothing_private_stands_in_public_in_the_log_in_a_job_or_in_a_message(city, door, capfd):
    """The whole walk of one complaint; then every page everybody can open, and every table but those that hold it."""
    complaint, number = await walked(city)
    visitor = await door()
    pages = [await visitor.get(path) for path in ("/public", f"/public/{number}", "/public/map", "/agencies", "/sitemap.xml")]
    pages.append(await (await door()).get("/public", headers={"accept": "application/json"}))
    assert [page.status_code for page in pages[:2]] == [200, 200]
    assert MASKED in pages[1].text
    for page in pages:
        for secret in SECRETS:
            assert secret not in page.text, (page.url, secret)
    where = {"complaint", "contact", "edit", "note", "assignment"}
    for table in APP_CONFIG.table_classes:
        if table._meta.tablename in where:
            continue
        written = json.dumps([{name: str(value) for name, value in line.items()} for line in await table.select()])
        for secret in SECRETS:
            assert secret not in written, (table._meta.tablename, secret)
    said = "".join(capfd.readouterr())
    assert all(secret not in said for secret in SECRETS)
    assert (await row(complaint)).private == "Berkas merah 77, NIK 3573014101900001"


async def walked(city):
    """Told with everything private there can be, put right, published, answered, finished, its contact looked at."""
    contact = ContactGiven(name="Sri Wahyuni", phone="085712345678", may_call=True)
    complaint = await told(city.citizen, text=TOLD, private="Berkas merah 77, NIK 3573014101900001", contact=contact)
    await applied(edits.edit(city.moderator, asked_desk.edit(city.moderator, complaint, text=f"{TOLD} ", category="22")))
    await applied(actions.forward(city.moderator, asked.forward(city.moderator, complaint, publish=True)))
    part = (await queries.parts_of(complaint))[0].id
    await applied(parts.answer(city.roads, asked.answer(city.roads, part, text=f"Kami hubungi {SECRETS[2]} besok.")))
    await contacts.look(city.roads, complaint)
    done = asked.finish(city.roads, part, seen="in_progress", work_done=f"KTP {SECRETS[0]} selesai dicetak.")
    await applied(parts.finish(city.roads, done))
    while await relay():
        pass
    for job in await Job.select(Job.id).where(Job.kind == JobKind.ANNOUNCE):
        await handlers.run(job["id"])
    return complaint, (await row(complaint)).number


async def released(complaint):
    return {line["id"] for line in await Photo.select(Photo.id).where(Photo.complaint == complaint, Photo.released.eq(True))}
