"""The form of a browser without scripts: its fields become the same operation a phone sends, its photos come along."""

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from backend.actors.actor import NOBODY, Actor
from backend.complaints import actions, claims, counter, photos
from backend.complaints.checks import ANONYMOUS_ID
from backend.complaints.chunks import OffsetMoved
from backend.complaints.operations import LARGEST_PHOTO, MOST_PHOTOS, PhotoClaim, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.complaints.staff_operations import SubmitForOther
from backend.errors import InvalidInput
from backend.forms import UNKNOWN, decode
from backend.operations import Outcome, Status
from backend.words import tr

PLACE_FIELDS = ("latitude", "longitude", "accuracy_m", "area", "area_estimated", "address")
CONTACT_FIELDS = {"contact_name": "name", "contact_phone": "phone", "contact_may_call": "may_call"}
"""How a form names them, and the operation."""
KNOWN = {"operation_id", "secrecy", "text", "category", "private", "previous", *PLACE_FIELDS, *CONTACT_FIELDS}
KNOWN_AT_THE_COUNTER = KNOWN - {"previous"} | {"source"}


class Taken(NamedTuple):
    """What came of a form: the outcome, and the key to be shown once where somebody has no account."""

    outcome: Outcome
    claim_key: str | None
    photos_left_out: int


async def take(actor: Actor, form: Mapping[str, str], pictures: Sequence[bytes]) -> Taken:
    """Carry out a form. An empty or oversized picture is left out, the complaint goes on. Raises `InvalidInput`."""
    _refuse_unknown(form, KNOWN)
    owner = None if form.get("secrecy") == Secrecy.ANONYMOUS else actor.account
    form_id = operation_id(form)
    key = None if owner else claims.key_for(form_id)
    brought = named(form_id, pictures)
    given = {**_fields(form, form_id, owner, key, brought), "kind": "complaint.submit", "previous": form.get("previous") or None}
    op = decode(given, SubmitComplaint)
    outcome = await actions.submit(actor if owner else _nobody(actor, op), op)
    await keep(brought, outcome)
    return Taken(outcome, key, sum(1 for content in pictures if content) - len(brought))


async def take_for_other(actor: Actor, form: Mapping[str, str], pictures: Sequence[bytes]) -> Taken:
    """The same at a counter: the key belongs to the slip, the operation to the clerk. Raises `InvalidInput`."""
    _refuse_unknown(form, KNOWN_AT_THE_COUNTER)
    form_id = operation_id(form)
    key = claims.key_for(form_id)
    brought = named(form_id, pictures)
    given = {**_fields(form, form_id, actor.account, key, brought), "kind": "complaint.submit_for_other", "source": form.get("source", "")}
    outcome = await counter.submit_for_other(actor, decode(given, SubmitForOther))
    await keep(brought, outcome)
    return Taken(outcome, key, sum(1 for content in pictures if content) - len(brought))


def named(form_id: UUID, pictures: Sequence[bytes]) -> list[tuple[PhotoClaim, bytes]]:
    """The pictures of a form as an operation names them; empty and oversized ones are left out."""
    fitting = [content for content in pictures if 0 < len(content) <= LARGEST_PHOTO][:MOST_PHOTOS]
    return [
        (PhotoClaim(id=claims.id_for(form_id, f"photo {place}"), sha256=hashlib.sha256(content).hexdigest(), size=len(content)), content)
        for place, content in enumerate(fitting)
    ]


async def keep(brought: Sequence[tuple[PhotoClaim, bytes]], outcome: Outcome) -> None:
    """Store the pictures of a form that was taken; again for one sent twice, as the first may not have come so far."""
    if outcome.status not in {Status.APPLIED, Status.DUPLICATE}:
        return
    for claim, content in brought:
        with contextlib.suppress(OffsetMoved):  # the same form sent twice at once: the other one brings it
            await photos.store_whole(claim.id, content)


def operation_id(form: Mapping[str, str]) -> UUID:
    """The id the form came with, so that sending it twice is sending it once."""
    try:
        given = UUID(form.get("operation_id", ""))
    except ValueError:
        return uuid4()
    return given if given.version == ANONYMOUS_ID else uuid4()


def place_in(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that tell where it is."""
    return {name: form[name] for name in PLACE_FIELDS if form.get(name)}


def _nobody(actor: Actor, op: SubmitComplaint) -> Actor:
    """A guest, who has proved no more than the key of the complaint this one goes on from."""
    return NOBODY.holding(actor.claimed & {op.previous}) if op.previous else NOBODY


def _refuse_unknown(form: Mapping[str, str], known: set[str]) -> None:
    unknown = set(form) - known
    if unknown:
        raise InvalidInput({name: tr(UNKNOWN).format(field=name) for name in sorted(unknown)})


def _fields(
    form: Mapping[str, str], form_id: UUID, owner: UUID | None, key: str | None, brought: Sequence[tuple[PhotoClaim, bytes]]
) -> dict[str, Any]:
    contact = {name: form[field] for field, name in CONTACT_FIELDS.items() if form.get(field)}
    return {
        "id": form_id,
        "owner": owner,
        "complaint": claims.id_for(form_id, "complaint"),
        "secrecy": form.get("secrecy", ""),
        "text": form.get("text", ""),
        "category": form.get("category") or None,
        "place": place_in(form),
        "photos": [claim for claim, _ in brought],
        "claim_hash": claims.hash_of(key) if key else None,
        "private": form.get("private", ""),
        "contact": contact or None,
    }
