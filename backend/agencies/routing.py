"""From category and place to the OPD that probably acts: a proposal the moderator confirms or corrects, pure."""

import msgspec

BY_PLACE = frozenset({"23", "43"})
"""Categories (`law.md` 7) that belong to the kelurahan of the place, once it is known."""
HELPED_BY_PLACE = frozenset({"16"})
"""Categories in which that kelurahan is the second OPD."""


class Offices(msgspec.Struct, frozen=True, kw_only=True):
    """Who sits nearest to a place: the kelurahan's office, none where it has none, and the kecamatan's above it."""

    village: str | None
    district: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """OPDs by code and class of service, each none where only the moderator can tell. `second_agency` may be needed too, or instead."""

    agency: str | None
    second_agency: str | None
    service_class: str | None


def propose(code: str, default: Proposal, offices: Offices | None) -> Proposal:
    """The default of category `code`, with the offices of the place where they are meant."""
    if offices is None:
        return default
    nearest = offices.village or offices.district
    if code in BY_PLACE:
        above = offices.district if offices.village else None
        return msgspec.structs.replace(default, agency=nearest, second_agency=default.agency or above)
    if code in HELPED_BY_PLACE:
        return msgspec.structs.replace(default, second_agency=nearest)
    return default


def without(proposal: Proposal, existing: frozenset[str]) -> Proposal:
    """The same, without OPDs that exist no more; a second one then comes first."""
    named = [code for code in (proposal.agency, proposal.second_agency) if code in existing]
    first, second = (*named, None, None)[:2]
    return msgspec.structs.replace(proposal, agency=first, second_agency=second)


def district_office(district: str) -> str:
    """The code of a kecamatan's office."""
    return f"KEC-{district.upper()}"


def village_office(name: str) -> str:
    """The code a kelurahan's office is seeded with; afterwards `Agency.area` tells whose office it is."""
    return f"KEL-{'-'.join(name.upper().split())}"
