"""What a manager must mend before a change of the city's data is taken: tables of cases, no database."""

from datetime import date
from typing import get_args

import pytest

from backend.agencies import checks, sealing
from backend.agencies.kinds import Kind
from backend.agencies.operations import CloseAgency, SaveAgency, SaveArea, SaveCategory, SaveElsewhere, SaveEmergency, ServiceClass
from backend.agencies.tables import Agency, Category
from backend.agencies.tiles import TILES
from backend.sla import policy

TODAY = date(2026, 11, 24)
TILE = next(iter(TILES))


def agency(**other):
    return SaveAgency(**{"code": "X", "name": "Dinas X", "citizen_name": "Dinas X", "reason": "Perwali 1", **other})


def category(**other):
    return SaveCategory(**{"code": "9", "name": "Lampu", "group_name": TILE, "reason": "Rapat", **other})


def elsewhere(**other):
    return SaveElsewhere(**{"code": "x-y", "matter": "Tol", "owner": "Jasa Marga", "reason": "Rapat", **other})


def emergency(**other):
    return SaveEmergency(**{"code": "x-y", "words": "Menjauh.", "number": "112", "reason": "Rapat", **other})


@pytest.mark.parametrize("code", ["DAMKAR", "SATPOL PP", "DINSOS-P3AP2KB", "KEL-ORO-ORO-DOWO", "A1B"])
def test_codes_of_agencies_are_capitals(code):
    assert checks.of_code(code, checks.AGENCY_CODE) == {}


@pytest.mark.parametrize("code", ["", "AB", "damkar", "A/B", " DLH", "DLH ", "new", "A" * 41, "DLH\nX"])
def test_other_codes_are_refused(code):
    assert set(checks.of_code(code, checks.AGENCY_CODE)) == {"code"}


@pytest.mark.parametrize(
    ("code", "fits"), [("jalan-tol", True), ("x1y", True), ("new", False), ("newer", True), ("Jalan", False), ("a b", False)]
)
def test_codes_of_matters_are_small_and_never_the_address_of_a_form(code, fits):
    assert (checks.of_code(code, checks.SLUG) == {}) == fits


@pytest.mark.parametrize(
    ("op", "fields"),
    [
        (agency(), set()),
        (agency(reason="  "), {"reason"}),
        (agency(name=" "), {"name"}),
        (agency(citizen_name=""), {"citizen_name"}),
        (agency(confirmed=True), {"duties"}),
        (agency(confirmed=True, duties="api"), set()),
        (agency(contact_confirmed=True), {"contact"}),
        (agency(contact_confirmed=True, address="Jl. A"), set()),
    ],
)
def test_an_agency_has_names_and_a_reason_and_what_is_called_confirmed_is_there(op, fields):
    assert set(checks.of_agency(op)) == fields


def row(code, parent=None, area=None, valid_until=None):
    return Agency(code=code, name=code, citizen_name=code, duties="", parent=parent, area=area, valid_until=valid_until)


KNOWN = [row("KEC-A"), row("KEL-B", "KEC-A", "35.1"), row("KEL-OLD", "KEC-A", "35.2", date(2026, 1, 1)), row("DLH")]


@pytest.mark.parametrize(
    ("op", "field"),
    [
        (agency(code="X"), None),
        (agency(code="X", parent="DLH"), None),
        (agency(code="X", parent="?"), "parent"),
        (agency(code="DLH", parent="DLH"), "parent"),
        (agency(code="X", parent="KEL-B"), "parent"),
        (agency(code="KEC-A", parent="DLH"), "parent"),
        (agency(code="X", kind=Kind.VILLAGE), "area"),
        (agency(code="X", kind=Kind.VILLAGE, parent="KEC-A"), "area"),
        (agency(code="X", kind=Kind.VILLAGE, parent="KEC-A", area="35.1"), "area"),
        (agency(code="X", kind=Kind.VILLAGE, parent="KEC-A", area="35.9"), "area"),
        (agency(code="X", kind=Kind.VILLAGE, parent="KEC-A", area="35.2"), None),
        (agency(code="KEL-B", kind=Kind.VILLAGE, parent="KEC-A", area="35.1"), None),
        (agency(code="X", area="35.2"), "area"),
    ],
)
def test_units_have_one_level_and_a_kelurahan_one_office(op, field):
    assert set(checks.of_place(op, KNOWN, {"35.1", "35.2"})) == ({field} if field else set())


@pytest.mark.parametrize(
    ("until", "begun", "leading", "refused"),
    [
        (None, None, True, False),
        (date(2026, 12, 31), None, True, False),
        (TODAY, None, True, False),
        (date(2026, 11, 23), None, True, True),
        (date(2026, 11, 23), None, False, False),
        (date(2026, 12, 31), date(2027, 1, 1), False, True),
    ],
)
def test_an_end_comes_after_the_beginning_and_nothing_leads_to_what_is_no_more(until, begun, leading, refused):
    op = CloseAgency(code="DLH", valid_until=until, reason="Perda")
    ending = Agency(code="DLH", valid_from=begun)
    assert bool(checks.of_end(op, ending, [Category(code="15", name="Sampah")] if leading else [], TODAY)) == refused


@pytest.mark.parametrize(
    ("op", "fields"),
    [
        (category(), set()),
        (category(reason=""), {"reason"}),
        (category(name=" "), {"name"}),
        (category(group_name="Apa saja"), {"group_name"}),
        (category(agency="DLH"), set()),
        (category(agency="?"), {"agency"}),
        (category(agency="DLH", second_agency="DLH"), {"second_agency"}),
        (category(second_agency="DLH"), {"agency"}),
        (category(agency="DLH", second_agency="?"), {"second_agency"}),
        (category(offered=True), set()),
        (category(code="33", offered=True), {"offered"}),
        (category(code="42", offered=True), {"offered"}),
        (category(code="42", offered=True, service_class="field_work"), {"offered"}),
        (category(code="9", offered=True, service_class="oversight"), {"offered"}),
        (category(code="42", offered=False, service_class="oversight"), set()),
    ],
)
def test_a_category_knows_its_tile_and_opds_and_what_must_be_sealed_stays_off(op, fields):
    found = checks.of_category(op, {"DLH"})
    assert set(found) == fields
    assert found.get("offered", sealing.WHY) == sealing.WHY


@pytest.mark.parametrize(
    ("op", "fields"),
    [
        (elsewhere(), set()),
        (elsewhere(owner="", matter=""), {"owner", "matter"}),
        (elsewhere(confirmed=True), {"source", "advice"}),
        (elsewhere(confirmed=True, source="situs, 2026", contact="133"), set()),
        (elsewhere(signs="tol, go"), {"signs"}),
        (elsewhere(signs="jalan tol, pintu tol"), set()),
    ],
)
def test_a_matter_is_shown_only_once_somebody_says_where_it_was_seen(op, fields):
    assert set(checks.of_elsewhere(op)) == fields


@pytest.mark.parametrize(
    ("op", "fields"),
    [
        (emergency(), set()),
        (emergency(number=""), {"number"}),
        (emergency(number="satu satu dua"), {"number"}),
        (emergency(words=""), {"words"}),
        (emergency(signs="a"), {"signs"}),
    ],
)
def test_an_emergency_has_a_number_to_dial_and_a_kind_word(op, fields):
    assert set(checks.of_emergency(op)) == fields


def test_a_kelurahan_has_a_name():
    assert set(checks.of_area(SaveArea(code="35.1", latitude=-7.9, longitude=112.6, reason="Rapat"))) == {"name"}


def test_the_classes_are_those_of_the_clocks():
    assert set(get_args(ServiceClass)) == set(policy.ServiceClass)
