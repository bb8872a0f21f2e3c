"""`sambat` as a person types it: every command, and a sentence instead of a trace where something is wrong."""

import json
import re
import shutil
import signal
import socket
import sqlite3
import sys
from contextlib import closing

import httpx
import pytest

from backend import cli
from backend.accounts import demo
from backend.actors import permissions
from backend.settings import settings
from tests.support.commands import PRODUCTION, running, sambat
from tests.support.machine import free_port

pytestmark = pytest.mark.slow

GIVEN = ("Budi Santoso", "budi@contoh.test")


def count(data, table):
    with closing(sqlite3.connect(data / "sambat.db")) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_every_setting_is_listed_with_its_meaning_and_secrets_are_masked(tmp_path):
    said = sambat(tmp_path, "settings", secret_key="k" * 40, database_url="postgresql://sambat:geheim@localhost/city")
    assert said.returncode == 0
    for name in ("SAMBAT_DATA_DIR", "SAMBAT_PORT", "SAMBAT_REDIS_URL", "SAMBAT_SECRET_KEY"):
        assert name in said.stdout
    assert "k" * 40 not in said.stdout
    assert "geheim" not in said.stdout


def test_migrating_twice_is_migrating_once(tmp_path):
    for _ in range(2):
        said = sambat(tmp_path, "migrate")
        assert (said.returncode, "ready" in said.stdout) == (0, True), said.stderr
    assert count(tmp_path, "agency") > 25
    assert count(tmp_path, "area") == 57
    assert count(tmp_path, "complaint") == 0


def test_the_demo_may_be_loaded_again(tmp_path, told):
    shutil.copytree(told, tmp_path, dirs_exist_ok=True)
    accounts, complaints = count(tmp_path, "account"), count(tmp_path, "complaint")
    again = sambat(tmp_path, "demo")
    assert again.returncode == 0, again.stderr
    assert "moderator@contoh.test" in again.stdout
    assert (count(tmp_path, "account"), count(tmp_path, "complaint")) == (accounts, complaints)
    assert accounts >= len(demo.ACCOUNTS)
    assert complaints > 0


def test_an_account_is_opened_in_a_fresh_house(tmp_path):
    said = sambat(tmp_path, "create-user", *GIVEN, "officer", "--agency", "DLH", "--password", "kembang kol goreng")
    assert (said.returncode, "budi@contoh.test can sign in" in said.stdout) == (0, True), said.stderr
    assert count(tmp_path, "role_grant") == 1


def test_a_delegate_is_opened_after_the_secretary(tmp_path):
    given = ("--password", "kembang kol goreng")
    delegate = ("create-user", *GIVEN, "secretary", "--until", "2099-12-31", "--acts-for", "sekda@contoh.test", *given)
    assert "Tidak ada akun" in sambat(tmp_path, *delegate).stderr
    assert sambat(tmp_path, "create-user", "Ibu Sekda", "sekda@contoh.test", "secretary", *given).returncode == 0
    said = sambat(tmp_path, *delegate)
    assert said.returncode == 0, said.stderr
    assert count(tmp_path, "role_grant") == 2


def test_the_permissions_are_printed_for_people_and_for_machines(tmp_path):
    table, machine = sambat(tmp_path, "permissions"), sambat(tmp_path, "permissions", "--json")
    assert (table.returncode, machine.returncode) == (0, 0), table.stderr + machine.stderr
    assert json.loads(machine.stdout) == permissions.exported()
    assert all(permission in table.stdout for permission in permissions.Permission)
    assert not (tmp_path / "sambat.db").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((*GIVEN, "officer", "--password", "kembang kol goreng"), "bertugas di satu dinas"),
        ((*GIVEN, "citizen", "--password", "kembang kol goreng", "--head"), "kepala"),
        ((*GIVEN, "secretary", "--acts-for", "x@contoh.test", "--password", "kembang kol goreng"), "Tidak ada akun"),
        ((*GIVEN, "mayor", "--until", "2020-01-01", "--password", "kembang kol goreng"), "Tanggal berakhir"),
        ((*GIVEN, "citizen", "--password", "pendek"), "sambat:"),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_no_trace(tmp_path, arguments, sentence):
    said = sambat(tmp_path, "create-user", *arguments)
    assert said.returncode == 1
    assert sentence in said.stderr
    assert "Traceback" not in said.stderr


def test_an_email_is_one_persons(tmp_path):
    given = ("create-user", *GIVEN, "citizen", "--password", "kembang kol goreng")
    assert sambat(tmp_path, *given).returncode == 0
    assert "sudah dipakai" in sambat(tmp_path, *given).stderr


@pytest.mark.parametrize("setting", [{"port": "delapan"}, {"warna": "biru"}, {"port": 70_000}])
def test_a_setting_that_does_not_fit_is_named(tmp_path, setting):
    said = sambat(tmp_path, "settings", **setting)
    assert said.returncode == 1
    assert next(iter(setting)) in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    ("command", "given", "sentences"),
    [
        (("web",), {}, ("SAMBAT_DATABASE_URL", "sambat run")),
        (("worker",), {}, ("SAMBAT_DATABASE_URL", "sambat run")),
        (("run",), {"production": "true"}, ("SAMBAT_SECRET_KEY", "SAMBAT_PUBLIC_URL")),
        (("run", "--demo"), PRODUCTION, ("demo accounts",)),
        (("demo",), PRODUCTION, ("demo accounts",)),
        (("seed-exam",), PRODUCTION, ("Akun ujian",)),
        (("migrate",), {"database_url": f"postgresql://sambat@127.0.0.1:{free_port()}/city"}, ("SAMBAT_DATABASE_URL",)),
    ],
)
def test_what_may_not_start_says_why(tmp_path, monkeypatch, command, given, sentences):
    """Without a process of its own: each of these stops before it has begun."""
    for name, value in {"data_dir": tmp_path, **given}.items():
        monkeypatch.setenv(f"SAMBAT_{name.upper()}", str(value))
    monkeypatch.setattr(sys, "argv", ["sambat", *command])
    settings.cache_clear()
    with pytest.raises(SystemExit) as ended:
        cli.main()
    monkeypatch.undo()
    settings.cache_clear()
    assert all(sentence in str(ended.value) for sentence in ("sambat: ", *sentences))
    assert not (tmp_path / "sambat.db").exists()


def test_a_city_begins_without_demo_and_may_keep_its_secrets_in_files(tmp_path):
    (tmp_path / "secret").write_text(f"{PRODUCTION['secret_key']}\n")
    own = {name: value for name, value in PRODUCTION.items() if name != "secret_key"}
    port = free_port()
    with running(tmp_path, port, **own, secret_key_file=tmp_path / "secret") as process:
        assert httpx.get(f"http://127.0.0.1:{port}/readyz").json()["status"] == "ready"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) in {0, -signal.SIGTERM}
    assert count(tmp_path, "account") == 0
    assert not (tmp_path / "secret.key").exists()


def test_it_answers_and_ends_when_asked(tmp_path, told):
    shutil.copytree(told, tmp_path, dirs_exist_ok=True)
    port = free_port()
    with running(tmp_path, port) as process:
        address = f"http://127.0.0.1:{port}"
        assert httpx.get(f"{address}/healthz").json()["status"] == "ok"
        assert httpx.get(f"{address}/readyz").json()["status"] == "ready"
        assert "Ada yang mau disambatkan?" in httpx.get(address).text
        second = sambat(tmp_path, "run", port=free_port())
        assert (second.returncode, "another process uses" in second.stderr) == (1, True)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        said = process.stdout.read()
    assert re.search(r"Serving http://127\.0\.0\.1:\d+", said)
    assert "sambat-demo" in said
    assert "Traceback" not in said


def test_a_port_somebody_has_is_told_with_a_way_out(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = sambat(tmp_path, "run", port=port)
    assert said.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in said.stderr
    assert f"PORT={port + 1}" in said.stderr
    assert not (tmp_path / "sambat.db").exists()
