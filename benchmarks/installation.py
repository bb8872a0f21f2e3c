"""A city's whole installation without containers: the services of `docker-compose.yml` as processes of this machine, by its own commands."""

import asyncio
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import httpx

from benchmarks import composed, names, postgres
from benchmarks.composed import ROOT, Service
from benchmarks.server import CannotStart, free_port

STARTED, HEALTHY, COMPLETED = "service_started", "service_healthy", "service_completed_successfully"
START_SECONDS, STOP_SECONDS = 120, 15
TRIES = 10
"""As `restart: unless-stopped` does: PostgreSQL, whose killed children still end, comes up at a later try."""
PAUSE_SECONDS = 0.3
PROGRAMS = ("caddy", "redis-cli", "redis-server", "wget")


class Installation:
    """What `docker compose up` starts, on addresses of its own and in `folder`; each process can be killed and started anew.

    `changed`: settings that a trial needs otherwise. The public address stays the same through every death.
    """

    def __init__(self, folder: Path, port: int = 0, changed: Mapping[str, str] | None = None, host: str = "127.0.0.1") -> None:
        self.folder = folder
        self.address = f"https://{host}:{port or free_port()}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        variables = {"PUBLIC_URL": self.address, "TLS": "internal", "VAPID_CONTACT": "mailto:admin@sambat.example"}
        self._services = composed.services(variables)
        self._network = f"127.{random.randrange(64, 192)}.{random.randrange(256)}"
        self._changed = dict(changed or {})
        self._told = {"BIND": host, "HTTP_PORT": str(free_port()), "HEALTH_PORT": str(free_port())}
        self._beside = ExitStack()

    async def open(self) -> None:
        """Start what does not run, in the order of `depends_on`, and wait until all of it is healthy. Raises `CannotStart`."""
        self._furnish()
        reached = {name: {how: asyncio.Event() for how in (STARTED, HEALTHY, COMPLETED)} for name in self._services}
        rising = [asyncio.create_task(self._bring_up(service, reached)) for service in self._services.values()]
        try:
            await asyncio.gather(*rising)
        finally:
            for task in rising:
                task.cancel()
        await self._answers()

    async def start(self, process: str) -> None:
        """Start one that does not run (`web-1`) and wait until it is healthy. Raises `CannotStart`."""
        name, _, number = process.rpartition("-")
        service = self._services[name]
        for _ in range(TRIES):
            self._launch(service, int(number))
            if await self._is_healthy(service, int(number)):
                return
            await asyncio.sleep(PAUSE_SECONDS)
        raise CannotStart(f"{process}: {self._log(process).read_text(errors='replace')[-1500:]}")

    def kill(self, *processes: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Kill these, or all of them as a power cut does, and wait until they are gone."""
        killed = [self.processes.pop(name) for name in processes or self._from_the_door()]
        for process in killed:
            os.killpg(process.pid, how)
        for process in killed:
            process.wait(STOP_SECONDS)

    def close(self) -> None:
        """Stop everything as `docker compose down` does, from the door inwards; the folder stays."""
        for name in self._from_the_door():
            process = self.processes.pop(name)
            process.send_signal(signal.SIGINT if name.startswith("postgres") else signal.SIGTERM)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._beside.close()

    def is_running(self, process: str) -> bool:
        """Is it alive, healthy or not?"""
        return process in self.processes and self.processes[process].poll() is None

    def say(self, *command: str) -> str:
        """What a command says in the environment of `migrate`. Raises `CannotStart` with its own words when it fails."""
        environment = self._environment(self._services["migrate"], 1)
        asked = [_program(command[0]), *command[1:]]
        said = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if said.returncode:
            raise CannotStart(f"{' '.join(command)}: {said.stderr[-1500:]}")
        return said.stdout

    def home(self, name: str, number: int = 1) -> str:
        """The address that stands for a container's own `localhost`."""
        return f"{self._network}.{20 * list(self._services).index(name) + number}"

    def secret(self, name: str) -> str:
        """A password or an address with one, as `secrets.sh` made it."""
        return (self.folder / "secrets" / name).read_text(encoding="utf-8")

    @property
    def certificate(self) -> Path:
        """Of the authority that signs for this installation: who trusts it sees no warning, and gets a service worker."""
        return self.folder / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    def log(self, *services: str) -> str:
        """What all processes have said since the first start, or those of these services."""
        files = sorted((self.folder / "log").iterdir())
        return "".join(file.read_text(errors="replace") for file in files if not services or file.name.rpartition("-")[0] in services)

    def _furnish(self) -> None:
        """Folders, passwords as `secrets.sh` makes them, an empty database, the name server: once."""
        if "RESOLVER" in self._told:
            return
        if missing := [program for program in PROGRAMS if not shutil.which(program)] + ["postgresql"] * (postgres.programs() is None):
            raise CannotStart(f"not on this machine: {', '.join(missing)}")
        for part in ("caddy", "data", "log", "tmp"):
            (self.folder / part).mkdir(parents=True)
        subprocess.run(["sh", ROOT / "secrets.sh", self.folder / "secrets"], check=True)
        for name in ("database_url", "redis_url"):
            file = self.folder / "secrets" / name
            file.chmod(0o600)
            file.write_text(self._here(self.secret(name)), encoding="utf-8")
        postgres.make(self.folder / "postgres", self._services["postgres"].environment, self.secret("postgres_password"))
        self._lend_command()
        homes = {name: [self.home(name, number) for number in service.numbers] for name, service in self._services.items()}
        self._told["RESOLVER"] = self._beside.enter_context(names.served(homes))

    def _lend_command(self) -> None:
        """`sambat` in this installation's settings, for a person: `docker compose run --rm migrate sambat …` without containers."""
        environment = self._environment(self._services["migrate"], 1)
        lines = [f"export {name}={shlex.quote(value)}" for name, value in environment.items()]
        script = self.folder / "sambat"
        script.write_text("\n".join(["#!/bin/sh", *lines, f'exec {_program("sambat")} "$@"', ""]), encoding="utf-8")
        script.chmod(0o700)

    async def _bring_up(self, service: Service, reached: Mapping[str, Mapping[str, asyncio.Event]]) -> None:
        for other, how in service.after.items():
            await reached[other][how].wait()
        if service.one_shot:
            await asyncio.to_thread(self.say, *service.command)
            reached[service.name][COMPLETED].set()
            return
        missing = [process for number in service.numbers if not self.is_running(process := f"{service.name}-{number}")]
        starting = [asyncio.create_task(self.start(process)) for process in missing]
        reached[service.name][STARTED].set()
        await asyncio.gather(*starting)
        reached[service.name][HEALTHY].set()

    def _launch(self, service: Service, number: int) -> None:
        command = [self._here(part, service.name, number) for part in service.command]
        user = {}
        if service.name == "postgres":
            command, user = postgres.command(command, self.folder / "postgres", self.home("postgres")), postgres.as_user()
        process = f"{service.name}-{number}"
        environment = self._environment(service, number)
        with self._log(process).open("ab") as log:
            self.processes[process] = subprocess.Popen(
                [_program(command[0]), *command[1:]], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True, **user
            )

    async def _is_healthy(self, service: Service, number: int) -> bool:
        """Ask as its health check does until it says yes; no, when it has ended instead. Raises `CannotStart`."""
        process = self.processes[f"{service.name}-{number}"]
        check = [self._here(part, service.name, number) for part in service.health]
        environment = self._environment(service, number)
        try:
            async with asyncio.timeout(START_SECONDS):
                while process.poll() is None:
                    asked = await asyncio.create_subprocess_exec(
                        _program(check[0]), *check[1:], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                    )
                    if await asked.wait() == 0:
                        return True
                    await asyncio.sleep(PAUSE_SECONDS)
        except TimeoutError as error:
            raise CannotStart(f"{service.name} does not become healthy") from error
        return False

    async def _answers(self) -> None:
        """Through the door, as a stranger asks."""
        async with asyncio.timeout(START_SECONDS), httpx.AsyncClient(verify=False, trust_env=False) as client:
            while not await _is_ready(client, self.address):
                await asyncio.sleep(PAUSE_SECONDS)

    def _environment(self, service: Service, number: int) -> dict[str, str]:
        """What the container would be told, and from this machine where its programs are; a folder of its own for what is passing."""
        passing = self.folder / "tmp" / f"{service.name}-{number}"
        passing.mkdir(exist_ok=True)
        told = {name: self._here(value, service.name, number) for name, value in service.environment.items()}
        if service.name == "caddy":
            told |= self._told | {"XDG_DATA_HOME": str(self.folder / "caddy"), "XDG_CONFIG_HOME": str(self.folder / "caddy")}
        elif "SAMBAT_HOST" in told:
            told |= {"SAMBAT_HOST": self.home(service.name, number)} | self._changed
        found = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
        found["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), str(postgres.programs()), found.get("PATH", os.defpath)))
        return found | {"TMPDIR": str(passing)} | told

    def _here(self, text: str, service: str = "", number: int = 1) -> str:
        """What stands for a container's own files and addresses on this machine."""
        for theirs, ours in (
            ("/run/secrets/", f"{self.folder}/secrets/"),
            ("/srv/data", f"{self.folder}/data"),
            ("/etc/caddy/", f"{ROOT}/"),
            ("10.35.73.2", "127.0.0.1"),
            ("localhost:2080", f"{self._told['BIND']}:{self._told['HEALTH_PORT']}"),
            ("@postgres:", f"@{self.home('postgres')}:"),
            ("@redis:", f"@{self.home('redis')}:"),
            ("cd /tmp", f"cd {self.folder}/tmp/{service}-{number}"),
            *((("localhost", self.home(service, number)), ("0.0.0.0", self.home(service, number))) if service else ()),
        ):
            text = text.replace(theirs, ours)
        return text

    def _log(self, process: str) -> Path:
        return self.folder / "log" / process

    def _from_the_door(self) -> list[str]:
        inwards = ("caddy", "web", "worker", "redis", "postgres")
        return sorted(self.processes, key=lambda process: inwards.index(process.rpartition("-")[0]))


async def _is_ready(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(f"{address}/readyz", timeout=2)).is_success
    except httpx.TransportError:
        return False


def _program(name: str) -> str:
    """Of the house's own environment first, as the image has it on PATH."""
    own = Path(sys.executable).parent / name
    return str(own) if own.exists() else name
