"""Strangers' machines try the contract, as a citizen and as a moderator: `make contract`. Ends with exit code 1 where one finds anything.

A house of its own under SAMBAT_OPENAPI with what `sambat seed-exam` gives; schemathesis asks every door what the contract allows
and what it forbids, follows what answers lead to, and reads each person's things as the others (`schemathesis.toml` says what it
must not take for a fault).
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pyotp
from rich.console import Console

from benchmarks.server import ROOT, Server

BIN = Path(sys.executable).parent
RULES = ROOT / "schemathesis.toml"
console = Console()


class Way(NamedTuple):
    """How a person goes through the house: which phases of schemathesis, through which doors, in how much of the time."""

    name: str
    phases: str
    paths: str
    accept: str
    share: float


WAYS = (
    Way("every door", "examples,coverage,fuzzing", "^/", "*/*", 0.6),
    Way("from a complaint onwards", "stateful", "^/(complaints|parts|public|photos|api)", "application/json", 0.4),
)
PEOPLE = {"citizen": ("citizen2", "officer.dlh"), "moderator": ()}
"""Who goes, and who must not find what is theirs."""


class Person(NamedTuple):
    """Somebody signed in."""

    name: str
    cookie: str


async def try_out(seconds: int, seed: int | None) -> int:
    """Everybody on every way, one after the other; how many of them found something."""
    with tempfile.TemporaryDirectory(prefix="sambat-contract-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder) / "data", demo=False, settings={"SAMBAT_OPENAPI": "true", "SAMBAT_MAIL_SINK": f"{folder}/mails"})
        accounts = {account["email"].partition("@")[0]: account for account in (await _exam(server.data))["accounts"]}
        await server.start()
        try:
            found = 0
            for who, others in PEOPLE.items():
                people = [await _signed_in(server, accounts[name]) for name in (who, *others)]
                for way in WAYS:
                    console.rule(f"{who}: {way.name}")
                    found += await _go(way, people, server, Path(folder), ["--seed", str(seed)] if seed is not None else [], seconds)
        finally:
            await server.stop()
    return found


async def _exam(data: Path) -> dict[str, Any]:
    """Into a new data folder, whatever the developer's own settings are."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAMBAT_")}
    told = await asyncio.create_subprocess_exec(
        str(BIN / "sambat"), "seed-exam", cwd=ROOT, env=clean | {"SAMBAT_DATA_DIR": str(data)}, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await told.communicate()
    exam: dict[str, Any] = json.loads(printed)
    return exam


async def _go(way: Way, people: list[Person], server: Server, folder: Path, seeded: list[str], seconds: int) -> bool:
    users, rules = folder / "users.json", folder / "rules.toml"
    users.write_text(json.dumps({"auth": [_user(person, server.address, way.accept) for person in people]}))
    rules.write_text(f"{RULES.read_text()}\n[auth.wfc]\n{_words(users, people)}")
    wanted = [f"--phases={way.phases}", f"--include-path-regex={way.paths}", f"--max-time={round(seconds * way.share)}", *seeded]
    asked = [str(BIN / "st"), f"--config-file={rules}", "run", f"{server.address}/schema/openapi.json", *wanted]
    trial = await asyncio.create_subprocess_exec(*asked, cwd=ROOT)
    return await trial.wait() != 0


async def _signed_in(server: Server, account: dict[str, Any]) -> Person:
    async with httpx.AsyncClient(base_url=server.address, trust_env=False, headers={"origin": server.address}) as browser:
        answer = await browser.post("/sign-in", data={"email": account["email"], "password": account["password"]})
        if account["totp"]:
            code = pyotp.TOTP(account["totp"]).now()
            answer = await browser.post("/sign-in/second", data={"code": code}, headers={"cookie": _cookie(answer)})
        return Person(account["email"], _cookie(answer))


def _cookie(answer: httpx.Response) -> str:
    """The one cookie that was set, by hand: a script is no browser, which alone sends `Secure` ones back to this address."""
    cookies = [line.partition(";")[0] for line in answer.headers.get_list("set-cookie")]
    given = [cookie for cookie in cookies if cookie.partition("=")[2].strip('"')]
    if not given:
        raise SystemExit(f"nobody was let in at {answer.url}: {answer.status_code}")
    return given[0]


def _user(person: Person, address: str, accept: str) -> dict[str, Any]:
    headers = {"Cookie": person.cookie, "Origin": address, "Accept": accept}
    return {"name": person.name, "fixedHeaders": [{"name": name, "value": value} for name, value in headers.items()]}


def _words(users: Path, people: list[Person]) -> str:
    names = json.dumps([person.name for person in people])
    return f'path = "{users}"\nuser = "{people[0].name}"\n' + (f"peers = {names}\n" if len(people) > 1 else "")


def main() -> None:
    """Each person within a share of the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=70, help="for each person")
    parser.add_argument("--seed", type=int)
    asked = parser.parse_args()
    sys.exit(1 if asyncio.run(try_out(asked.seconds, asked.seed)) else 0)


if __name__ == "__main__":
    main()
