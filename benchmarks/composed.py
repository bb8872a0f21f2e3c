"""`docker-compose.yml` as Compose understands it once the variables are filled in: what each service is started with, and when."""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml  # type: ignore[import-untyped]  # ships no types

ROOT = Path(__file__).parents[1]
COMPOSE, DOCKERFILE = ROOT / "docker-compose.yml", ROOT / "Dockerfile"

VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?::(?P<rule>[-?])(?P<rest>[^}]*))?\})")
OF_THE_IMAGE = re.compile(r"^ *(?:ENV )?(SAMBAT_\w+)=([^\s$]+)", re.MULTILINE)
"""What our image sets by itself; a build argument is only known when it is built."""


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """One service. `after`: what has to have come how far before it; no `health`: nobody asks it."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    health: tuple[str, ...]
    after: dict[str, str]
    replicas: int
    one_shot: bool

    @property
    def numbers(self) -> range:
        """Its containers, as Compose numbers them."""
        return range(1, self.replicas + 1)


def services(variables: Mapping[str, str]) -> dict[str, Service]:
    """All services by name. A variable that must be set and is not raises `KeyError`."""
    return {name: _service(name, given) for name, given in filled(load(), variables)["services"].items()}


def load() -> dict[str, Any]:
    """The file as it stands, its variables not filled in."""
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return found


def filled(part: Any, variables: Mapping[str, str]) -> Any:  # noqa: ANN401  (any part of a YAML file)
    """The same with `${NAME}`, `${NAME:-instead}`, `${NAME:?}` and `$$` as Compose reads them."""
    match part:
        case str():
            return VARIABLE.sub(lambda found: _value(found, variables), part)
        case list():
            return [filled(one, variables) for one in part]
        case dict():
            return {key: filled(one, variables) for key, one in part.items()}
        case _:
            return part


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    if found["dollar"]:
        return "$"
    given = variables.get(found["name"], "")
    if not given and found["rule"] == "?":
        raise KeyError(found["name"])
    return given or found["rest"] or ""


def _service(name: str, given: dict[str, Any]) -> Service:
    command = given["command"]
    image = dict(OF_THE_IMAGE.findall(DOCKERFILE.read_text(encoding="utf-8"))) if "build" in given else {}
    return Service(
        name=name,
        command=tuple(shlex.split(command) if isinstance(command, str) else command),
        environment=image | given.get("environment", {}),
        health=_health(given["healthcheck"]),
        after={other: how["condition"] for other, how in given.get("depends_on", {}).items()},
        replicas=given.get("deploy", {}).get("replicas", 1),
        one_shot=given.get("restart") == "no",
    )


def _health(given: dict[str, Any]) -> tuple[str, ...]:
    match given.get("test"):
        case ["CMD", *command]:
            return tuple(command)
        case ["CMD-SHELL", line]:
            return ("sh", "-c", line)
        case _:
            return ()
