"""Points, the kelurahan near them, and the neighbours of the city."""

import csv
from importlib import resources
from typing import NamedTuple

import pytest

from backend.agencies import contacts, places
from backend.settings import Settings


class Area(NamedTuple):
    name: str
    latitude: float
    longitude: float


FILE = resources.files("backend.agencies").joinpath("data", "areas.csv")
AREAS = [
    Area(row["name"], float(row["latitude"]), float(row["longitude"]))
    for row in csv.DictReader(FILE.read_text(encoding="utf-8").splitlines())
]
TOWN_HALL = (-7.9779, 112.6342)
BATU = (-7.8712, 112.5269)
KEPANJEN = (-8.1303, 112.5727)
SURABAYA = (-7.2575, 112.7521)


def test_the_town_hall_is_near_kiduldalem():
    assert [area.name for area in places.nearest(*TOWN_HALL, AREAS)] == ["Kiduldalem", "Klojen", "Kauman"]


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.name)
def test_every_kelurahan_is_nearest_to_its_own_centre(area):
    assert places.nearest(area.latitude, area.longitude, AREAS, count=1) == [area]
    assert not places.seems_outside(area.latitude, area.longitude, AREAS, Settings().outside_km)


def test_without_areas_nothing_is_near():
    assert places.nearest(*TOWN_HALL, []) == []


@pytest.mark.parametrize("point", [BATU, KEPANJEN, SURABAYA])
def test_points_outside_seem_outside(point):
    assert places.seems_outside(*point, AREAS, Settings().outside_km)


def test_a_degree_of_latitude_is_111_kilometres():
    assert places.distance_km(0, 112, 1, 112) == pytest.approx(111.19, abs=0.01)
    assert places.distance_km(*TOWN_HALL, *TOWN_HALL) == 0
    assert places.distance_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)


@pytest.mark.parametrize("point", [BATU, KEPANJEN])
def test_a_point_of_the_neighbours_names_them_as_a_guess(point):
    assert contacts.outside_notice(*point) == (
        "Titik ini sepertinya di luar Kota Malang. Aduan tetap kami terima; "
        "kemungkinan yang berwenang Pemerintah Kabupaten Malang atau Kota Batu (lapor.go.id)."
    )


def test_a_point_far_away_names_no_neighbour():
    notice = contacts.outside_notice(*SURABAYA)
    assert "pemerintah daerah setempat" in notice
    assert "Batu" not in notice
