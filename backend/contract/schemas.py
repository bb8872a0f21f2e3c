"""The structs a contract names, as JSON Schema: msgspec's own words for them."""

from typing import Any

import msgspec

REFERENCE = "#/components/schemas/{name}"


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A refusal: `code` for machines, `message` for people, `fields` where something filled in must be mended."""

    code: str
    message: str
    fields: dict[str, str] | None = None


class Schemas:
    """Collects what is referred to; `components` are all of it."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def of(self, wanted: Any) -> dict[str, Any]:  # noqa: ANN401  (a type, or several as a union)
        """The schema of a type, its structs by reference."""
        (schema,), components = msgspec.json.schema_components([wanted], ref_template=REFERENCE)
        self._known |= components
        portable: dict[str, Any] = _portable(schema)
        return portable

    def whole(self, struct: type[msgspec.Struct]) -> dict[str, Any]:
        """A struct's schema itself, to be changed."""
        self.of(struct)
        portable: dict[str, Any] = _portable(self._known[struct.__name__])
        return portable

    def components(self) -> dict[str, Any]:
        """Everything that was referred to."""
        return {name: _portable(schema) for name, schema in sorted(self._known.items())}


def _portable(schema: Any) -> Any:  # noqa: ANN401  (JSON of any shape)
    """Patterns as every reader knows them: Python's words for both ends of a text are its own."""
    match schema:
        case dict():
            return {name: _pattern(value) if name == "pattern" else _portable(value) for name, value in schema.items()}
        case list() | tuple():
            return [_portable(value) for value in schema]
        case _:
            return schema


def _pattern(pattern: Any) -> Any:  # noqa: ANN401  (a field may be called `pattern` too)
    return pattern.replace(r"\A", "^").replace(r"\Z", "$") if isinstance(pattern, str) else _portable(pattern)
