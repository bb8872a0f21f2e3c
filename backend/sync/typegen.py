"""Writes the client's mirror: the operations a phone may queue and their answers, as TypeScript, from the structs themselves.

`python -m backend.sync.typegen` writes `frontend/scripts/generated/operations.ts`; a test holds it fresh.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from backend.complaints.lifecycle import STEPS
from backend.complaints.operations import LARGEST_PHOTO, LONGEST_NOTE, LONGEST_TEXT, MOST_PHOTOS, PhotoClaim
from backend.sync.batch import MOST_CLAIMS, MOST_OPERATIONS, PROTOCOL, Answer
from backend.sync.registry import OPERATIONS

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "frontend" / "scripts" / "generated" / "operations.ts"

LIMITS = {
    "PROTOCOL": PROTOCOL,
    "MOST_OPERATIONS": MOST_OPERATIONS,
    "MOST_CLAIMS": MOST_CLAIMS,
    "MOST_PHOTOS": MOST_PHOTOS,
    "LARGEST_PHOTO": LARGEST_PHOTO,
    "LONGEST_TEXT": LONGEST_TEXT,
    "LONGEST_NOTE": LONGEST_NOTE,
}

HEAD = "/** Written by `make mirror` from backend/sync/registry.py; changes belong there. */\n\n"


def schema() -> dict[str, Any]:
    """JSON schema of every operation and of the answer, under one root."""
    structs = (*OPERATIONS, Answer, PhotoClaim)
    references, definitions = msgspec.json.schema_components(structs, ref_template="#/$defs/{name}")
    for name in (struct.__name__ for struct in OPERATIONS):
        _always_sent(definitions[name])
    operation = {"oneOf": list(references)[: len(OPERATIONS)]}
    return {
        "title": "Wire",
        "type": "object",
        "properties": {"operation": {"$ref": "#/$defs/Operation"}, "answer": {"$ref": "#/$defs/Answer"}},
        "additionalProperties": False,
        "$defs": {**definitions, "Operation": operation},
    }


def write(target: Path = TARGET) -> None:
    """Write the mirror. Needs the developer's npm packages."""
    limits = "".join(f"export const {name} = {value};\n" for name, value in LIMITS.items())
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "wire.json"), Path(folder, "wire.ts")
        given.write_bytes(msgspec.json.encode(schema()))
        command = (
            "exec",
            "--",
            "json2ts",
            "--input",
            str(given),
            "--output",
            str(made),
            "--bannerComment",
            "",
            "--maxItems",
            "-1",
            "--no-additionalProperties",
        )
        subprocess.run([sys.executable, str(ROOT / "hatch_build.py"), "npm", "-s", *command], cwd=ROOT, check=True)  # noqa: S603  (our own words only)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(HEAD + limits + _targets() + "\n" + made.read_text())


def _targets() -> str:
    """What a part becomes by a step that a phone may queue."""
    lines = "".join(f'  "{step.kind}": "{step.target}",\n' for step in STEPS if step.of_part and step.queueable)
    return (
        f"\n/** What a part becomes by a step. */\nexport const PART_TARGETS: Readonly<Partial<Record<string, string>>> = {{\n{lines}}};\n"
    )


def _always_sent(definition: dict[str, Any]) -> None:
    """The tag is not optional for whoever writes an operation."""
    definition["required"] = sorted({*definition.get("required", ()), "kind"})


if __name__ == "__main__":
    write()
