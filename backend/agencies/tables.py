"""The city as data: agencies (OPD), areas (kelurahan) and categories. Reorganisations are rows, never code."""

from piccolo.columns import Boolean, Date, DoublePrecision, ForeignKey, Text, Varchar
from piccolo.table import Table


class Agency(Table):
    """An OPD. `citizen_name` is the only name a citizen reads; `confirmed` tells whether its duties were seen in a source."""

    code = Varchar(length=40, primary_key=True, default=None)
    name = Text()
    citizen_name = Text()
    duties = Text()
    confirmed = Boolean(default=False)
    valid_from = Date(null=True, default=None)
    valid_until = Date(null=True, default=None)


class Area(Table):
    """A kelurahan: official code, name, district (kecamatan) and centre in degrees (WGS 84)."""

    code = Varchar(length=13, primary_key=True, default=None)
    name = Text()
    district = Text()
    latitude = DoublePrecision()
    longitude = DoublePrecision()


class Category(Table):
    """What a complaint is about (`law.md` 7). `marks` holds the letters B, R, D, N; switched off: not offered.

    `second_agency` is often needed too, or meant instead: the moderator decides.
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
