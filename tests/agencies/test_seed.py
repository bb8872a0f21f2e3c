"""The city as it comes with the project, on both databases."""

import json
from uuid import uuid4

import pytest

from backend import clock
from backend.agencies.kinds import Kind
from backend.agencies.routing import BY_PLACE, HELPED_BY_PLACE, district_office, village_office
from backend.agencies.seed import seed_agencies
from backend.agencies.tables import Agency, Area, Category, Change, Elsewhere, Emergency
from backend.agencies.tiles import TILES
from backend.sla.policy import ServiceClass
from tests.support.tree import ROOT

UNCONFIRMED = {"BAKESBANGPOL", "SETDA", "SETWAN"}
TABLES = (Agency, Area, Category, Elsewhere, Emergency)


@pytest.fixture(autouse=True)
async def seeded(database):
    await seed_agencies()


async def everything():
    return [await table.select().order_by(table.code) for table in TABLES]


async def change(subject, key):
    await Change.insert(Change(id=uuid4(), subject=subject, key=key, before="{}", after="{}", reason="r", name="n", at=clock.now()))


async def test_the_city_has_29_agencies_77_units_57_kelurahan_and_46_categories():
    assert [await table.count() for table in TABLES] == [106, 57, 46, 20, 10]
    assert await Agency.count().where(Agency.parent.is_null()) == 29


async def test_seeding_twice_changes_nothing():
    once = await everything()
    await seed_agencies()
    assert await everything() == once


async def test_what_a_manager_edited_survives_and_what_is_missing_comes_back():
    await Agency.update({Agency.citizen_name: "Dinas Jalan"}).where(Agency.code == "DPUPRPKP")
    await Area.update({Area.name: "Kasin Baru"}).where(Area.code == "35.73.02.1006")
    await Category.update({Category.offered: False}).where(Category.code == "9")
    await Elsewhere.update({Elsewhere.confirmed: True}).where(Elsewhere.code == "electricity")
    await Emergency.update({Emergency.signs: ""}).where(Emergency.code == "fire")
    await Category.delete().where(Category.code == "10")
    await seed_agencies()
    assert await Agency.select(Agency.citizen_name).where(Agency.code == "DPUPRPKP") == [{"citizen_name": "Dinas Jalan"}]
    assert await Area.select(Area.name).where(Area.code == "35.73.02.1006") == [{"name": "Kasin Baru"}]
    assert await Category.select(Category.offered).where(Category.code == "9") == [{"offered": False}]
    assert await Elsewhere.select(Elsewhere.confirmed).where(Elsewhere.code == "electricity") == [{"confirmed": True}]
    assert await Emergency.select(Emergency.signs).where(Emergency.code == "fire") == [{"signs": ""}]
    assert await Category.exists().where(Category.code == "10")


async def as_an_earlier_release_left_it():
    """Its rows had none of the columns that came later, and it knew no units."""
    whole = await everything()
    await Agency.delete().where(Agency.parent.is_not_null(), Agency.code != "RSUD")
    await Agency.update({Agency.parent: None, Agency.kind: "opd", Agency.contact: "", Agency.contact_confirmed: False}, force=True)
    await Category.update({Category.icon: "", Category.contacts: ""}, force=True)
    return whole


async def test_what_an_earlier_release_could_not_know_is_filled():
    whole = await as_an_earlier_release_left_it()
    await seed_agencies()
    assert await everything() == whole


async def test_rows_missing_here_and_there_come_back_and_the_others_are_filled():
    whole = await everything()
    await Category.delete().where(Category.code.is_in(["1", "9", "33"]))
    await Agency.delete().where(Agency.code.is_in(["UPT-PPA", "KEL-KASIN", "BKPSDM"]))
    await Category.update({Category.icon: "", Category.contacts: ""}, force=True)
    await Agency.update({Agency.kind: "opd", Agency.contact: "", Agency.contact_confirmed: False}, force=True)
    await seed_agencies()
    assert await everything() == whole


async def test_what_a_manager_has_edited_is_not_filled_even_where_it_is_empty():
    await as_an_earlier_release_left_it()
    await change("agency", "DISHUB")
    await change("category", "33")
    await change("agency", "1")
    await seed_agencies()
    [dishub] = await Agency.objects().where(Agency.code == "DISHUB")
    assert (dishub.contact, dishub.contact_confirmed) == ("", False)
    [violence] = await Category.objects().where(Category.code == "33")
    assert (violence.icon, violence.contacts) == ("", "")
    [roads] = await Category.objects().where(Category.code == "1")
    assert roads.icon == "construction"


async def test_a_column_somebody_has_filled_stays_while_the_others_are_filled():
    await as_an_earlier_release_left_it()
    await Agency.update({Agency.contact: "Datang saja"}).where(Agency.code == "PERUMDA TUGU TIRTA")
    await seed_agencies()
    [water] = await Agency.objects().where(Agency.code == "PERUMDA TUGU TIRTA")
    assert (water.contact, water.contact_confirmed, water.kind) == ("Datang saja", False, Kind.COMPANY)


async def test_only_duties_seen_in_a_source_are_confirmed():
    unconfirmed = {agency.code for agency in await Agency.objects() if not agency.confirmed}
    assert {code for code in unconfirmed if not code.startswith("PKM-")} == UNCONFIRMED
    assert len(unconfirmed) == 3 + 16


async def test_no_contact_is_confirmed_that_is_not_there():
    for agency in await Agency.objects():
        assert agency.contact_confirmed == bool(agency.contact), agency.code


async def test_citizens_read_a_name_of_its_own_for_each_agency():
    names = [agency.citizen_name for agency in await Agency.objects()]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 60 for name in names)


async def test_every_kelurahan_has_its_office_under_its_kecamatan():
    offices = {agency.area: agency for agency in await Agency.objects() if agency.kind == Kind.VILLAGE}
    areas = await Area.objects()
    assert set(offices) == {area.code for area in areas}
    for area in areas:
        office = offices[area.code]
        assert (office.code, office.parent) == (village_office(area.name), district_office(area.district))
        assert office.citizen_name == f"Kelurahan {area.name}"


async def test_units_have_one_level_and_known_kinds():
    rows = {agency.code: agency for agency in await Agency.objects()}
    assert {agency.kind for agency in rows.values()} == set(Kind)
    assert all(rows[agency.parent].parent is None for agency in rows.values() if agency.parent)


async def test_categories_hold_known_classes_marks_and_tiles():
    categories = {category.code: category for category in await Category.objects()}
    assert set(categories) == {str(number) for number in range(1, 47)}
    assert {category.service_class for category in categories.values()} <= set(ServiceClass) | {None}
    assert set("".join(category.marks for category in categories.values())) == set("BRDN")
    assert {category.group_name for category in categories.values()} == set(TILES)
    assert set(categories) >= BY_PLACE | HELPED_BY_PLACE


async def test_each_category_and_each_tile_has_an_icon_of_its_own_that_is_built():
    icons = [*(category.icon for category in await Category.objects()), *TILES.values()]
    assert len(set(icons)) == 46 + 8
    assert set(icons) <= set(json.loads((ROOT / "frontend/assets/icons.json").read_text(encoding="utf-8")))


async def test_only_the_last_category_leaves_its_class_to_the_moderator():
    assert [category.code for category in await Category.objects() if category.service_class is None] == ["46"]


async def test_what_must_be_sealed_is_not_offered_until_it_can_be():
    assert {category.code for category in await Category.objects() if not category.offered} == {"33", "42"}
