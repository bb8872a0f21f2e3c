"""Going through a door and looking at what is behind it."""

from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

import httpx

from backend.actors.permissions import Permission
from tests.permissions.entrances import Door
from tests.permissions.law import CASES, Answer, Passage, Subject, expected, reaches
from tests.permissions.planted import FORM, City

STATUSES = {Answer.HIDDEN: 404, Answer.SIGN_IN: 401}
BROKEN = 500
ASKED_FOR = {"GET": "text/html"}
"""A page is asked for as a browser does, a step as a script does: a refusal is met as a page and as a line."""
WALKED = "walked"
"""What a tour reports: the kind of database, and how often which answer was the right one."""
UNREADABLE = b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Type: text/plain; charset=nope\r\n\r\na\r\n--x--'
NEVER_BEHIND_AN_OPEN_DOOR = {401, 403, 404, 405}
WHERE_ONE_PROVES = {
    "/sign-in/code",
    "/sign-in/second",
    "/reset/new",
    "/invitation",
    "/account/password",
    "/account/second-factor",
    "/account/recovery-codes",
}
"""Doors whose 401 says that what was typed proves nothing."""


class Walk(NamedTuple):
    """On which kind of database, through what city, with what browser; how often which answer was the right one, and whose forms came back."""

    kind: str
    city: City
    browser: httpx.AsyncClient
    answers: Counter[Answer]
    refilled: set[tuple[str, str]]

    async def go(self, step: Passage) -> str:
        """One step; empty, or what is wrong with the answer."""
        who, door, subject = step
        asking, wanted = self.city.asking(step), expected(who, door, subject)
        cookie = {"cookie": self.city.cookies[who]} if self.city.cookies[who] else {}
        headers = {"accept": ASKED_FOR.get(door.method, "application/json"), "content-type": FORM, **asking.headers, **cookie}
        content = urlencode(asking.form).encode()
        if wanted == Answer.OPEN and door.step and subject and not content and not self._is_first(who, subject):
            headers["content-type"], content = "multipart/form-data; boundary=x", UNREADABLE
        answer = await self.browser.request(door.method, asking.address, headers=headers, content=content or None)
        if "set-cookie" in answer.headers:  # the session may have ended
            self.browser.cookies.clear()
            await self.city.enter(who)
        self.answers[wanted] += 1
        named = f"{who} at {door}" + (f", {subject.name}" if subject else "")
        if not _is_right(wanted, door, answer.status_code):
            return f"{named}: {answer.status_code} instead of {wanted}"
        if told := self._told(who, answer.text):
            return f"{named}: tells of {told}"
        return ""

    def _is_first(self, who: str, subject: Subject) -> bool:
        """An empty form comes back on the complaint's page: who has seen that once sends what nobody can read, which is told at once."""
        before = len(self.refilled)
        self.refilled.add((who, subject.name if subject else ""))
        return len(self.refilled) > before

    def _told(self, who: str, text: str) -> list[str]:
        """Whatever page it is: the complaints whose words it shows to somebody who may not read them."""
        seen = [case._replace(own=False) for case in CASES]
        may = {case.name for case in seen if reaches(who, Permission.READ, case) or reaches(who, Permission.READ_PUBLIC, case)}
        shown = [(name, whose) for (name, whose), lying in self.city.lying.items() if lying.words in text]
        return [f"{name} {whose}".strip() for name, whose in shown if name not in may and whose != who]


def _is_right(wanted: Answer, door: Door, status: int) -> bool:
    if wanted in STATUSES:
        return status == STATUSES[wanted]
    proves = door.method == "POST" and door.path in WHERE_ONE_PROVES
    return status < BROKEN and (status not in NEVER_BEHIND_AN_OPEN_DOOR or (proves and status == STATUSES[Answer.SIGN_IN]))
