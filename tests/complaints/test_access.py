"""What a person may not see is not there: every permission × role against the same small city, for the list and for one."""

from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec
import pytest

from backend import clock
from backend import database as db
from backend.actors.actor import NOBODY, Actor
from backend.actors.permissions import PERMISSIONS, Permission, Reach, Role
from backend.complaints import access, queries
from backend.complaints.lifecycle import STEPS
from backend.complaints.tables import Assignment, Complaint
from backend.errors import NotFound
from tests.support import city as a_city

OF_PARTS = {Permission.ANSWER, Permission.ASSIGN, Permission.VISIT, Permission.DONE}
BESIDE_STEPS = {Permission.READ, Permission.READ_ORIGINAL, Permission.READ_CONFIDENTIAL, Permission.RAISE_SECRECY}
WALKED = sorted({step.permission for step in STEPS} - {Permission.SUBMIT} | BESIDE_STEPS)
"""What is asked of complaints; one person's steps are as far as their line says, whatever else the table holds."""


class Case(NamedTuple):
    """A complaint and its one part, with what decides who reaches it."""

    complaint: UUID
    part: UUID | None
    reporter: UUID | None
    agency: str | None
    officer: UUID | None


@pytest.fixture
async def cases(city):
    """A new one, one at each of two OPDs without officer, one with; each told by the citizen, by an officer and by a guest."""
    found = []
    for reporter in (city.citizen, city.officer, city.roads, city.moderator, None):
        mine = {"reporter": reporter} if reporter else {"key": f"{len(found):026}"}
        found.append(Case(await a_city.tell(**mine), None, reporter and reporter.account, None, None))
        for agency, officer in (("DLH", None), ("DPUPRPKP", None), ("DPUPRPKP", city.officer)):
            complaint = await a_city.tell(**mine) if reporter else await a_city.tell(key=f"{len(found):026}")
            row = await _part(complaint, agency, officer)
            found.append(Case(complaint, row.id, reporter and reporter.account, agency, row.officer))
    return found


async def _part(complaint, agency, officer):
    now, who = clock.now(), officer and officer.account
    row = Assignment(
        id=db.new_id(),
        complaint=complaint,
        agency=agency,
        service_class="field_work",
        status="assigned",
        officer=who,
        received_at=now,
        stepped_at=now,
    )
    await Assignment.insert(row)
    return row


def reached(case, actor, permission):
    """By the law's words, not by SQL."""
    own = case.reporter is not None and case.reporter == actor.account
    if own:
        return PERMISSIONS[permission][Role.CITIZEN] == Reach.OWN and permission not in OF_PARTS
    for role in actor.roles:
        match PERMISSIONS[permission][role]:
            case Reach.CITY:
                return True
            case Reach.AGENCY if case.agency in actor.agencies.get(role, ()):
                return True
            case Reach.ASSIGNED if case.officer == actor.account:
                return True
    return False


async def listed(actor, permission):
    if permission in OF_PARTS:
        return set(await Assignment.select(Assignment.complaint).where(access.within_parts(actor, permission)).output(as_list=True))
    return set(await Complaint.select(Complaint.id).where(access.within(actor, permission)).output(as_list=True))


async def one_by_one(actor, permission, cases):
    found = set()
    for case in cases:
        try:
            async with db.transaction():
                if permission not in OF_PARTS:
                    await access.require(actor, permission, case.complaint)
                elif case.part:
                    await access.require_part(actor, permission, case.part)
                else:
                    continue
        except NotFound:
            continue
        found.add(case.complaint)
    return found


@pytest.mark.parametrize("permission", WALKED)
async def test_a_permission_reaches_as_far_as_its_line_says_in_lists_and_for_one(city, cases, permission):
    people = {role: person for person in (city.citizen, city.officer, city.roads, city.moderator) for role in person.roles}
    assert set(people) == {Role.CITIZEN, Role.OFFICER, Role.AGENCY_ADMIN, Role.MODERATOR}
    for role, actor in people.items():
        expected = {case.complaint for case in cases if reached(case, actor, permission) and (case.part or permission not in OF_PARTS)}
        assert await listed(actor, permission) == expected, role
        assert await one_by_one(actor, permission, cases) == expected, role


@pytest.mark.parametrize("permission", WALKED)
async def test_a_stranger_reaches_nothing(cases, permission):
    for stranger in (NOBODY, Actor(account=uuid4(), roles=frozenset({Role.CITIZEN})), Actor(claimed=frozenset({uuid4()}))):
        assert await listed(stranger, permission) == set()
        assert await one_by_one(stranger, permission, cases[:3]) == set()


async def test_a_guest_reaches_what_his_keys_open_and_nothing_as_staff(cases):
    mine, others = cases[0].complaint, cases[4].complaint
    guest = Actor(claimed=frozenset({mine}), roles=frozenset({Role.CITIZEN}))
    for permission in (Permission.READ, Permission.CONFIRM, Permission.DISPUTE):
        assert await listed(guest, permission) == {mine}
    assert await listed(guest, Permission.FORWARD) == set()
    with pytest.raises(NotFound):
        await queries.one(guest, others)


async def test_nobody_acts_as_staff_on_what_he_opened_with_a_key(city, cases):
    """Somebody of the city who told it as a guest is its reporter, not its moderator."""
    guests = [case for case in cases if case.reporter is None]
    claimed = frozenset(case.complaint for case in guests)
    moderator = msgspec.structs.replace(city.moderator, claimed=claimed)
    assert not await listed(moderator, Permission.FORWARD) & claimed
    assert claimed <= await listed(moderator, Permission.READ)
    roads = msgspec.structs.replace(city.roads, claimed=claimed)
    for permission in OF_PARTS:
        assert not await listed(roads, permission) & claimed


async def test_an_officer_who_went_to_another_opd_leaves_his_parts_behind(city, cases):
    gone = msgspec.structs.replace(city.officer, agencies={Role.OFFICER: frozenset({"DLH"})})
    for permission in (Permission.VISIT, Permission.DONE):
        assert await listed(city.officer, permission) != set()
        assert await listed(gone, permission) == set()


async def test_whoever_works_for_two_opds_reaches_both(city, cases):
    both = msgspec.structs.replace(city.roads, agencies={Role.AGENCY_ADMIN: frozenset({"DLH", "DPUPRPKP"})})
    expected = {case.complaint for case in cases if case.part and case.reporter != both.account}
    assert await listed(both, Permission.ANSWER) == expected


async def test_a_role_without_its_opd_reaches_no_part(city, cases):
    nowhere = msgspec.structs.replace(city.roads, agencies={})
    assert await listed(nowhere, Permission.ANSWER) == set()
