"""What a manager asks for when the city changes: each carries the reason, and the version of the row that was on the screen."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.agencies.kinds import Kind

ServiceClass = Literal["information", "public_service", "field_work", "joint", "oversight", "proposal", "note"]
"""As `sla.policy` has them; the two slices stand side by side and know each other only through these codes."""

Code = Annotated[str, Meta(max_length=40)]
Line = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=2000)]


class Saving(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`version`: what `history.version` said of the row when the form was shown."""

    code: Code
    version: Annotated[str, Meta(max_length=16)] = ""
    reason: Annotated[str, Meta(max_length=500)] = ""


class SaveAgency(Saving, frozen=True, kw_only=True):
    """An OPD or a unit, but for its end."""

    name: Line = ""
    citizen_name: Annotated[str, Meta(max_length=60)] = ""
    duties: Words = ""
    confirmed: bool = False
    kind: Kind = Kind.AGENCY
    parent: Code | None = None
    area: Annotated[str, Meta(max_length=13)] | None = None
    address: Line = ""
    contact: Words = ""
    contact_confirmed: bool = False
    valid_from: date | None = None


class CloseAgency(Saving, frozen=True, kw_only=True):
    """The last day of an OPD; none: it goes on."""

    valid_until: date | None = None


class SaveCategory(Saving, frozen=True, kw_only=True):
    """A category: its words, where it goes, whether it is offered."""

    group_name: Line = ""
    name: Line = ""
    hints: Words = ""
    service_class: ServiceClass | None = None
    agency: Code | None = None
    second_agency: Code | None = None
    marks: Annotated[str, Meta(pattern="^B?D?N?R?$")] = ""
    offered: bool = False
    icon: Annotated[str, Meta(max_length=40)] = ""
    contacts: Words = ""


class SaveElsewhere(Saving, frozen=True, kw_only=True):
    """A matter that is not the city's; shown to citizens once `confirmed`."""

    matter: Line = ""
    owner: Line = ""
    contact: Line = ""
    advice: Annotated[str, Meta(max_length=400)] = ""
    signs: Words = ""
    source: Line = ""
    confirmed: bool = False


class SaveEmergency(Saving, frozen=True, kw_only=True):
    """What sounds like an emergency, and whom to call."""

    signs: Words = ""
    number: Annotated[str, Meta(max_length=20)] = ""
    words: Annotated[str, Meta(max_length=400)] = ""
    rank: Annotated[int, Meta(ge=0, le=999)] = 0


class SaveArea(Saving, frozen=True, kw_only=True):
    """A kelurahan's name and centre."""

    name: Line = ""
    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]
