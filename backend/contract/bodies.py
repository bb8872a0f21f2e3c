"""What a door takes: the struct of its JSON, or the fields of its form."""

import inspect
from typing import Any

import msgspec
from litestar.enums import RequestEncodingType
from litestar.params import BodyKwarg

from backend.complaints import intake
from backend.complaints.operations import MOST_PHOTOS
from backend.complaints.pages.steps import CLASS
from backend.contract.doors import Door
from backend.contract.schemas import Schemas
from backend.operations import Operation
from backend.sla.policy import ServiceClass

JSON, FORM, PARTS = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
ENVELOPE = frozenset({"kind", *Operation.__struct_fields__})
MADE = frozenset({"complaint", "part", "claim_hash"})
"""What a form's door fills in itself."""
EMPTY = {"const": ""}
NOT_EMPTY = frozenset({"format", "enum", "pattern", "minLength"})
"""What a text may be asked for that an empty one is not."""
ID = {
    "type": "string",
    "description": "A UUID (version 4): sent twice with the same one it is done once; anything else is as good as none.",
}
CODE = {"type": "string", "minLength": 1, "maxLength": 40}
YES_OR_NO: dict[str, Any] = {"type": "string", "enum": ["true", "false", "1", "0"]}
PICTURES = {
    "type": "array",
    "items": {"type": "string", "format": "binary"},
    "description": f"Of more than {MOST_PHOTOS} the first ones are kept; empty and oversized ones are left out.",
}


def of(door: Door, path: str, schemas: Schemas) -> dict[str, Any] | None:
    """The body a door reads; none where it reads none."""
    handler = door.handler
    if "body" in handler.opt:
        return {"required": True, "content": {JSON: {"schema": _json(door, schemas)}}}
    if "content" in handler.opt:
        return {"required": True, "content": {handler.opt["content"]: {"schema": {"type": "string", "format": "binary"}}}}
    data = handler.parsed_fn_signature.parameters.get("data")
    if data is not None and isinstance(data.kwarg_definition, BodyKwarg) and data.kwarg_definition.media_type == RequestEncodingType.JSON:
        return {"required": True, "content": {JSON: {"schema": schemas.of(data.annotation)}}}
    struct = data.annotation if data is not None else door.form
    return _form(door, path, struct, schemas) if struct is not None else None


def words_of(struct: type[msgspec.Struct]) -> str:
    """What a struct says of itself."""
    return inspect.cleandoc(struct.__doc__ or "")


def _json(door: Door, schemas: Schemas) -> dict[str, Any]:
    """A struct; `items`: what lies in a list of it that is read one by one."""
    whole = schemas.whole(door.handler.opt["body"])
    for name, kinds in door.handler.opt.get("items", {}).items():
        whole["properties"][name]["items"] = {"anyOf": [schemas.of(kind) for kind in kinds]}
    return whole


def _form(door: Door, path: str, struct: type[msgspec.Struct], schemas: Schemas) -> dict[str, Any]:
    """The same form as text, and as parts where photos may come along."""
    opt, whole = door.handler.opt, schemas.whole(struct)
    fields, required = _fields(door, path, struct, whole, schemas), _required(door, whole)
    shape = {"type": "object", "description": words_of(struct), "additionalProperties": False, **opt.get("shape", {})}
    if "parts" in whole["properties"]:
        shape["patternProperties"] = {f"^{CLASS}": schemas.of(ServiceClass)}
    with_photos = fields.pop("photos", None)
    example = {"example": opt["example"]} if "example" in opt else {}
    content = {FORM: {"schema": _object(shape, fields | opt.get("without_photos", {}), required), **example}}
    if "photos" in required:
        del content[FORM]
    if with_photos:
        pictures = {**PICTURES, "minItems": with_photos.get("minItems", 0)}
        content[PARTS] = {"schema": _object(shape, {**fields, "photos": pictures}, required)}
    return {"required": bool(required), "content": content}


def _fields(door: Door, path: str, struct: type[msgspec.Struct], whole: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    """What may be filled in: the struct's own, side by side, and what the door says otherwise."""
    fields = {name: _one(schema) for name, schema in whole["properties"].items() if f"{{{name}}}" not in path}
    if issubclass(struct, Operation):
        fields = {name: schema for name, schema in fields.items() if name not in ENVELOPE | MADE}
        fields = {"operation_id": ID, **_flat(fields, schemas)}
    told = fields | door.handler.opt.get("fields", {})
    return {name: schema for name, schema in told.items() if schema is not None}


def _required(door: Door, whole: dict[str, Any]) -> set[str]:
    """`agency` stands for the parts of a forwarding."""
    return {*whole.get("required", ()), *door.handler.opt.get("needs", ()), *(["agency"] if "parts" in whole["properties"] else [])}


def _object(shape: dict[str, Any], fields: dict[str, Any], required: set[str]) -> dict[str, Any]:
    """A field that is left empty is as good as one that is not sent, where it may be left out."""
    told = {name: schema if name in required else _or_empty(schema) for name, schema in fields.items()}
    return {**shape, "properties": told, "required": sorted(required & set(fields))}


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, or nothing; of several under one name, each. A picture is any bytes."""
    match schema:
        case {"format": "binary"}:
            return schema
        case {"type": "array", "items": items}:
            return {**schema, "items": _or_empty(items)}
        case {"type": "string", **rest} if not NOT_EMPTY & set(rest):
            return schema
        case _:
            return {"anyOf": [schema, EMPTY]}


def _flat(fields: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    """A form has no fields within fields: a place, a contact and the OPDs of a forwarding stand side by side with the rest."""
    flat = dict(fields)
    if flat.pop("place", None):
        flat |= {name: _one(schema) for name, schema in schemas.components()["Place"]["properties"].items()}
    if flat.pop("contact", None):
        given = schemas.components()["ContactGiven"]["properties"]
        flat |= {field: _one(given[name]) for field, name in intake.CONTACT_FIELDS.items()}
    if flat.pop("parts", None):
        flat |= {"agency": {"type": "array", "minItems": 1, "maxItems": 6, "items": CODE}, "lead": CODE}
    return flat


def _one(schema: dict[str, Any]) -> dict[str, Any]:
    """A form knows text alone, and no null: what is left out is not sent."""
    if schema.get("type") == "boolean":
        return YES_OR_NO
    rest = {name: value for name, value in schema.items() if name not in {"anyOf", "default"}}
    match [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]:
        case []:
            return rest
        case [kind]:
            return {**rest, **_one(kind)}
        case kinds:
            return {**rest, "anyOf": kinds}
