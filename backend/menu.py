"""THE MENU: what is offered from everywhere, to whom, and where it stands on a phone and at a desk."""

from enum import StrEnum
from typing import NamedTuple

from backend.actors.actor import Actor
from backend.actors.permissions import Permission, Reach
from backend.words import N_, tr


class Stands(StrEnum):
    """At the thumb, which is the bar of a desk too; only in the bar of a desk; behind the name of who is signed in."""

    BAR = "bar"
    DESK = "desk"
    NAME = "name"


class Entry(NamedTuple):
    """A way to a page. `here`: how that page calls itself. `staff`: only for those who work for the city, or only for all others."""

    here: str
    url: str
    icon: str
    words: str
    stands: Stands
    permission: Permission | None = None
    staff: bool | None = None


ENTRIES: tuple[Entry, ...] = (
    Entry("work", "/work", "list-checks", N_("Tugas"), Stands.BAR, staff=True),
    Entry("home", "/", "house", N_("Beranda"), Stands.BAR),
    Entry("new", "/complaints/new", "megaphone", N_("Lapor"), Stands.BAR),
    Entry("mine", "/complaints", "clipboard-list", N_("Aduan saya"), Stands.BAR, staff=False),
    Entry("inbox", "/inbox", "bell", N_("Kabar"), Stands.BAR),
    Entry("public", "/public", "messages-square", N_("Aduan warga"), Stands.DESK),
    Entry("queue", "/queue", "cloud-upload", N_("Antrean"), Stands.DESK),
    Entry(
        "for_other", "/complaints/for-other", "notebook-pen", N_("Tulis untuk warga"), Stands.NAME, permission=Permission.SUBMIT_FOR_OTHER
    ),
    Entry("city", "/city", "building-2", N_("Data kota"), Stands.NAME, permission=Permission.EDIT_AGENCIES),
    Entry("people", "/people", "users", N_("Orang"), Stands.NAME, permission=Permission.MANAGE_USERS),
    Entry("people", "/people", "users", N_("Orang"), Stands.NAME, permission=Permission.CONFIRM_GRANT),
    Entry("mine", "/complaints", "clipboard-list", N_("Aduan saya"), Stands.NAME, staff=True),
    Entry("queue", "/queue", "cloud-upload", N_("Antrean"), Stands.NAME),
    Entry("public", "/public", "messages-square", N_("Aduan warga"), Stands.NAME),
    Entry("account", "/account", "circle-user-round", N_("Akun saya"), Stands.NAME),
)
"""A phone's bar holds four, and a fifth for who works for the city: more do not fit beside each other at 360 px."""


def offered(actor: Actor) -> dict[str, list[Entry]]:
    """What this person is offered, by where it stands, in the reader's words."""
    mine = [entry._replace(words=tr(entry.words)) for entry in ENTRIES if _fits(entry, actor)]
    return {place.value: [entry for entry in mine if entry.stands == place] for place in Stands}


def _fits(entry: Entry, actor: Actor) -> bool:
    may = entry.permission is None or actor.reach(entry.permission) > Reach.NONE
    return may and entry.staff in {None, actor.is_staff}
