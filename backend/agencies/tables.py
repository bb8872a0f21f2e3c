"""The city as data: agencies (OPD), areas (kelurahan), categories, what is not the city's. Reorganisations are rows, never code."""

from piccolo.columns import UUID, Boolean, Date, DoublePrecision, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.reference import LazyTableReference
from piccolo.table import Table


class Agency(Table):
    """An OPD, or with `parent` a unit of one. `citizen_name` is the only name a citizen reads.

    `confirmed` tells whether its duties were seen in a source, `contact_confirmed` the same of `address` and `contact`:
    what nobody has confirmed is not shown. `area`: the kelurahan a kelurahan's office stands for.
    """

    code = Varchar(length=40, primary_key=True, default=None)
    name = Text()
    citizen_name = Text()
    duties = Text()
    confirmed = Boolean(default=False)
    valid_from = Date(null=True, default=None)
    valid_until = Date(null=True, default=None)
    parent: ForeignKey["Agency"] = ForeignKey(references=LazyTableReference("Agency", module_path=__name__), null=True, default=None)
    kind = Varchar(length=16, default="opd")
    address = Text(default="")
    contact = Text(default="")
    contact_confirmed = Boolean(default=False)
    area = Varchar(length=13, null=True, default=None)


class Area(Table):
    """A kelurahan: official code, name, district (kecamatan) and centre in degrees (WGS 84)."""

    code = Varchar(length=13, primary_key=True, default=None)
    name = Text()
    district = Text()
    latitude = DoublePrecision()
    longitude = DoublePrecision()


class Category(Table):
    """What a complaint is about (`law.md` 7). `marks` holds the letters B, R, D, N; switched off: not offered.

    `second_agency` is often needed too, or meant instead: the moderator decides. `contacts`: whom to turn to while a
    category is switched off, a line each.
    """

    code = Varchar(length=4, primary_key=True, default=None)
    group_name = Text()
    name = Text()
    hints = Text()
    service_class = Varchar(length=20, null=True, default=None)
    agency = ForeignKey(references=Agency, null=True, default=None)
    second_agency = ForeignKey(references=Agency, null=True, default=None)
    marks = Varchar(length=8)
    offered = Boolean(default=True)
    icon = Varchar(length=40, default="")
    contacts = Text(default="")


class Elsewhere(Table):
    """What is not the city's ("bukan wewenang Pemkot"): the matter, whose it is, what to say and whom to call.

    `signs`: words by which a text is recognised, comma-separated. Shown only once `confirmed`. `source`: where it was seen.
    """

    code = Varchar(length=40, primary_key=True, default=None)
    matter = Text()
    owner = Text()
    contact = Text()
    advice = Text(default="")
    signs = Text(default="")
    source = Text(default="")
    confirmed = Boolean(default=False)


class Emergency(Table):
    """Words by which a text sounds like an emergency, comma-separated, and whom to call first. The lowest `rank` is shown first."""

    code = Varchar(length=40, primary_key=True, default=None)
    signs = Text()
    number = Varchar(length=20)
    words = Text()
    rank = Integer(default=0)


class Change(Table):
    """One change of the city's data: what of which row was what and became what (JSON), by whom, when and why.

    `name`: the person's as it was then, so that the record can be read without the accounts.
    """

    id = UUID(primary_key=True, default=None)
    subject = Varchar(length=20)
    key = Varchar(length=40)
    before = Text()
    after = Text()
    reason = Text()
    account = UUID(null=True, default=None)
    name = Text()
    at = Timestamptz(default=None, index=True)
