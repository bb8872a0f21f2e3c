"""From category and place to the OPD that probably acts: a proposal the moderator confirms or corrects, pure."""

import msgspec

BY_DISTRICT = frozenset({"23", "43"})
"""Categories (`law.md` 7) that belong to the kecamatan of the place, once it is known."""
HELPED_BY_DISTRICT = frozenset({"16"})
"""Categories in which that kecamatan is the second OPD."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """OPDs by code and class of service, each none where only the moderator can tell. `second_agency` may be needed too, or instead."""

    agency: str | None
    second_agency: str | None
    service_class: str | None


def propose(code: str, default: Proposal, district: str | None) -> Proposal:
    """The default of category `code`, with the kecamatan of the place where the kecamatan is meant."""
    if district is None:
        return default
    if code in BY_DISTRICT:
        return msgspec.structs.replace(default, agency=district_office(district), second_agency=default.agency)
    if code in HELPED_BY_DISTRICT:
        return msgspec.structs.replace(default, second_agency=district_office(district))
    return default


def district_office(district: str) -> str:
    """The code of a kecamatan's office."""
    return f"KEC-{district.upper()}"
