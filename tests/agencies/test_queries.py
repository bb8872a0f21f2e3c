"""Lists of agencies, kelurahan and categories as pages ask for them, on both databases."""

from datetime import date

import pytest

from backend.agencies import queries
from backend.agencies.seed import seed_agencies
from backend.agencies.tables import Agency, Category
from backend.errors import NotFound

BEFORE, LAST_DAY, AFTER = date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1)


@pytest.fixture(autouse=True)
async def seeded(database):
    await seed_agencies()


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
    names = [agency.citizen_name for agency in await queries.agencies_on(BEFORE)]
    assert len(names) == 30
    assert (names[0][:5], names[-1][:5]) == ("Badan", "Tugu ")


async def test_an_agency_that_ended_keeps_its_name_on_old_complaints():
    await Agency.update({Agency.valid_until: LAST_DAY}).where(Agency.code == "BPBD")
    names = await queries.agency_names()
    assert len(names) == 30
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
        ("23", "35.73.02.1006", "KEC-KLOJEN", "public_service"),
        ("46", None, "DISKOMINFO", None),
        ("44", "35.73.02.1006", None, "information"),
        (None, "35.73.02.1006", None, None),
    ],
)
async def test_a_proposal_names_agency_and_class_where_they_can_be_told(category, area, agency, service_class):
    proposed = await queries.proposal(category, area)
    assert (proposed.agency, proposed.service_class) == (agency, service_class)
