"""`sambat doctor`, `backup` and `restore` as a person types them."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.support.commands import sambat

pytestmark = pytest.mark.slow


def test_a_house_is_copied_put_back_elsewhere_and_looked_at(tmp_path):
    here, elsewhere, file = tmp_path / "here", tmp_path / "elsewhere", tmp_path / "house.tar"
    assert sambat(here, "migrate").returncode == 0
    said = sambat(here, "backup", str(file), "--with-secrets")
    assert (said.returncode, "0 complaints" in said.stdout) == (0, True), said.stderr
    said = sambat(elsewhere, "restore", str(file))
    assert (said.returncode, "is back" in said.stdout) == (0, True), said.stderr
    with closing(sqlite3.connect(elsewhere / "sambat.db")) as connection:
        assert connection.execute("SELECT count(*) FROM area").fetchone() == (57,)
    assert (here / "secret.key").read_text() == (elsewhere / "secret.key").read_text()
    again = sambat(elsewhere, "restore", str(file))
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
    said = sambat(elsewhere, "doctor", "--json")
    states = {finding["what"]: finding["state"] for finding in json.loads(said.stdout)}
    assert said.returncode == (1 if "wrong" in states.values() else 0)
    assert {states[what] for what in ("database", "schema", "durability", "sealed things", "photos", "workers")} == {"good"}


def test_where_nothing_is_nothing_is_copied_and_the_doctor_says_what_to_do(tmp_path):
    said = sambat(tmp_path, "backup", str(tmp_path / "x.tar"))
    assert (said.returncode, "nothing to copy" in said.stderr, "Traceback" in said.stderr) == (1, True, False)
    said = sambat(tmp_path, "doctor")
    assert (said.returncode, "sambat migrate" in said.stdout) == (1, True)
    assert not (tmp_path / "sambat.db").exists()
