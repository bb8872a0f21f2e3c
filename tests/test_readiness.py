"""Whoever asks whether this process can do its work hears the truth, part by part."""

import pytest

from backend import database as db
from backend import readiness
from backend.settings import settings
from tests.support import asked, machine
from tests.support.batches import batch

READY = {"status": "ready", "database": "ok", "schema": "ok", "storage": "ok", "redis": "none"}


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    """Each time: what was answered a moment ago was another test's."""
    monkeypatch.setattr(readiness, "KEPT_SECONDS", 0)


@pytest.fixture
def set_to(monkeypatch):
    """Settings as the environment would name them, for this test."""

    def set_to(**given):
        for name, value in given.items():
            monkeypatch.setenv(f"SAMBAT_{name.upper()}", str(value))
        settings.cache_clear()

    yield set_to
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
async def away(database):
    """PostgreSQL, where nobody is."""
    engine = db.engine_for(f"postgresql://sambat@127.0.0.1:{machine.free_port()}/city")
    db.bind(engine)
    await db.start(engine)
    yield
    await db.stop(engine)
    db.bind(database)


async def readyz(door):
    answer = await (await door()).get("/readyz")
    return answer.status_code, answer.json()


async def test_a_house_in_order_is_ready(door, database):
    assert await readyz(door) == (200, READY)


async def test_a_database_that_is_away_is_not_ready(door, away):
    assert await readyz(door) == (503, READY | {"status": "not ready", "database": "away", "schema": "unknown"})


async def test_nor_is_one_that_an_earlier_release_has_left(door, database):
    await db.current()._run_in_new_connection("DELETE FROM migration WHERE name = (SELECT max(name) FROM migration)")
    assert await readyz(door) == (503, READY | {"status": "not ready", "schema": "behind"})


async def test_nor_one_in_which_nothing_is(door, database, databases, tmp_path):
    db.bind(db.engine_for(f"sqlite:///{tmp_path}/city.db"))
    found = await readyz(door)
    db.bind(database)
    assert found == (503, READY | {"status": "not ready", "schema": "behind"})


async def test_one_that_a_later_release_has_changed_serves_on(door, database):
    later = "INSERT INTO migration (name, app_name, ran_on) VALUES ('2099-01-01T00:00:00:000000', 'sambat', CURRENT_TIMESTAMP)"
    await db.current()._run_in_new_connection(later)
    assert await readyz(door) == (200, READY)


async def test_who_has_no_place_for_photos_is_not_ready(door, database, set_to, tmp_path):
    (tmp_path / "file").touch()
    set_to(storage_url=f"file://{tmp_path}/file/photos")
    assert await readyz(door) == (503, READY | {"status": "not ready", "storage": "away"})


async def test_a_redis_that_is_away_is_told_and_stops_nobody(door, database, set_to):
    set_to(redis_url=f"redis://127.0.0.1:{machine.free_port()}/0")
    assert await readyz(door) == (200, READY | {"redis": "away"})


@pytest.mark.redis
async def test_one_that_answers_is_told_too(door, database, set_to, redis_url):
    set_to(redis_url=redis_url)
    assert await readyz(door) == (200, READY | {"redis": "ok"})


async def test_who_asks_often_is_told_the_same_for_a_second(door, database, monkeypatch):
    monkeypatch.setattr(readiness, "KEPT_SECONDS", 60)
    readiness._answered.clear()
    assert await readyz(door) == (200, READY)
    await db.current()._run_in_new_connection("DELETE FROM migration")
    assert await readyz(door) == (200, READY)
    readiness._answered.clear()


async def test_while_the_database_is_away_everybody_is_asked_to_come_again(door, away):
    browser = await door()
    for answer in (await browser.get("/"), await browser.get("/complaints"), await browser.post("/api/sync", json=batch(asked.submit()))):
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert "Traceback" not in answer.text
    assert answer.json()["code"] == "away"
