"""The city as it comes with the project, on both databases."""

import pytest

from backend.agencies.routing import BY_DISTRICT, HELPED_BY_DISTRICT, district_office
from backend.agencies.seed import seed_agencies
from backend.agencies.tables import Agency, Area, Category
from backend.sla.policy import ServiceClass

UNCONFIRMED = {"BAKESBANGPOL", "SETDA", "SETWAN"}
TABLES = (Agency, Area, Category)


@pytest.fixture(autouse=True)
async def seeded(database):
    await seed_agencies()


async def test_the_city_has_30_agencies_57_kelurahan_and_46_categories():
    assert [await table.count() for table in TABLES] == [30, 57, 46]


async def test_seeding_twice_changes_nothing():
    once = [await table.select().order_by(table.code) for table in TABLES]
    await seed_agencies()
    assert [await table.select().order_by(table.code) for table in TABLES] == once


async def test_what_a_manager_edited_survives_and_what_is_missing_comes_back():
    await Agency.update({Agency.citizen_name: "Dinas Jalan"}).where(Agency.code == "DPUPRPKP")
    await Area.update({Area.name: "Kasin Baru"}).where(Area.code == "35.73.02.1006")
    await Category.update({Category.offered: False}).where(Category.code == "9")
    await Category.delete().where(Category.code == "10")
    await seed_agencies()
    assert await Agency.select(Agency.citizen_name).where(Agency.code == "DPUPRPKP") == [{"citizen_name": "Dinas Jalan"}]
    assert await Area.select(Area.name).where(Area.code == "35.73.02.1006") == [{"name": "Kasin Baru"}]
    assert await Category.select(Category.offered).where(Category.code == "9") == [{"offered": False}]
    assert await Category.exists().where(Category.code == "10")


async def test_only_duties_seen_in_a_source_are_confirmed():
    assert {agency.code for agency in await Agency.objects() if not agency.confirmed} == UNCONFIRMED


async def test_citizens_read_a_name_of_its_own_for_each_agency():
    names = [agency.citizen_name for agency in await Agency.objects()]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 60 for name in names)


async def test_every_kecamatan_of_a_kelurahan_has_its_office():
    districts = {area.district for area in await Area.objects()}
    codes = {agency.code for agency in await Agency.objects()}
    assert len(districts) == 5
    assert {district_office(district) for district in districts} <= codes


async def test_categories_hold_known_classes_and_marks():
    categories = {category.code: category for category in await Category.objects()}
    assert set(categories) == {str(number) for number in range(1, 47)}
    assert {category.service_class for category in categories.values()} <= set(ServiceClass) | {None}
    assert set("".join(category.marks for category in categories.values())) == set("BRDN")
    assert set(categories) >= BY_DISTRICT | HELPED_BY_DISTRICT


async def test_only_the_last_category_leaves_its_class_to_the_moderator():
    assert [category.code for category in await Category.objects() if category.service_class is None] == ["46"]


async def test_what_must_be_sealed_is_not_offered_until_it_can_be():
    assert {category.code for category in await Category.objects() if not category.offered} == {"33", "42"}
