"""Photos over a real line: by hand, broken off, by the wrong person, in wrong words."""

import asyncio
import base64
from uuid import uuid4

import httpx
import pytest

from backend.complaints import chunks, photos
from backend.complaints.tables import Chunk, Photo
from tests.support import pictures, reported
from tests.support.upload_line import CONTENT, PIECE, PROOF, listening, send


@pytest.fixture
async def phone(database):
    async with listening() as address, httpx.AsyncClient(base_url=address, headers={"Tus-Resumable": "1.0.0"}) as client:
        yield client


def metadata(photo):
    return f"id {base64.b64encode(str(photo).encode()).decode()}"


async def create(phone, photo, length=None, **headers):
    length = len(CONTENT) if length is None else length
    return await phone.post("/api/photos", headers={"Upload-Length": str(length), "Upload-Metadata": metadata(photo), **headers})


async def state(photo):
    return (await Photo.objects().get(Photo.id == photo)).state


async def test_a_guest_sends_a_photo_piece_by_piece(phone):
    photo = await reported.photo(CONTENT)
    made = await create(phone, photo, **PROOF)
    assert (made.status_code, made.headers["Location"]) == (201, f"/api/photos/{photo}")
    offset = 0
    while offset < len(CONTENT):
        answer = await send(phone, photo, offset, CONTENT[offset : offset + PIECE], **PROOF)
        assert answer.status_code == 204
        offset = int(answer.headers["Upload-Offset"])
        told = await phone.head(f"/api/photos/{photo}", headers=PROOF)
        assert (told.status_code, told.headers["Upload-Offset"], told.headers["Upload-Length"]) == (200, str(offset), str(len(CONTENT)))
        assert (told.headers["Cache-Control"], told.headers["Tus-Resumable"]) == ("no-store", "1.0.0")
    assert (await state(photo), await chunks.content_of(photo)) == ("uploaded", CONTENT)
    again = await create(phone, photo, **PROOF)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(CONTENT)))


async def test_an_account_sends_its_own_photo_and_no_other(phone):
    mine, other = await reported.account(), await reported.account()
    photo = await reported.photo(CONTENT, of=await reported.complaint(reporter=mine), uploader=mine)
    assert (await create(phone, photo, **{"X-Account": str(mine)})).status_code == 201
    nobodys = await create(phone, uuid4(), **{"X-Account": str(mine)})
    refused = [
        await create(phone, photo, **{"X-Account": str(other)}),
        await create(phone, photo, **PROOF),
        await create(phone, photo, Authorization="Claim"),
        await create(phone, photo, Authorization=f"Bearer {reported.KEY}"),
        await send(phone, photo, 0, CONTENT[:10], **{"X-Account": str(other)}),
        await send(phone, "no-id-at-all", 0, CONTENT[:10], **{"X-Account": str(mine)}),
        await create(phone, photo),
    ]
    assert {(answer.status_code, answer.content) for answer in refused} == {(nobodys.status_code, nobodys.content)}
    assert (nobodys.status_code, nobodys.json()["code"]) == (404, "not_found")
    assert (await phone.head(f"/api/photos/{photo}")).status_code == 404


async def test_a_key_is_understood_however_it_was_typed(phone):
    photo = await reported.photo(CONTENT)
    typed = "-".join(reported.KEY.lower()[at : at + 4] for at in range(0, 26, 4))
    assert (await create(phone, photo, Authorization=f"claim {typed}")).status_code == 201


async def test_a_line_broken_in_the_middle_of_a_piece_goes_on_where_it_broke(phone):
    photo = await reported.photo(CONTENT)
    head = (
        f"PATCH /api/photos/{photo} HTTP/1.1\r\nHost: phone\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: application/offset+octet-stream\r\nAuthorization: Claim {reported.KEY}\r\nContent-Length: {PIECE}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(phone.base_url.host, phone.base_url.port)
    writer.write(head.encode() + CONTENT[:100_000])
    await writer.drain()
    await asyncio.sleep(0.3)
    writer.transport.abort()
    for _ in range(100):
        offset = int((await phone.head(f"/api/photos/{photo}", headers=PROOF)).headers["Upload-Offset"])
        if offset:
            break
        await asyncio.sleep(0.05)
    assert 0 < offset <= 100_000
    while offset < len(CONTENT):
        answer = await send(phone, photo, offset, CONTENT[offset : offset + PIECE], **PROOF)
        offset = int(answer.headers["Upload-Offset"])
    assert await state(photo) == "uploaded"


async def test_two_tabs_sending_the_same_piece_do_no_harm(phone):
    photo = await reported.photo(CONTENT)
    answers = await asyncio.gather(*(send(phone, photo, 0, CONTENT[:PIECE], **PROOF) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [204, 409, 409, 409, 409]
    assert await Chunk.count() == 1


async def test_wrong_bytes_are_found_out_at_the_end(phone):
    photo = await reported.photo(CONTENT[:1000])
    answer = await send(phone, photo, 0, CONTENT[1000:2000], **PROOF)
    assert (answer.status_code, answer.json()["code"], answer.headers["Tus-Resumable"]) == (460, "checksum_mismatch", "1.0.0")
    assert (await phone.head(f"/api/photos/{photo}", headers=PROOF)).headers["Upload-Offset"] == "0"
    assert (await send(phone, photo, 0, CONTENT[:1000], **PROOF)).status_code == 204


async def test_a_refused_photo_is_gone_for_its_sender(phone):
    photo = await reported.photo(pictures.HEIC)
    await send(phone, photo, 0, pictures.HEIC, **PROOF)
    await photos.process(photo)
    assert (await phone.head(f"/api/photos/{photo}", headers=PROOF)).status_code == 410
    answers = [await create(phone, photo, len(pictures.HEIC), **PROOF), await send(phone, photo, 0, b"x", **PROOF)]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(410, "photo_refused")] * 2


async def test_more_than_was_announced_or_fits_a_piece_is_too_large(phone):
    photo = await reported.photo(CONTENT)
    small = await reported.photo(b"12345")
    answers = [
        await create(phone, photo, len(CONTENT) + 1, **PROOF),
        await create(phone, photo, 10**15, **PROOF),
        await send(phone, small, 0, b"123456", **PROOF),
        await send(phone, photo, 0, CONTENT[: 400 * 1024], **PROOF),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (413, "photo_too_large"),
        (413, "photo_too_large"),
        (413, "photo_too_large"),
        (413, "piece_too_large"),
    ]
    assert await Chunk.count() == 0


async def test_a_piece_that_does_not_speak_tus_is_turned_away(phone):
    photo = await reported.photo(CONTENT)
    for headers, status, code in [
        ({"Tus-Resumable": "0.2.2"}, 412, "tus_version"),
        ({"Content-Type": "image/jpeg"}, 415, "content_type"),
        ({"Content-Type": ""}, 415, "content_type"),
        ({"Upload-Offset": "-1"}, 400, "bad_header"),
        ({"Upload-Offset": ""}, 400, "bad_header"),
        ({"Upload-Offset": "1e3"}, 400, "bad_header"),
        ({"Upload-Offset": "9" * 30}, 400, "bad_header"),
        ({"Upload-Offset": "9" * 18}, 409, "offset_moved"),
        ({"Upload-Offset": "7"}, 409, "offset_moved"),
    ]:
        answer = await send(phone, photo, 0, CONTENT[:10], **{**PROOF, **headers})
        assert (answer.status_code, answer.json()["code"], bool(answer.json()["message"])) == (status, code, True), headers
        assert answer.headers.get("Tus-Version") == ("1.0.0" if status == 412 else None)


async def test_a_photo_named_unreadably_is_turned_away(phone):
    photo = await reported.photo(CONTENT)
    for headers, code in [
        ({"Upload-Length": ""}, "bad_header"),
        ({"Upload-Length": "many"}, "bad_header"),
        ({"Upload-Length": "5"}, "length_differs"),
        ({"Upload-Metadata": ""}, "bad_header"),
        ({"Upload-Metadata": "id"}, "bad_header"),
        ({"Upload-Metadata": "id !!!"}, "bad_header"),
        ({"Upload-Metadata": f"{metadata(photo)},{metadata(photo)}"}, "bad_header"),
        ({"Upload-Metadata": f"name {'x' * 2000},{metadata(photo)}"}, "bad_header"),
    ]:
        answer = await create(phone, photo, **{**PROOF, **headers})
        assert (answer.status_code, answer.json()["code"]) == (400, code), headers
    answer = await create(phone, photo, **PROOF, **{"Upload-Metadata": "id /w=="})
    assert answer.status_code == 404  # no text, so no id of anything


async def test_the_server_says_what_it_speaks(phone):
    for path in ("/api/photos", f"/api/photos/{uuid4()}"):
        answer = await phone.request("OPTIONS", path, headers={"Tus-Resumable": ""})
        assert (answer.status_code, answer.headers["Tus-Version"], answer.headers["Tus-Extension"]) == (204, "1.0.0", "creation")
        assert answer.headers["Tus-Max-Size"] == str(12 * 1024 * 1024)
