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
from backend.operations import Operation
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

CARRIED = frozenset({"kind", *Operation.__struct_fields__})
"""What every operation holds besides what its form says."""
WRITTEN_AS = {"array": "photos", "boolean": "truth", "integer": "number", "number": "number"}

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
        target.write_text(HEAD + limits + _targets() + _shapes() + "\n" + made.read_text())


def shapes() -> dict[str, dict[str, str]]:
    """What a form writes into each operation: field -> text, number, truth, photos or a struct inside it; `?`: may be left out."""
    definitions = schema()["$defs"]
    structs = [struct.__name__ for struct in OPERATIONS]
    made = {_tag(definitions[name]): _shape(definitions[name], definitions) for name in structs}
    inside = {kind.rstrip("?") for shape in made.values() for kind in shape.values()} & set(definitions)
    return {**made, **{name: _shape(definitions[name], definitions) for name in sorted(inside)}}


def _shape(struct: dict[str, Any], definitions: dict[str, Any]) -> dict[str, str]:
    needed = set(struct.get("required", ()))
    fields = {name: field for name, field in struct["properties"].items() if name not in CARRIED}
    return {name: _written_as(field, definitions) + ("" if name in needed else "?") for name, field in fields.items()}


def _written_as(field: dict[str, Any], definitions: dict[str, Any]) -> str:
    given = next((each for each in field.get("anyOf", ()) if each.get("type") != "null"), field)
    if "$ref" in given:
        name = str(given["$ref"].rpartition("/")[2])
        return name if "properties" in definitions[name] else "text"
    return WRITTEN_AS.get(given["type"], "text")


def _tag(struct: dict[str, Any]) -> str:
    return str(struct["properties"]["kind"]["enum"][0])


def _shapes() -> str:
    """The same as TypeScript."""
    rows = []
    for name, shape in shapes().items():
        fields = ", ".join(f'{field}: "{kind}"' for field, kind in shape.items())
        rows.append(f'  "{name}": {{ {fields} }},\n')
    return (
        "\n/** What a form writes into each operation, and into the structs inside one; `?`: may be left out. */\n"
        f"export const SHAPES = {{\n{''.join(rows)}}} as const;\n"
    )


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
