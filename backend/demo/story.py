"""The demo's complaints as they are written down in `stories/`: what somebody told, and what came of it."""

import tomllib
from importlib import resources

import msgspec

from backend.complaints.states import Mode
from backend.sla.policy import ServiceClass


class Story(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One complaint. `days`: how long ago it was told. `who`: a demo citizen, guest or anonymous.

    `agencies`: `DLH`, `A/B` side by side, `A+B` jointly, the first leads; `CODE:class` where it is not the category's.
    `course`: the steps that followed, by the names of `telling.STEPS`; the other fields are the words of those steps.
    """

    days: int
    who: str
    category: str
    area: str
    text: str
    address: str = ""
    picture: str = ""
    agencies: str = ""
    course: str = ""
    reason: str = ""
    answer: str = ""
    visit: str = ""
    result: str = ""
    question: str = ""
    reply: str = ""
    dispute: str = ""
    redo: str = ""
    dispute2: str = ""
    decide: str = ""
    reject: str = ""
    object: str = ""
    refuse: str = ""
    withdraw: str = ""
    rating: str = ""

    @property
    def mode(self) -> Mode:
        """How it is forwarded."""
        if "+" in self.agencies:
            return Mode.JOINT
        return Mode.PARALLEL if "/" in self.agencies else Mode.SINGLE

    def given_to(self, default: ServiceClass) -> list[tuple[str, ServiceClass]]:
        """The OPDs with the class of each."""
        named = [one.partition(":") for one in self.agencies.replace("+", "/").split("/") if one]
        return [(code, ServiceClass(given) if given else default) for code, _, given in named]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    story: list[Story]


def stories() -> list[Story]:
    """All of them, in the order of the files' names."""
    folder = resources.files("backend.demo") / "stories"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return [story for file in files for story in msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File).story]
