"""One row on one page: its form, its history; and its door, which loses nothing that was typed."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.response import Redirect
from piccolo.table import Table

from backend import forms, web
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.agencies import history, labels, queries
from backend.agencies.kinds import Subject
from backend.agencies.operations import Saving
from backend.agencies.refusals import ChangedMeanwhile
from backend.errors import InvalidInput, NotFound

AnyRequest = Request[Any, Any, Any]
SavingT = TypeVar("SavingT", bound=Saving)
YES = "true"


class Editor(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of row: whose work it is, its template, how one is read, and what its form offers beside."""

    subject: Subject
    permission: Permission
    template: str
    one: Callable[[str], Awaitable[Table]]
    offers: Callable[[str], Awaitable[dict[str, Any]]]

    def address(self, code: str = "") -> str:
        """Where the row stands; without a code the list."""
        return labels.SUBJECT_ADDRESSES[self.subject] + (f"/{quote(code)}" if code else "")


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed and could not be saved: a sentence for each field, or somebody else's change.

    `form`: which form of the page; `fields`: what that form asks.
    """

    form: str
    fields: tuple[str, ...]
    values: Mapping[str, str]
    errors: Mapping[str, str] = {}
    conflict: bool = False

    @property
    def status(self) -> int:
        """Of the answer."""
        return ChangedMeanwhile.http_status if self.conflict else InvalidInput.http_status


def allowed(request: AnyRequest, permission: Permission) -> Actor:
    """Who is asking. The city's data is one: whoever may change it reaches all of it, for the others there is no such page."""
    actor = web.require_account(request)
    if actor.reach(permission) != Reach.CITY:
        raise NotFound
    return actor


async def page(request: AnyRequest, editor: Editor, code: str, refused: Refused | None = None) -> Response[Any]:
    """The form of a row with its history; a refused one as it was typed, an unticked box too."""
    allowed(request, editor.permission)
    row = await editor.one(code)
    standing = filled(row)
    return web.page(
        request,
        editor.template,
        status=refused.status if refused else 200,
        row=row,
        version=history.version(row),
        address=editor.address(code),
        standing=standing,
        values=refused.values if refused and refused.form == "save" else standing,
        typed=refused.values if refused else {},
        form=refused.form if refused else "",
        errors=refused.errors if refused else {},
        conflict=bool(refused and refused.conflict),
        differing=await _differing(history.row_of(row), refused) if refused and refused.conflict else [],
        saved="saved" in request.query_params,
        changes=await history.of(editor.subject, code),
        back=(editor.address(), labels.SUBJECT_WORDS[editor.subject]),
        **await editor.offers(code),
    )


async def blank(request: AnyRequest, editor: Editor, refused: Refused | None = None) -> Response[Any]:
    """The form of a row that does not exist yet."""
    allowed(request, editor.permission)
    return web.page(
        request,
        editor.template,
        status=refused.status if refused else 200,
        row=None,
        version="",
        address=editor.address(),
        standing={},
        values=refused.values if refused else {},
        typed={},
        form=refused.form if refused else "",
        errors=refused.errors if refused else {},
        conflict=False,
        differing=[],
        saved=False,
        changes=[],
        back=(editor.address(), labels.SUBJECT_WORDS[editor.subject]),
        **await editor.offers(""),
    )


async def save(
    request: AnyRequest,
    editor: Editor,
    code: str,
    struct: type[SavingT],
    action: Callable[[Actor, SavingT], Awaitable[None]],
    form: str = "save",
) -> Response[Any]:
    """Carry out `action` with what the form says; back to the row, or to the form with what must be mended."""
    actor = allowed(request, editor.permission)
    typed, fields = await sent(request), struct.__struct_fields__
    try:
        await action(actor, forms.decode(_given(typed, code), struct))
    except InvalidInput as refusal:
        return await page(request, editor, code, Refused(form=form, fields=fields, values=typed, errors=refusal.fields))
    except ChangedMeanwhile:
        return await page(request, editor, code, Refused(form=form, fields=fields, values=typed, conflict=True))
    return Redirect(f"{editor.address(code)}?saved=yes", status_code=303)


async def create(
    request: AnyRequest, editor: Editor, struct: type[SavingT], action: Callable[[Actor, SavingT], Awaitable[None]]
) -> Response[Any]:
    """The same for a row that does not exist yet."""
    actor = allowed(request, editor.permission)
    typed = await sent(request)
    code = typed.get("code", "")
    try:
        await action(actor, forms.decode(_given(typed, code), struct))
    except InvalidInput as refusal:
        return await blank(request, editor, Refused(form="save", fields=struct.__struct_fields__, values=typed, errors=refusal.fields))
    return Redirect(f"{editor.address(code)}?saved=yes", status_code=303)


async def sent(request: AnyRequest) -> dict[str, str]:
    """What was typed, field by field; ticks of one name (marks) become one word."""
    given = await web.form(request)
    return {name: "".join(str(value) for value in given.getall(name)).strip().replace("\r\n", "\n") for name in given}


async def _differing(standing: history.Row, refused: Refused) -> list[history.Difference]:
    """Field by field what stands and what was typed; a box that is not sent was not ticked."""
    asked = [field for field in refused.fields if field in standing and field != "code"]
    typed = {field: refused.values.get(field, "") for field in asked}
    changed = [field for field in asked if typed[field] != _shown(standing[field])]
    wanted = {field: bool(typed[field]) if isinstance(standing[field], bool) else typed[field] for field in changed}
    return history.differences({field: standing[field] for field in changed}, wanted, await queries.agency_names())


def filled(row: Table) -> dict[str, str]:
    """A row as its form shows it."""
    return {field: _shown(value) for field, value in history.row_of(row).items()}


def _shown(value: object) -> str:
    match value:
        case bool():
            return YES if value else ""
        case None:
            return ""
        case _:
            return str(value)


def _given(typed: Mapping[str, str], code: str) -> dict[str, str]:
    """What was left empty is not given: the struct says what that means."""
    return {**{name: value for name, value in typed.items() if value}, "code": code}
