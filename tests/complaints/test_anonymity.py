"""Nothing that is stored of an anonymous complaint tells who sent it or when: every row of every table is looked at."""

from datetime import date, datetime
from uuid import UUID

import msgspec
import pytest

from backend.accounts import sessions
from backend.accounts.tables import Session
from backend.actors.actor import NOBODY
from backend.complaints import actions, claims, parts, photos, queries
from backend.complaints.tables import Complaint, Note, Photo
from backend.piccolo_app import APP_CONFIG
from tests.support import asked, pictures
from workers.relay import relay

FORM = {
    "secrecy": "anonymous",
    "text": "Juru parkir meminta lima ribu tanpa karcis.",
    "address": "depan Pasar Besar",
    "operation_id": "4e6b2f0e-9c1d-4a57-8a55-0a2f8a3f6f10",
}


async def everything():
    """Every row of every table, as it stands."""
    rows = {}
    for table in APP_CONFIG.table_classes:
        for row in await table.select():
            rows[table._meta.tablename, str(row[table._meta.primary_key._meta.name])] = row
    return rows


class Watched:
    """What has been written since, without the account's own session, whose end moves with each visit."""

    def __init__(self, before):
        self._before = before

    def knew(self, one):
        return any(key == str(one) for _, key in self._before)

    async def written(self):
        found = [(key[0], row) for key, row in (await everything()).items() if self._before.get(key) != row]
        return [(table, row) for table, row in found if not (table == "session" and row["account"])]


@pytest.fixture
async def watched(city, at):
    at("2026-03-02 09:41:27")
    return Watched(await everything())


async def tells_nothing(watched, *secrets, but=()):
    """Rows that were there, and those of `but`, are others' doing."""
    written = [(table, row) for table, row in await watched.written() if table not in but]
    tables = {table for table, _ in written}
    for table, row in written:
        for column, value in row.items():
            where = f"{table}.{column}"
            if isinstance(value, UUID):
                assert value.version == 4 or watched.knew(value), f"{where} holds a moment"
            if isinstance(value, datetime):
                assert (value.minute, value.second, value.microsecond) == (0, 0, 0), f"{where} is a precise time"
            for secret in secrets:
                assert str(secret) not in str(value), f"{where} names somebody"
    return tables


async def test_a_form_sent_from_a_signed_in_browser_leaves_no_trace_of_its_account(city, door, watched):
    browser = await door(city.citizen)
    token = browser.cookies[sessions.ACCOUNT_COOKIE]
    session = await Session.objects().get(Session.token_hash == sessions.hashed(token))
    answer = await browser.post("/complaints", data=FORM, files={"photos": ("IMG_2026.jpg", pictures.from_phone(), "image/jpeg")})
    assert answer.status_code == 200, answer.text
    secrets = (
        city.citizen.account,
        session.token_hash,
        session.scope,
        token,
        "203.0.113.7",
        "IMG_2026",
        claims.key_for(UUID(FORM["operation_id"])),
    )
    await relay()
    [photo] = await Photo.objects()
    await photos.process(photo.id)
    await relay()
    tables = await tells_nothing(watched, *secrets)
    assert tables >= {"complaint", "event", "operation", "clock", "photo", "job", "session", "session_claim"}
    assert (await Photo.objects().get(Photo.id == photo.id)).state == "ready"


async def test_what_a_phone_sends_alone_leaves_none_either(city, door, watched):
    phone = await door()
    op = asked.anonymous(photos=(asked.photo(pictures.jpeg()),))
    answer = await phone.post("/api/sync", json={"protocol": 1, "operations": [msgspec.to_builtins(op)], "claims": [asked.KEY]})
    assert answer.json()["outcomes"][0]["status"] == "applied"
    upload = {
        "Tus-Resumable": "1.0.0",
        "Authorization": f"Claim {asked.KEY}",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
    assert (await phone.patch(f"/api/photos/{op.photos[0].id}", content=pictures.jpeg(), headers=upload)).status_code == 204
    await relay()
    assert await tells_nothing(watched, asked.KEY, "203.0.113.7") >= {
        "complaint",
        "event",
        "operation",
        "clock",
        "photo",
        "chunk",
    }


async def test_a_later_step_of_the_reporter_leaves_none_even_beside_a_signed_in_account(city, door, at):
    op = asked.anonymous()
    await actions.submit(NOBODY, op)
    await actions.forward(city.moderator, asked.forward(city.moderator, op.complaint))
    [part] = await queries.parts_of(op.complaint)
    await parts.finish(city.roads, asked.finish(city.roads, part.id))
    at("2026-03-03 14:23:45")
    browser = await door(city.citizen)
    watched = Watched(await everything())
    opened = await browser.post("/claim", data={"key": asked.KEY})
    assert (opened.status_code, opened.headers["location"]) == (303, f"/complaints/{op.complaint}")
    form = {"seen": "resolved", "text": "Masih diminta lagi."}
    answer = await browser.post(
        f"/complaints/{op.complaint}/dispute", data=form, files={"photos": ("a.jpg", pictures.jpeg(), "image/jpeg")}
    )
    assert answer.status_code == 303, answer.text
    tables = await tells_nothing(watched, city.citizen.account, asked.KEY, but={"assignment"})
    assert tables >= {"note", "photo", "event", "operation", "clock", "session"}
    assert (await Complaint.objects().get(Complaint.id == op.complaint)).status == "disputed"
    assert await Note.exists().where(Note.kind == "dispute", Note.author.is_null())
    [after] = await queries.parts_of(op.complaint)
    assert (after.stepped_at.minute, after.stepped_at.second) == (0, 0)
    assert date(2026, 3, 3) == after.stepped_at.date()
