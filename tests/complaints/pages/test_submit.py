"""Telling the city something without scripts: nothing typed is lost, nothing is told twice."""

import asyncio
import json
import re
from html import unescape
from uuid import uuid4

import pytest

from backend.complaints import claims, photos, private
from backend.complaints.tables import Chunk, Complaint, Contact, Photo
from backend.operation_table import OperationRow
from tests.support import pictures

TOLD = {
    "secrecy": "name_hidden",
    "text": "Lampu jalan mati di depan pasar.",
    "address": "depan Pasar Oro-Oro Dowo",
    "category": "",
    "area": "",
}


def form(**other):
    return {**TOLD, "operation_id": str(uuid4()), **other}


def picture(content=None, name="foto.jpg"):
    return ("photos", (name, pictures.jpeg() if content is None else content, "image/jpeg"))


def key_on(page):
    groups = re.search(r"data-key>([^<]*)<", page)
    return "".join(groups[1].split()) if groups else ""


def number_on(page):
    return re.search(r"SRK [2-9A-Z]{4} [2-9A-Z]{2}", page)[0]


async def test_the_form_is_the_same_for_everybody(city, door):
    guest, citizen = await door(), await door(city.citizen)
    pages = [(await browser.get("/complaints/new")) for browser in (guest, citizen)]
    bare = [re.sub(r'name="operation_id"\s+value="[^"]*"', "", page.text) for page in pages]
    assert bare[0] == bare[1]
    assert {page.headers["x-sambat-scope"] for page in pages} == {"public"}
    assert "data-shell" in pages[0].text
    assert "Siti" not in pages[1].text


async def test_a_guest_gets_his_number_the_promise_and_once_his_key(city, door):
    browser = await door()
    answer = await browser.post("/complaints", data=form())
    assert answer.status_code == 200
    [complaint] = await Complaint.objects()
    assert number_on(answer.text) == claims.spoken(complaint.number)
    assert "Rabu 4 Maret" in answer.text
    assert claims.hash_of(key_on(answer.text)) == complaint.claim_hash
    assert complaint.reporter is None
    assert "no-store" in answer.headers["cache-control"]
    assert (await browser.get(f"/complaints/{complaint.id}")).status_code == 200
    assert key_on((await browser.get(f"/complaints/{complaint.id}")).text) == ""


async def test_an_account_needs_no_key(city, door):
    answer = await (await door(city.citizen)).post("/complaints", data=form())
    [complaint] = await Complaint.objects()
    assert (complaint.reporter, complaint.claim_hash, key_on(answer.text)) == (city.citizen.account, None, "")


async def test_without_a_name_an_account_is_a_stranger(city, door):
    browser = await door(city.citizen)
    answer = await browser.post("/complaints", data=form(secrecy="anonymous"))
    [complaint] = await Complaint.objects()
    assert complaint.reporter is None
    assert claims.hash_of(key_on(answer.text)) == complaint.claim_hash


async def test_the_same_form_twice_is_one_complaint_with_the_same_key(city, door):
    browser, sent = await door(), form()
    first, second = [await browser.post("/complaints", data=sent, files=[picture()]) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 200)
    assert key_on(first.text) == key_on(second.text) != ""
    assert number_on(first.text) == number_on(second.text)
    assert (await Complaint.count(), await Photo.count(), await Chunk.count()) == (1, 1, 1)


async def test_two_taps_at_one_moment_are_one_complaint_too(city, door):
    browser, sent = await door(), form()
    answers = await asyncio.gather(*(browser.post("/complaints", data=sent, files=[picture()]) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({key_on(answer.text) for answer in answers}) == 1
    assert (await Complaint.count(), await Photo.count(), await Chunk.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": "Rusak"}, "Ceritakan sedikit lebih panjang, atau sertakan foto."),
        ({"text": "   "}, "Tuliskan dulu"),
        ({"text": "a" * 4001}, "paling banyak 4000 huruf"),
        ({"address": ""}, "Di mana kejadiannya?"),
        ({"address": "b" * 301}, "paling banyak 300 huruf"),
        ({"latitude": "utara", "longitude": "timur"}, "Lokasi tidak dapat dibaca"),
        ({"latitude": "-7.98"}, "Titik lokasi tidak lengkap"),
        ({"category": "999"}, "Pilih kategori dari daftar"),
        ({"area": "35.73.99.9999"}, "Pilih kelurahan dari daftar"),
        ({"secrecy": "rahasia"}, "Pilih siapa yang boleh tahu"),
        ({"nama": "Siti"}, "tidak dikenal"),
        ({"text": "nol \0 nol"}, "Tuliskan dulu"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
async def test_what_must_be_mended_has_a_sentence_and_what_was_typed_stays(city, door, wrong, sentence):
    sent = form(**{"text": "Jalan berlubang & tergenang <tiap> hujan.", "address": "Jl. “Ijen” 7", **wrong})
    answer = await (await door()).post("/complaints", data=sent)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert sentence in page
    for field in ("text", "address"):
        assert sent[field].strip() in page
    assert "<tiap>" not in answer.text
    assert sent["operation_id"] not in answer.text
    assert await Complaint.count() == 0


async def test_the_mended_form_is_taken(city, door):
    browser = await door()
    refused = await browser.post("/complaints", data=form(text="Rusak"))
    fresh = re.search(r'name="operation_id"\s+value="([^"]*)"', refused.text)[1]
    answer = await browser.post("/complaints", data=form(operation_id=fresh))
    assert answer.status_code == 200
    assert await Complaint.count() == 1


async def test_the_old_form_with_other_words_is_not_taken_for_the_first(city, door):
    browser, sent = await door(), form()
    await browser.post("/complaints", data=sent)
    answer = await browser.post("/complaints", data={**sent, "text": "Sesuatu yang lain sama sekali."})
    assert answer.status_code == 422
    assert "Sesuatu yang lain sama sekali." in answer.text
    assert await Complaint.count() == 1


async def test_photos_that_are_too_many_empty_or_too_large_are_left_out_alone(city, door):
    large = bytes(12 * 1024 * 1024 + 1)
    files = [picture(b""), picture(large), *(picture(pictures.jpeg(width=60 + place)) for place in range(6))]
    answer = await (await door()).post("/complaints", data=form(), files=files)
    assert answer.status_code == 200
    assert "2 foto tidak ikut" in answer.text
    assert await Photo.count() == 5
    assert {photo.state for photo in await Photo.objects()} == {"uploaded"}


async def test_a_broken_photo_does_not_stop_the_complaint(city, door):
    answer = await (await door()).post("/complaints", data=form(), files=[picture(b"no picture at all"), picture()])
    assert answer.status_code == 200
    for photo in await Photo.objects():
        await photos.process(photo.id)
    assert sorted(photo.state for photo in await Photo.objects()) == ["ready", "refused"]
    assert await Complaint.count() == 1


async def test_a_form_without_an_id_of_its_own_is_taken_too(city, door):
    for operation_id in ("", "satu", "00000000-0000-7000-8000-000000000000"):
        assert (await (await door()).post("/complaints", data=form(operation_id=operation_id))).status_code == 200
    assert await Complaint.count() == 3


@pytest.mark.parametrize(
    ("body", "media"),
    [
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"\xff\xfe", "multipart/form-data; boundary=\xff".encode().decode("latin-1")),
        (b"text=%ff%00", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (
            b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Type: text/plain; charset=nope\r\n\r\na\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--x--', "multipart/form-data; boundary=x"),
    ],
    ids=range(7),
)
async def test_an_odd_body_is_a_refusal_and_never_our_fault(city, door, body, media):
    answer = await (await door()).post("/complaints", content=body, headers={"content-type": media.encode("latin-1")})
    assert 400 <= answer.status_code < 500
    assert await OperationRow.count() == 0


async def test_how_to_reach_somebody_and_what_only_officers_read_come_along(city, door):
    sent = form(private="3573014507920003", contact_name="Siti", contact_phone="0812 3456 7890", contact_may_call="true")
    await (await door()).post("/complaints", data=sent)
    [complaint] = await Complaint.objects()
    [contact] = await Contact.objects()
    assert complaint.private == "3573014507920003"
    assert (contact.complaint, contact.name, contact.may_call) == (complaint.id, "Siti", True)


async def test_what_is_switched_off_names_whom_to_call_and_cannot_be_chosen(city, door):
    page = (await (await door()).get("/complaints/new")).text
    assert "Kekerasan pada perempuan atau anak" in page
    assert "SAPA: 129" in page
    assert not re.search(r'name="category"\s+value="33"', page)


async def test_the_phone_gets_the_citys_own_patterns_and_signs(city, door):
    page = unescape((await (await door()).get("/complaints/new")).text)
    assert f'data-private-patterns="{private.PATTERNS_JSON}"' in page
    hints = re.search(r"<template data-hints>(.*?)</template>", page)[1]
    assert {"emergency", "elsewhere"} == {hint["kind"] for hint in json.loads(hints)}
