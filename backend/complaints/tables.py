"""Complaints, their parts (one OPD's assignment each), notes and photos. Indexes over several columns lie in `migrations`."""

from piccolo.columns import UUID, Boolean, Bytea, Date, DoublePrecision, ForeignKey, Integer, Real, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.accounts.tables import Account
from backend.agencies.tables import Agency, Area, Category, Elsewhere


class Complaint(Table):
    """What one person told the city. `reporter` or `claim_hash` (SHA-256 of the claim key, hex) says whose it is.

    Of an anonymous one neither account nor device is kept, and its times are full hours. `confidential`: nothing of it is public,
    and only its handlers read it, whatever `secrecy` says of the name. `private`: what only its handlers need (NIK, numbers).
    `public_text` is the published copy, masked; nothing is public before `published_at`. `previous`: the complaint it goes on from
    ("Lapor lagi"). `source`: app, or the counter, phone call … at which `entered_by` wrote it down. `ending`: how it was closed.
    `rejection`: why it is not the city's; `responsible` and how to reach them, as it was said then (`elsewhere`: by which row).
    `objected_at`: a rejection was objected to; `decided_by` has decided, and another person decides next.
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
    confidential = Boolean(default=False)
    private = Text(default="", secret=True)
    public_text = Text(default="")
    published_at = Timestamptz(null=True, default=None)
    previous = UUID(null=True, default=None, index=True)
    recurrence = Boolean(default=False)
    source = Varchar(length=12, default="app")
    entered_by = ForeignKey(references=Account, null=True, default=None)
    danger = Boolean(default=False)
    ending = Varchar(length=12, default="")
    closed_at = Timestamptz(null=True, default=None)
    rejection = Varchar(length=16, default="")
    elsewhere = ForeignKey(references=Elsewhere, null=True, default=None)
    responsible = Text(default="")
    responsible_contact = Text(default="")
    objected_at = Timestamptz(null=True, default=None)
    decided_by = ForeignKey(references=Account, null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    before_question = Varchar(length=16, default="")
    review_due = Boolean(default=False)


class Contact(Table):
    """How a reporter can be reached, if given; `may_call`: the officer too. Never of somebody anonymous."""

    complaint = ForeignKey(references=Complaint, primary_key=True, null=False, default=None)
    name = Text(default="", secret=True)
    phone = Varchar(length=20, default="", secret=True)
    may_call = Boolean(default=False)


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
    before_question = Varchar(length=16, default="")
    binding = Boolean(default=False)
    witness = ForeignKey(references=Agency, null=True, default=None)


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
    """A photo an accepted operation named. `state`: awaited, uploaded, ready or refused; `size` in bytes as announced.

    `released`: a moderator has looked at it, and everybody may.
    """

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
    released = Boolean(default=False)


class Question(Table):
    """A question to the reporter (C4, P5): `note` holds its words, `part` the OPD's, none the moderator's.

    `paused`: it stops the asker's clocks. `reply` is the note of the answer; `over_at`: nobody answered in time.
    """

    id = UUID(primary_key=True, default=None)
    complaint = ForeignKey(references=Complaint, null=False, index=True)
    part = ForeignKey(references=Assignment, null=True, default=None)
    kind = Varchar(length=16)
    note = ForeignKey(references=Note, null=False)
    paused = Boolean(default=True)
    asked_at = Timestamptz(default=None)
    reply_until = Date(default=None)
    reply = ForeignKey(references=Note, null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    over_at = Timestamptz(null=True, default=None)


class Edit(Table):
    """A change of what the reporter wrote (C13): the original is kept. `field`: text, place, category, secrecy or photo."""

    id = UUID(primary_key=True, default=None)
    complaint = ForeignKey(references=Complaint, null=False, index=True)
    field = Varchar(length=16)
    before = Text(default="", secret=True)
    after = Text(default="", secret=True)
    reason = Text(default="")
    account = ForeignKey(references=Account, null=True, default=None)
    at = Timestamptz(default=None)


class Rating(Table):
    """What the reporter thinks of how it went: one to five, once, when it is closed."""

    complaint = ForeignKey(references=Complaint, primary_key=True, null=False, default=None)
    stars = Integer()
    note = ForeignKey(references=Note, null=True, default=None)
    at = Timestamptz(default=None)


class Follower(Table):
    """An account that follows a public complaint; `still_broken`: it says so while the reporter is asked (C18)."""

    id = UUID(primary_key=True, default=None)
    complaint = ForeignKey(references=Complaint, null=False, index=True)
    account = ForeignKey(references=Account, null=False, index=True)
    still_broken = UUID(null=True, default=None)
    at = Timestamptz(default=None)


class Accused(Table):
    """Whom an accusation is about (guard Ga): for this OPD, its people, or this account the complaint does not exist."""

    id = UUID(primary_key=True, default=None)
    complaint = ForeignKey(references=Complaint, null=False, index=True)
    agency = ForeignKey(references=Agency, null=True, default=None)
    account = ForeignKey(references=Account, null=True, default=None)


class Chunk(Table):
    """A piece of a photo still on its way; gone once the photo is processed."""

    id = UUID(primary_key=True, default=None)
    photo = ForeignKey(references=Photo, null=False)
    start = Integer()
    content = Bytea()
