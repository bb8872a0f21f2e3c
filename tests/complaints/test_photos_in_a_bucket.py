"""A photo's whole way where photos lie in a bucket: from the phone to the page, through a time in which the bucket is away."""

import base64

from backend.complaints import actions
from backend.complaints.tables import Chunk, Photo
from backend.jobs import queue
from backend.jobs.kinds import JobKind
from backend.jobs.tables import Job
from tests.support import asked, buckets, machine, pictures
from workers import handlers

TUS = {"Tus-Resumable": "1.0.0"}


async def uploaded(phone, content, named):
    """As a phone sends it, in two pieces."""
    metadata = f"id {base64.b64encode(str(named.id).encode()).decode()}"
    made = await phone.post("/api/photos", headers={**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata})
    assert made.status_code == 201
    half = len(content) // 2
    for start, piece in ((0, content[:half]), (half, content[half:])):
        headers = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(start)}
        assert (await phone.patch(made.headers["Location"], content=piece, headers=headers)).status_code == 204


async def worked_on(photo):
    """As a worker does: the job, and what it says after one try."""
    job = await queue.enqueue(JobKind.PROCESS_PHOTO, {"subject": str(photo)})
    await handlers.run(job)
    tried = await Job.objects().get(Job.id == job)
    return tried.done_at is not None, tried.given_up_at is None, tried.last_error


async def test_a_photo_waits_with_us_while_the_bucket_is_away_and_is_seen_when_it_is_back(city, door, bucket, stored_in):
    content = pictures.jpeg(900, 600)
    named = asked.photo(content)
    await actions.submit(city.citizen, asked.submit(city.citizen, photos=(named,)))
    phone, address = await door(city.citizen), f"/photos/{named.id}"
    away = bucket._replace(endpoint=f"http://127.0.0.1:{machine.free_port()}")

    stored_in(away)
    await uploaded(phone, content, named)
    done, still_tried, error = await worked_on(named.id)
    assert (done, still_tried, error.partition(" (")[0]) == (False, True, "storage_away: no answer")
    assert (await Photo.objects().get(Photo.id == named.id)).state == "uploaded"
    assert await Chunk.count() == 2
    assert (await phone.get(address)).status_code == 404

    stored_in(bucket)
    assert (await worked_on(named.id))[0]
    assert await Chunk.count() == 0
    for size in ("", "/small"):
        seen = await phone.get(address + size)
        assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    assert seen.headers["cache-control"] == "private, no-store"
    assert (await (await door(city.parks)).get(address)).status_code == 404

    stored_in(away)
    for asking in (phone, await door(city.citizen, accept="application/json")):
        later = await asking.get(address)
        assert (later.status_code, later.headers["retry-after"]) == (503, "30")
        assert "Foto tidak hilang" in later.text
    assert (await (await door(city.parks)).get(address)).status_code == 404

    stored_in(bucket)
    buckets.forbid(bucket, "GetObject")
    denied = await phone.get(address)
    assert (denied.status_code, denied.headers["retry-after"]) == (503, "300")
