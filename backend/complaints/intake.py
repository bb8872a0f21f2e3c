"""The form of a browser without scripts: its fields become the same operation a phone sends, its photos come along."""

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from backend.actors.actor import NOBODY, Actor
from backend.complaints import actions, claims, photos
from backend.complaints.checks import ANONYMOUS_ID
from backend.complaints.chunks import OffsetMoved
from backend.complaints.operations import LARGEST_PHOTO, MOST_PHOTOS, PhotoClaim, SubmitComplaint
from backend.complaints.secrecy import Secrecy
from backend.errors import InvalidInput
from backend.forms import decode
from backend.operations import Outcome, Status

PLACE_FIELDS = ("latitude", "longitude", "accuracy_m", "area", "area_estimated", "address")
KNOWN = {"operation_id", "secrecy", "text", "category", *PLACE_FIELDS}


class Taken(NamedTuple):
    """What came of a form: the outcome, and the key to be shown once where somebody has no account."""

    outcome: Outcome
    claim_key: str | None
    photos_left_out: int


async def take(actor: Actor, form: Mapping[str, str], pictures: Sequence[bytes]) -> Taken:
    """Carry out a form. An empty or oversized picture is left out, the complaint goes on. Raises `InvalidInput`."""
    unknown = set(form) - KNOWN
    if unknown:
        raise InvalidInput({name: f"Isian “{name}” tidak dikenal." for name in sorted(unknown)})
    anonymous = form.get("secrecy") == Secrecy.ANONYMOUS
    owner = None if anonymous else actor.account
    form_id = operation_id(form)
    key = None if owner else claims.key_for(form_id)
    brought = named(form_id, pictures)
    op = decode(_fields(form, form_id, owner, key, brought), SubmitComplaint)
    outcome = await actions.submit(actor if owner else NOBODY, op)
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


def _fields(
    form: Mapping[str, str], form_id: UUID, owner: UUID | None, key: str | None, brought: Sequence[tuple[PhotoClaim, bytes]]
) -> dict[str, Any]:
    return {
        "kind": "complaint.submit",
        "id": form_id,
        "owner": owner,
        "complaint": claims.id_for(form_id, "complaint"),
        "secrecy": form.get("secrecy", ""),
        "text": form.get("text", ""),
        "category": form.get("category") or None,
        "place": {name: form[name] for name in PLACE_FIELDS if form.get(name)},
        "photos": [claim for claim, _ in brought],
        "claim_hash": claims.hash_of(key) if key else None,
    }
