"""Commands that only tell: the settings of this environment, and who may do what."""

from typing import Annotated

import msgspec
import typer
from rich import box
from rich.table import Column, Table

from backend.actors import permissions
from backend.actors.permissions import Reach, Role
from backend.cli.ground import console
from backend.settings import PREFIX, SECRET, Settings, settings

commands = typer.Typer()


@commands.command("settings")
def show_settings() -> None:
    """List every setting with its value and meaning. Secrets are masked."""
    table = Table("Setting", "Value", "Meaning")
    types = {field.name: field for field in msgspec.inspect.type_info(Settings).fields}  # type: ignore[attr-defined]  # a struct has fields
    for name, field in types.items():
        value = getattr(settings(), name)
        meaning = (getattr(field.type, "extra_json_schema", None) or {}).get("description", "")
        is_secret = getattr(field.type, "extra", None) == SECRET
        table.add_row(f"{PREFIX}{name.upper()}", "••••" if is_secret and value else str(value), meaning)
    console.print(table)


@commands.command("permissions")
def show_permissions(
    *,
    as_json: Annotated[bool, typer.Option("--json", help='As JSON: {"permissions": {permission: {role: reach}}}.')] = False,
) -> None:
    """Who may do what, and how far: none, own, assigned, agency (with its units) or city. Needs no database."""
    table = permissions.exported()["permissions"]
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode({"permissions": table}), indent=2).decode())
        return
    shown = Table(Column("Permission", no_wrap=True), *(Column(role, overflow="fold") for role in Role), box=box.SIMPLE_HEAD, padding=0)
    for permission, reaches in table.items():
        shown.add_row(permission, *("–" if reaches[role] == Reach.NONE.name.lower() else reaches[role] for role in Role))
    console.print(shown)
