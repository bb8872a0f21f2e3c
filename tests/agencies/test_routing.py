"""Whom a category proposes, with the place where the place decides."""

import pytest

from backend.agencies import routing
from backend.agencies.routing import Offices, Proposal

KASIN = Offices(village="KEL-KASIN", district="KEC-KLOJEN")
NO_VILLAGE = Offices(village=None, district="KEC-KLOJEN")


def default(agency, second=None, service_class="public_service"):
    return Proposal(agency=agency, second_agency=second, service_class=service_class)


@pytest.mark.parametrize(
    ("code", "given", "offices", "agency", "second"),
    [
        ("1", default("DPUPRPKP"), KASIN, "DPUPRPKP", None),
        ("29", default("DINKES", "DINSOS-P3AP2KB"), KASIN, "DINKES", "DINSOS-P3AP2KB"),
        ("23", default(None), KASIN, "KEL-KASIN", "KEC-KLOJEN"),
        ("23", default(None), NO_VILLAGE, "KEC-KLOJEN", None),
        ("23", default(None), None, None, None),
        ("43", default("BAPPEDA"), KASIN, "KEL-KASIN", "BAPPEDA"),
        ("43", default("BAPPEDA"), NO_VILLAGE, "KEC-KLOJEN", "BAPPEDA"),
        ("43", default("BAPPEDA"), None, "BAPPEDA", None),
        ("16", default("DLH"), KASIN, "DLH", "KEL-KASIN"),
        ("16", default("DLH"), NO_VILLAGE, "DLH", "KEC-KLOJEN"),
        ("16", default("DLH"), None, "DLH", None),
    ],
)
def test_the_category_proposes_and_the_place_decides_where_the_kelurahan_is_meant(code, given, offices, agency, second):
    proposed = routing.propose(code, given, offices)
    assert (proposed.agency, proposed.second_agency, proposed.service_class) == (agency, second, given.service_class)


@pytest.mark.parametrize(
    ("agency", "second", "left"),
    [
        ("DLH", "KEL-KASIN", ("DLH", "KEL-KASIN")),
        ("GONE", "KEL-KASIN", ("KEL-KASIN", None)),
        ("DLH", "GONE", ("DLH", None)),
        ("GONE", None, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_what_exists_no_more_is_not_proposed(agency, second, left):
    kept = routing.without(default(agency, second), frozenset({"DLH", "KEL-KASIN"}))
    assert (kept.agency, kept.second_agency) == left


def test_offices_are_named_by_their_place():
    assert routing.district_office("Klojen") == "KEC-KLOJEN"
    assert routing.village_office("Oro-oro Dowo") == "KEL-ORO-ORO-DOWO"
