"""What a form offers to give: roles as people call them, where a head and a delegate are choices of their own."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from backend.accounts import giving, titles
from backend.accounts.giving import LONGEST_SUBSTITUTE, Wish
from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach, Role
from backend.errors import InvalidInput
from backend.forms import decode
from backend.words import N_, tr


class Offer(NamedTuple):
    """A choice of the form, by the value it sends."""

    value: str
    role: Role
    head: bool = False
    delegate: bool = False


OFFERS = (
    Offer("officer", Role.OFFICER),
    Offer("agency_admin", Role.AGENCY_ADMIN),
    Offer("head", Role.AGENCY_ADMIN, head=True),
    Offer("moderator", Role.MODERATOR),
    Offer("manager", Role.MANAGER),
    Offer("secretary", Role.SECRETARY),
    Offer("delegate", Role.SECRETARY, delegate=True),
    Offer("mayor", Role.MAYOR),
)


def offered(by: Actor) -> list[tuple[str, str]]:
    """The choices open to this person, and their words."""
    everywhere = by.reach(Permission.GRANT_IN_AGENCY) == Reach.CITY
    mine = [offer for offer in OFFERS if offer.role in giving.offered(by) and (everywhere or not offer.head)]
    return [(offer.value, _words(offer, everywhere=everywhere)) for offer in mine]


def wish(values: Mapping[str, str], today: date) -> Wish:
    """What a form asks for; it begins today where no day is given. Raises `InvalidInput` by the form's fields."""
    given = {name: value for name, value in values.items() if name in Wish.__struct_fields__ and value}
    chosen = next((offer for offer in OFFERS if offer.value == given.get("role")), None)
    if chosen is None:
        raise InvalidInput({"role": tr(N_("Pilih perannya."))})
    if chosen.delegate and "acts_for" not in given:
        raise InvalidInput({"acts_for": tr(N_("Pilih siapa yang diwakili."))})
    return decode({"valid_from": str(today), **given, "role": chosen.role, "head": chosen.head}, Wish)


def _words(offer: Offer, *, everywhere: bool) -> str:
    if offer.role == Role.AGENCY_ADMIN and not everywhere:
        return tr(N_("Admin pengganti, paling lama {days} hari")).format(days=LONGEST_SUBSTITUTE.days)
    return titles.title(offer.role, head=offer.head, delegate=offer.delegate)
