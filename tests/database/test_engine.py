"""Which database an address means, and whether it answers."""

import pytest

from backend import database as db
from backend.database.postgres import PostgresEngine
from backend.database.sqlite import SQLiteEngine
from backend.piccolo_app import APP_CONFIG
from tests.support import machine


def test_an_address_names_its_engine():
    assert isinstance(db.engine_for("sqlite:////data/sambat.db"), SQLiteEngine)
    assert db.engine_for("sqlite:////data/sambat.db").path == "/data/sambat.db"
    engine = db.engine_for("postgresql://sambat:p%40ss@db.example:5433/city")
    assert isinstance(engine, PostgresEngine)
    assert engine.config == {"host": "db.example", "port": 5433, "user": "sambat", "password": "p@ss", "database": "city"}


def test_any_other_address_is_refused_by_its_kind():
    with pytest.raises(ValueError, match="mysql"):
        db.engine_for("mysql://localhost/city")


async def test_every_table_uses_the_bound_engine(database):
    assert db.current() is database
    assert {table._meta.db for table in APP_CONFIG.table_classes} == {database}


async def test_a_database_that_is_there_answers(database):
    assert await db.answers()


async def test_one_that_is_away_does_not(tmp_path):
    db.bind(db.engine_for(f"postgresql://sambat@127.0.0.1:{machine.free_port()}/city"))
    assert not await db.answers()
    db.bind(db.engine_for(f"sqlite:///{tmp_path}/no/such/folder/city.db"))
    assert not await db.answers()
