"""A house with a complaint and its photo, and another place where nothing is yet."""

from pathlib import Path
from typing import NamedTuple

import pytest
from piccolo.conf.apps import Finder

import backend.database
from backend import database as db
from backend.complaints import actions, photos
from backend.database.sqlite import SQLiteEngine
from backend.settings import settings
from tests.support import asked, pictures, servers
from tests.support.city import person
from tests.support.walked import applied


class Place(NamedTuple):
    """A data folder and a database."""

    folder: Path
    engine: backend.database.Engine


@pytest.fixture
def at_home(monkeypatch, tmp_path):
    """`at_home(place)`: from now on the settings, and every table, are those of this place."""

    def moved(place):
        monkeypatch.setenv("SAMBAT_DATA_DIR", str(place.folder))
        settings.cache_clear()
        db.bind(place.engine)

    yield moved
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
async def here(planted, at_home, tmp_path):
    place = Place(tmp_path / "here", planted)
    at_home(place)
    return place


@pytest.fixture
async def elsewhere(planted, databases, tmp_path):
    """Of the same kind, and empty."""
    if isinstance(planted, SQLiteEngine):
        yield Place(tmp_path / "elsewhere", SQLiteEngine(path=str(tmp_path / "elsewhere" / "sambat.db")))
        db.bind(planted)
        return
    config = planted.config
    server = f"postgresql://{config['user']}@{config['host']}:{config['port']}"
    name = f"elsewhere_{config['database']}"
    await servers.execute(server, f"CREATE DATABASE {name}")
    yield Place(tmp_path / "elsewhere", db.engine_for(f"{server}/{name}"))
    db.bind(planted)
    await databases.drop(f"{server}/{name}")


async def told(*, photo=True):
    """A complaint, with a photo that is ready. Returns the photo's id."""
    content = pictures.jpeg()
    claim = asked.photo(content)
    citizen = await person("citizen")
    await applied(actions.submit(citizen, asked.submit(citizen, photos=(claim,))))
    if photo:
        await photos.store_whole(claim.id, content)
        await photos.process(claim.id)
    return claim.id


async def everything():
    """Every row of every table."""
    found = {}
    for table in Finder().get_table_classes():
        rows = await table.select().order_by(table._meta.primary_key)
        found[table._meta.tablename] = rows
    return found


def quiet(what, done, total):
    assert 0 <= done <= max(total, done), what
