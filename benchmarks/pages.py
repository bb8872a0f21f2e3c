"""Which pages are looked at, by whom, and in which houses (`benchmarks/screens.py`)."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import crowd

CROWD = 10_000


class Screen(NamedTuple):
    """A page and who looks at it. `then`: the link on it that leads to the page meant."""

    name: str
    who: str
    path: str
    then: str = ""


GUEST, CITIZEN, OFFICER, ADMIN, MODERATOR, MANAGER = "", "warga", "petugas.dpuprpkp", "admin.dpuprpkp", "moderator", "manajer"
CASE = "main .card__link"
SCREENS = (
    Screen("home", GUEST, "/"),
    Screen("report", GUEST, "/complaints/new"),
    Screen("mine of a guest", GUEST, "/complaints"),
    Screen("public list", GUEST, "/public"),
    Screen("public case", GUEST, "/public", CASE),
    Screen("map", GUEST, "/public/map"),
    Screen("agencies", GUEST, "/agencies"),
    Screen("agency", GUEST, "/agencies/DPUPRPKP"),
    Screen("inbox of a guest", GUEST, "/inbox"),
    Screen("queue", GUEST, "/queue"),
    Screen("claim", GUEST, "/claim"),
    Screen("sign in", GUEST, "/sign-in"),
    Screen("about", GUEST, "/about"),
    Screen("styleguide", GUEST, "/styleguide"),
    Screen("receipt", CITIZEN, "/complaints/new"),
    Screen("home of a citizen", CITIZEN, "/"),
    Screen("mine", CITIZEN, "/complaints"),
    Screen("case", CITIZEN, "/complaints", CASE),
    Screen("inbox", CITIZEN, "/inbox"),
    Screen("account", CITIZEN, "/account"),
    Screen("work of an officer", OFFICER, "/work"),
    Screen("case of an officer", OFFICER, "/work", CASE),
    Screen("work of an admin", ADMIN, "/work"),
    Screen("case of an admin", ADMIN, "/work", CASE),
    Screen("people of an OPD", ADMIN, "/people"),
    Screen("work of a moderator", MODERATOR, "/work"),
    Screen("case of a moderator", MODERATOR, "/work", CASE),
    Screen("for others", MODERATOR, "/complaints/for-other"),
    Screen("inbox of a moderator", MODERATOR, "/inbox"),
    Screen("people", MANAGER, "/people"),
    Screen("person", MANAGER, "/people", "main .rows__link"),
    Screen("city", MANAGER, "/city"),
    Screen("city agencies", MANAGER, "/city/agencies"),
    Screen("city agency", MANAGER, "/city/agencies/DLH"),
    Screen("city categories", MANAGER, "/city/categories"),
    Screen("city category", MANAGER, "/city/categories/1"),
    Screen("city elsewhere", MANAGER, "/city/elsewhere"),
    Screen("city emergency", MANAGER, "/city/emergency"),
    Screen("city areas", MANAGER, "/city/areas"),
    Screen("city changes", MANAGER, "/city/changes"),
    Screen("city jobs", MANAGER, "/city/jobs"),
)


class House(NamedTuple):
    """What is done to the demo's data, and whether people have set large letters."""

    name: str
    change: Callable[[Path], None] | None
    large: bool = False


HOUSES = (
    House("nothing", lambda data: crowd.empty(data / "sambat.db")),
    House("crowd", lambda data: crowd.multiply(data, CROWD)),
    House("long words", lambda data: crowd.lengthen(data / "sambat.db")),
    House("large text", None, large=True),
    House("long words in large text", lambda data: crowd.lengthen(data / "sambat.db"), large=True),
)
