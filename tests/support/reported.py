"""Complaints with photos that were named and have not come, as the tests of photos need them."""

import hashlib
from uuid import uuid4

from backend import clock
from backend.accounts.tables import Account
from backend.agencies.tables import Agency
from backend.complaints import claims, photos
from backend.complaints.operations import PhotoClaim
from backend.complaints.tables import Assignment, Complaint, Note

KEY = "0123456789ABCDEFGHJKMNPQRS"
"""The claim key of every complaint told here."""


async def complaint(*, reporter=None, key=KEY, secrecy="name_hidden"):
    """The id of a complaint of this account, or of the guest who holds the key."""
    complaint_id = uuid4()
    row = Complaint(
        id=complaint_id,
        number=claims.new_number(),
        status="received",
        secrecy=secrecy,
        reporter=reporter,
        claim_hash=None if reporter else claims.hash_of(key),
        text="Lampu jalan mati di depan pasar.",
        received_at=clock.now(),
        promise_answer_on=clock.day_of(clock.now()),
    )
    await Complaint.insert(row)
    return complaint_id


async def account(name="Petugas"):
    account_id = uuid4()
    row = Account(id=account_id, name=name, email=f"{account_id}@sambat.invalid", password_hash="none", created_at=clock.now())
    await Account.insert(row)
    return account_id


async def finished_part(complaint_id, author, evidence="awaited"):
    """A part whose result waits for its photos: its id and the note's."""
    agency = f"test-{uuid4().hex[:8]}"
    await Agency.insert(Agency(code=agency, name="Dinas", citizen_name="Dinas", duties="uji"))
    now = clock.now()
    part = Assignment(
        id=uuid4(),
        complaint=complaint_id,
        agency=agency,
        service_class="field_work",
        status="done",
        received_at=now,
        stepped_at=now,
        evidence=evidence,
    )
    await Assignment.insert(part)
    return part.id, await result(complaint_id, part.id, author)


async def result(complaint_id, part, author):
    """The id of the note in which it is said what was done."""
    note = Note(id=uuid4(), complaint=complaint_id, part=part, author=author, kind="result", text="Lampu diganti.", created_at=clock.now())
    await Note.insert(note)
    return note.id


def claim(content):
    return PhotoClaim(id=uuid4(), sha256=hashlib.sha256(content).hexdigest(), size=len(content))


async def photo(content, *, of=None, uploader=None, part=None, note=None, stage="report"):
    """The id of a photo that is named and awaited."""
    named = claim(content)
    await photos.expect(of or await complaint(), part, note, uploader, stage, (named,))
    return named.id
