"""Complaints, their parts (one OPD's assignment each), notes and photos. Indexes over several columns lie in `migrations`."""

from piccolo.columns import UUID, Boolean, Bytea, Date, DoublePrecision, ForeignKey, Integer, Real, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.accounts.tables import Account
from backend.agencies.tables import Agency, Area, Category


class Complaint(Table):
    """What one person told the city. `reporter` or `claim_hash` (SHA-256 of the claim key, hex) says whose it is.

    Of an anonymous one neither account nor device is kept, and its times are full hours.
    """

    id = UUID(primary_key=True, default=None)
    number = Varchar(length=6, unique=True)
    status = Varchar(length=16)
    secrecy = Varchar(length=16)
    reporter = ForeignKey(references=Account, null=True, default=None, index=True)
    claim_hash = Varchar(length=64, null=True, default=None, index=True)
    text = Text()
    category = ForeignKey(references=Category, null=True, default=None)
    latitude = DoublePrecision(null=True, default=None)
    longitude = DoublePrecision(null=True, default=None)
    accuracy_m = Real(null=True, default=None)
    area = ForeignKey(references=Area, null=True, default=None)
    area_estimated = Boolean(default=False)
    address = Text(default="")
    seems_outside = Boolean(default=False)
    mode = Varchar(length=10, null=True, default=None)
    mode_reason = Text(default="")
    disputes = Integer(default=0)
    occurred_at = Timestamptz(null=True, default=None)
    received_at = Timestamptz(default=None, index=True)
    promise_answer_on = Date(default=None)
    promise_finish_on = Date(null=True, default=None)


class Assignment(Table):
    """One OPD's part of a complaint. `evidence`: photo, awaited (still under way from the phone) or weak (`law.md` C15)."""

    id = UUID(primary_key=True, default=None)
    complaint = ForeignKey(references=Complaint, null=False)
    agency = ForeignKey(references=Agency, null=False)
    service_class = Varchar(length=20)
    lead = Boolean(default=False)
    status = Varchar(length=16)
    officer = ForeignKey(references=Account, null=True, default=None)
    received_at = Timestamptz(default=None)
    stepped_at = Timestamptz(default=None)
    visit_on = Date(null=True, default=None)
    finish_on = Date(null=True, default=None)
    outcome = Varchar(length=16, null=True, default=None)
    work_done = Text(default="")
    work_done_on = Date(null=True, default=None)
    work_done_by = Text(default="")
    evidence = Varchar(length=8, null=True, default=None)


class Note(Table):
    """Words that belong to a step: an answer, a visit, a result, a dispute; also those of a step that came too late."""

    id = UUID(primary_key=True, default=None)
    complaint = ForeignKey(references=Complaint, null=False, index=True)
    part = ForeignKey(references=Assignment, null=True, default=None)
    author = ForeignKey(references=Account, null=True, default=None)
    kind = Varchar(length=16)
    text = Text()
    device_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)


class Photo(Table):
    """A photo an accepted operation named. `state`: awaited, uploaded, ready or refused; `size` in bytes as announced."""

    id = UUID(primary_key=True, default=None)
    complaint = ForeignKey(references=Complaint, null=False, index=True)
    part = ForeignKey(references=Assignment, null=True, default=None)
    note = ForeignKey(references=Note, null=True, default=None)
    uploader = ForeignKey(references=Account, null=True, default=None)
    stage = Varchar(length=8)
    place = Integer(default=0)
    sha256 = Varchar(length=64)
    size = Integer()
    received = Integer(default=0)
    state = Varchar(length=8)
    width = Integer(null=True, default=None)
    height = Integer(null=True, default=None)
    created_at = Timestamptz(default=None)


class Chunk(Table):
    """A piece of a photo still on its way; gone once the photo is processed."""

    id = UUID(primary_key=True, default=None)
    photo = ForeignKey(references=Photo, null=False)
    start = Integer()
    content = Bytea()
