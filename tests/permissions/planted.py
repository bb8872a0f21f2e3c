"""One city for the whole walk: a session for each who walks, and each kind of complaint as it lies there, each with a part and a photo."""

import base64
from typing import NamedTuple
from uuid import UUID, uuid4

from backend import clock, database
from backend.accounts import sessions
from backend.accounts.tables import RoleGrant
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import IN_AN_AGENCY, Role
from backend.complaints import actions, photos, queries
from backend.complaints.operations import ContactGiven, SubmitComplaint
from backend.complaints.tables import Accused, Assignment, Complaint
from tests.permissions.entrances import TUS, Door
from tests.permissions.law import CASES, COLLEAGUE, EMPLOYEES, OURS, OWN, STRANGERS, WALKERS, Case, Employee, Passage
from tests.support import asked, pictures
from tests.support.city import person
from tests.support.walked import applied

HOUSE = "DISKOMINFO"
"""Where moderators and managers sit."""
CODES = {
    "/city/agencies": "DLH",
    "/agencies": "DLH",
    "/city/categories": "9",
    "/city/elsewhere": "police",
    "/city/emergency": "fire",
    "/city/areas": "35.73.02.1006",
}
LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Words without a digit, which nobody takes for a number that must be masked."""
FORM, PIECE = "application/x-www-form-urlencoded", "application/offset+octet-stream"


class Lying(NamedTuple):
    """A complaint that was planted: `words` stand in its text and nowhere else, `key` is a guest's."""

    complaint: UUID
    part: UUID
    photo: UUID
    size: int
    number: str
    words: str
    key: str


class Asking(NamedTuple):
    """What goes out at one step of the walk."""

    address: str
    form: dict[str, str]
    headers: dict[str, str]


class City(NamedTuple):
    """People by the name under which they walk or work, complaints by what they are (and, if somebody walks with his own, whose)."""

    people: dict[str, Actor]
    lying: dict[tuple[str, str], Lying]
    employees: dict[str, Actor]
    grants: dict[str, UUID]
    proposal: UUID
    cookies: dict[str, str]

    def found(self, who: str, case: Case) -> Lying:
        """The complaint of this kind, for this walker."""
        return self.lying[case.name, who if case.own else ""]

    async def enter(self, who: str) -> None:
        """A new session; an earlier one may have ended on the way."""
        actor = self.people[who]
        if actor.account is not None:
            self.cookies[who] = f"{sessions.ACCOUNT_COOKIE}={(await sessions.open_for(actor.account, proved=True)).token}"
        elif actor.claimed:
            self.cookies[who] = f"{sessions.GUEST_COOKIE}={(await sessions.open_guest(actor.claimed)).token}"

    def asking(self, step: Passage) -> Asking:
        """Where the step leads and what is sent: as little as asks for no change, though it is read."""
        who, door, subject = step
        lying = self.found(who, subject) if isinstance(subject, Case) else self.lying["the officer's", ""]
        employee = subject.name if isinstance(subject, Employee) else EMPLOYEES[0].name
        named = {
            "complaint_id": lying.complaint,
            "part_id": lying.part,
            "photo_id": lying.photo,
            "number": lying.number,
            "account": self.employees[employee].account,
            "grant": self.proposal,
            "code": CODES.get(door.path.partition("/{code}")[0], ""),
        }
        return Asking(door.path.format(**named), self._form(door, lying, employee), self._headers(who, door, lying))

    def _form(self, door: Door, lying: Lying, employee: str) -> dict[str, str]:
        """What a door must be told so that it gets as far as asking who one is; the others are sent nothing."""
        forms = {
            "/public/{number}/follow": {"on": "false"},
            "/complaints/{complaint_id}/release": {"released": str(lying.photo)},
            "/people/{account}/end-grant": {"grant": str(self.grants.get(employee, self.proposal))},
            "/account/second-factor": {"step": "confirm"},
            "/claim": {"key": self.lying[OWN.name, "guest"].key},
            "/complaints/claimed": {"key": self.lying["anonymous", ""].key},  # which never comes into an account
        }
        return forms.get(door.path, {})

    def _headers(self, who: str, door: Door, lying: Lying) -> dict[str, str]:
        """A photo is sent with what tus wants to hear, by a guest with the key in hand."""
        if not door.path.startswith(TUS):
            return {}
        tus = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(lying.size),
            "Upload-Offset": "0",
            "Upload-Metadata": f"id {base64.b64encode(str(lying.photo).encode()).decode()}",
            "content-type": PIECE if door.method == "PATCH" else FORM,
        }
        return tus | ({"Authorization": f"Claim {self.lying[OWN.name, who].key}"} if who == "guest" else {})


async def planted() -> City:
    """All of it."""
    people = {name: await person(role, OURS if role in IN_AN_AGENCY else None) for name, role in WALKERS.items() if name not in STRANGERS}
    people |= {COLLEAGUE: await person(Role.OFFICER, OURS)}
    desk, neighbour = await person(Role.MODERATOR), await person(Role.CITIZEN)
    lying = {(case.name, ""): await _laid(case, people, desk, neighbour) for case in CASES if not case.own}
    for name in WALKERS.keys() - {"nobody"}:
        lying[OWN.name, name] = await _laid(OWN, people, desk, people.get(name))
    people |= {"nobody": NOBODY, "guest": Actor(claimed=frozenset({lying[OWN.name, "guest"].complaint}))}
    employees = {one.name: await person(Role.OFFICER if one.agency else Role.CITIZEN, one.agency) for one in EMPLOYEES}
    grants = {row["account"]: row["id"] for row in await RoleGrant.select(RoleGrant.id, RoleGrant.account)}
    city = City(
        people=people,
        lying=lying,
        employees=employees,
        grants={name: grants[one.account] for name, one in employees.items() if one.account in grants},
        proposal=await _refused_proposal(people["manager"], people[COLLEAGUE]),
        cookies={"nobody": ""},
    )
    for who in WALKERS:
        await city.enter(who)
    return city


async def _laid(case: Case, people: dict[str, Actor], desk: Actor, teller: Actor | None) -> Lying:
    """Told, looked at, forwarded and guarded as the case says."""
    content = pictures.jpeg()
    claim = asked.photo(content)
    words, key = uuid4().hex.translate(LETTERS), uuid4().hex.upper()[:26]
    told = _told(case, None if case.anonymous else teller, key, photos=(claim,), text=f"Lampu mati, {words}.")
    await applied(actions.submit((None if case.anonymous else teller) or NOBODY, told))
    await photos.store_whole(claim.id, content)
    await photos.process(claim.id)
    released = (claim.id,) if case.published else ()
    await applied(actions.forward(desk, asked.forward(desk, told.complaint, case.agency, publish=case.published, released=released)))
    await Assignment.update({Assignment.officer: people[case.officer].account}).where(Assignment.complaint == told.complaint)
    await Complaint.update({Complaint.confidential: case.confidential}).where(Complaint.id == told.complaint)
    if case.accusing:
        await _accuse(people, told.complaint)
    [part], row = await queries.parts_of(told.complaint), (await queries.by_ids([told.complaint]))[told.complaint]
    return Lying(told.complaint, part.id, claim.id, claim.size, row.number, words, key)


def _told(case: Case, teller: Actor | None, key: str, **other: object) -> SubmitComplaint:
    if case.anonymous:
        return asked.anonymous(key=key, **other)
    contact = ContactGiven(name="Tinah", phone="081234567890", may_call=case.may_call)
    return asked.submit(teller, key=key, contact=contact, **other)


async def _accuse(people: dict[str, Actor], complaint: UUID) -> None:
    """Those who have an office by that, those above by name."""
    offices = [Accused(id=database.new_id(), complaint=complaint, agency=code) for code in (OURS, HOUSE)]
    above = [Accused(id=database.new_id(), complaint=complaint, account=people[role].account) for role in (Role.SECRETARY, Role.MAYOR)]
    await Accused.insert(*offices, *above)


async def _refused_proposal(by: Actor, account: Actor) -> UUID:
    """Decided already, so that who may decide is told so and nothing changes."""
    now = clock.now()
    row = RoleGrant(
        id=database.new_id(),
        account=account.account,
        role=Role.MODERATOR,
        valid_from=clock.day_of(now),
        proposed_by=by.account,
        proposed_at=now,
        refused_at=now,
    )
    await RoleGrant.insert(row)
    return row.id
