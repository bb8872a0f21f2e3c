"""Whom a category proposes, with the place where the place decides."""

import pytest

from backend.agencies import routing
from backend.agencies.routing import Proposal


def default(agency, second=None, service_class="public_service"):
    return Proposal(agency=agency, second_agency=second, service_class=service_class)


@pytest.mark.parametrize(
    ("code", "given", "district", "agency", "second"),
    [
        ("1", default("DPUPRPKP"), "Klojen", "DPUPRPKP", None),
        ("29", default("DINKES", "DINSOS-P3AP2KB"), "Sukun", "DINKES", "DINSOS-P3AP2KB"),
        ("23", default(None), "Kedungkandang", "KEC-KEDUNGKANDANG", None),
        ("23", default(None), None, None, None),
        ("43", default("BAPPEDA"), "Blimbing", "KEC-BLIMBING", "BAPPEDA"),
        ("43", default("BAPPEDA"), None, "BAPPEDA", None),
        ("16", default("DLH"), "Lowokwaru", "DLH", "KEC-LOWOKWARU"),
        ("16", default("DLH"), None, "DLH", None),
    ],
)
def test_the_category_proposes_and_the_place_decides_where_the_kecamatan_is_meant(code, given, district, agency, second):
    proposed = routing.propose(code, given, district)
    assert (proposed.agency, proposed.second_agency, proposed.service_class) == (agency, second, given.service_class)
