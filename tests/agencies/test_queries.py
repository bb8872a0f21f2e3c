"""Lists of agencies, kelurahan and categories as pages ask for them, on both databases."""

from datetime import date

import pytest

from backend.agencies import queries
from backend.agencies.tables import Agency, Category
from backend.errors import NotFound

BEFORE, LAST_DAY, AFTER = date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1)


pytestmark = pytest.mark.usefixtures("planted")


async def test_citizens_see_eight_tiles_in_the_order_of_the_law():
    groups = await queries.offered_categories()
    assert [group.name for group in groups] == [
        "Jalan dan saluran",
        "Lampu, lalu lintas, parkir",
        "Sampah, pohon, lingkungan",
        "Air bersih",
        "Surat dan pelayanan",
        "Sosial dan kesehatan",
        "Sekolah, pasar, olahraga",
        "Ketertiban dan lainnya",
    ]
    codes = [category.code for group in groups for category in group.categories]
    assert codes == [str(number) for number in range(1, 47) if number not in {33, 42}]


async def test_a_category_switched_off_is_not_offered_but_still_known():
    await Category.update({Category.offered: False}).where(Category.code == "9")
    offered = {category.code for group in await queries.offered_categories() for category in group.categories}
    assert "9" not in offered
    assert (await queries.category("9")).name == "Lampu jalan mati"


@pytest.mark.parametrize(("day", "expected"), [(LAST_DAY, {"SATPOL PP"}), (AFTER, {"DAMKAR"})])
async def test_a_reorganised_agency_ends_and_its_successor_begins(day, expected):
    await Agency.update({Agency.valid_until: LAST_DAY}).where(Agency.code == "SATPOL PP")
    await Agency.insert(Agency(code="DAMKAR", name="Dinas Damkar", citizen_name="Dinas Pemadam", duties="", valid_from=AFTER))
    codes = {agency.code for agency in await queries.agencies_on(day)}
    assert codes & {"SATPOL PP", "DAMKAR"} == expected
    assert (await queries.agency("SATPOL PP")).code == "SATPOL PP"


async def test_agencies_come_by_the_names_citizens_read():
    rows = await queries.agencies_on(BEFORE)
    names = [agency.citizen_name for agency in rows if agency.parent is None]
    assert names == [agency.citizen_name for agency in rows][: len(names)]
    assert (len(names), names[0][:5], names[-1][:5]) == (29, "Badan", "Tugu ")
    assert len(rows) == 29 + 1 + 3 + 16 + 57


async def test_an_agency_that_ended_keeps_its_name_on_old_complaints():
    await Agency.update({Agency.valid_until: LAST_DAY}).where(Agency.code == "BPBD")
    names = await queries.agency_names()
    assert names["BPBD"] == "Badan Penanggulangan Bencana – longsor, banjir besar"


async def test_kelurahan_come_by_kecamatan_and_name():
    areas = await queries.areas()
    assert len(areas) == 57
    assert (areas[0].district, areas[0].name) == ("Blimbing", "Arjosari")
    assert (areas[-1].district, areas[-1].name) == ("Sukun", "Tanjungrejo")


@pytest.mark.parametrize("ask", [queries.agency, queries.area, queries.category])
async def test_a_code_nobody_knows_is_not_found(ask):
    with pytest.raises(NotFound):
        await ask("?")


@pytest.mark.parametrize(
    ("category", "area", "agency", "service_class"),
    [
        ("1", None, "DPUPRPKP", "field_work"),
        ("23", "35.73.02.1006", "KEL-KASIN", "public_service"),
        ("46", None, "DISKOMINFO", None),
        ("44", "35.73.02.1006", None, "information"),
        (None, "35.73.02.1006", None, None),
    ],
)
async def test_a_proposal_names_agency_and_class_where_they_can_be_told(category, area, agency, service_class):
    proposed = await queries.proposal(category, area)
    assert (proposed.agency, proposed.service_class) == (agency, service_class)


async def test_who_may_do_something_for_an_opd_may_do_it_for_its_units():
    reached = await queries.with_units(["KEC-KLOJEN"])
    assert len(reached) == 12
    assert {"KEC-KLOJEN", "KEL-KASIN", "KEL-ORO-ORO-DOWO"} <= reached
    assert await queries.with_units(["DLH"]) == {"DLH"}
    assert await queries.with_units([]) == frozenset()


async def test_units_come_by_name():
    assert [unit.code for unit in await queries.units_of("DINKES")][:2] == ["PKM-ARJOWINANGUN", "PKM-ARJUNO"]
    assert (await queries.units_of("DINKES"))[-1].code == "RSUD"


async def test_the_office_of_a_kelurahan_is_found_until_it_ends(at):
    at("2026-11-24 10:00")
    assert await queries.office_of_area("35.73.02.1006") == "KEL-KASIN"
    await Agency.update({Agency.valid_until: date(2026, 11, 23)}).where(Agency.code == "KEL-KASIN")
    assert await queries.office_of_area("35.73.02.1006") is None
    proposed = await queries.proposal("23", "35.73.02.1006")
    assert (proposed.agency, proposed.second_agency) == ("KEC-KLOJEN", None)


async def test_an_opd_that_has_ended_is_not_proposed(at):
    at("2026-11-24 10:00")
    await Agency.update({Agency.valid_until: date(2026, 11, 23)}).where(Agency.code == "DINKES")
    proposed = await queries.proposal("29", None)
    assert (proposed.agency, proposed.second_agency, proposed.service_class) == ("DINSOS-P3AP2KB", None, "public_service")


async def test_every_tile_has_its_icon_and_what_is_closed_stands_apart():
    tiles = await queries.offered_tiles()
    assert [tile.name for tile in tiles] == [group.name for group in await queries.offered_categories()]
    assert all(tile.icon and all(category.icon for category in tile.categories) for tile in tiles)
    assert [category.code for tile in tiles for category in tile.closed] == ["33", "42"]
    assert tiles[-1].categories[-1].code == "46"


async def codes(words, *, public=False):
    return {branch.agency.code: [unit.code for unit in branch.units] for branch in await queries.agency_tree(BEFORE, words, public=public)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lampu jalan", {"DPUPRPKP": []}),
        ("bangjo", {"DISHUB": []}),
        ("kasin", {"KEC-KLOJEN": ["KEL-KASIN"]}),
        ("puskesmas dinoyo", {"DINKES": ["PKM-DINOYO"]}),
        ("  JUKIR ", {"DISHUB": []}),
        ("xyz", {}),
    ],
)
async def test_agencies_are_found_by_everyday_words(words, found):
    assert await codes(words) == found


async def test_without_words_all_are_there_each_with_its_units():
    everything = await codes("")
    assert len(everything) == 29
    assert len(everything["KEC-LOWOKWARU"]) == 12
    assert everything["SATPOL PP"] == ["UPT-DAMKAR"]


async def test_the_public_sees_no_unit_nobody_has_confirmed():
    assert (await codes("", public=True))["DINKES"] == ["RSUD"]
    assert await codes("puskesmas dinoyo", public=True) == {}
    with pytest.raises(NotFound):
        await queries.agency_page_facts("PKM-DINOYO")


async def test_an_agencys_page_says_the_citizens_name_first_and_the_abbreviation_once():
    facts = await queries.agency_page_facts("DPUPRPKP")
    assert (facts.title, facts.duties_in_short) == ("Dinas PU", "jalan, saluran, lampu jalan")
    assert (facts.abbreviation, facts.official_name[:22]) == ("DPUPRPKP", "Dinas Pekerjaan Umum, ")
    assert ("1", "Jalan berlubang", "construction") in {(topic.code, topic.name, topic.icon) for topic in facts.categories}
    assert "jembatan" in facts.duties
    assert not facts.ended


async def test_an_agencys_page_hides_what_nobody_has_confirmed(at):
    at("2026-11-24 10:00")
    await Agency.update({Agency.contact: "0341-1", Agency.address: "Jl. A", Agency.valid_until: date(2026, 11, 1)}).where(
        Agency.code == "BAKESBANGPOL"
    )
    facts = await queries.agency_page_facts("BAKESBANGPOL")
    assert (facts.duties, facts.contact, facts.address, facts.ended) == ("", (), "", True)


async def test_a_units_page_leads_to_what_it_works_under_and_back():
    unit = await queries.agency_page_facts("KEL-KASIN")
    assert (unit.above.code, unit.abbreviation) == ("KEC-KLOJEN", "")
    above = await queries.agency_page_facts("KEC-KLOJEN")
    assert [each.code for each in above.units][:2] == ["KEL-BARENG", "KEL-GADING-KASRI"]
    assert len(above.units) == 11
