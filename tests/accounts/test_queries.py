"""What somebody is today: roles with their OPDs and units, heads, delegates; whom work can be given to."""

from datetime import timedelta

import pytest

from backend import clock
from backend import database as db
from backend.accounts import queries, sessions
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import BY_TWO, Permission, Role
from tests.support.city import person

DAY = timedelta(days=1)


async def somebody():
    return (await person(Role.CITIZEN)).account


async def granted(account, role, agency=None, **columns):
    row = {"id": db.new_id(), "valid_from": clock.day_of(clock.now()), **columns}
    await RoleGrant.insert(RoleGrant(account=account, role=role, agency=agency, **row))
    return account


async def test_an_opds_people_reach_its_units_and_a_units_people_only_theirs(planted):
    admin = await granted(await somebody(), Role.AGENCY_ADMIN, "DINKES")
    clerk = await granted(await somebody(), Role.AGENCY_ADMIN, "PKM-ARJUNO")
    reached = (await queries.roles_of(admin))[Role.AGENCY_ADMIN]
    assert {"DINKES", "PKM-ARJUNO", "RSUD"} <= reached
    assert "DLH" not in reached
    assert await queries.roles_of(clerk) == {Role.AGENCY_ADMIN: {"PKM-ARJUNO"}}


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.MANAGER])
async def test_moderators_and_managers_sit_in_the_communication_office(planted, role):
    assert await queries.roles_of(await granted(await somebody(), role)) == {role: {"DISKOMINFO"}}


async def test_roles_add_up_and_a_head_is_told_apart(planted):
    account = await granted(await somebody(), Role.AGENCY_ADMIN, "DLH", head=True)
    await granted(account, Role.OFFICER, "DISHUB")
    await granted(account, Role.OFFICER, "DLH")
    standing = await queries.standing(account)
    assert standing.roles == {Role.AGENCY_ADMIN: {"DLH"}, Role.OFFICER: {"DISHUB", "DLH"}}
    assert standing.heads == {"DLH"}


@pytest.mark.parametrize(
    ("columns", "counts"),
    [
        ({}, True),
        ({"valid_from": -1, "valid_until": 0}, True),
        ({"valid_from": 0, "valid_until": 0}, True),
        ({"valid_from": 1}, False),
        ({"valid_from": -9, "valid_until": -1}, False),
        ({"ended_at": True}, False),
        ({"refused_at": True}, False),
    ],
)
async def test_a_grant_counts_within_its_days_unless_taken_back(planted, columns, counts):
    today = clock.day_of(clock.now())
    values = {name: (clock.now() if isinstance(value, bool) else today + value * DAY) for name, value in columns.items()}
    account = await granted(await somebody(), Role.OFFICER, "DLH", **values)
    assert (Role.OFFICER in await queries.roles_of(account)) is counts
    assert (account in await queries.holding(Role.OFFICER)) is counts


@pytest.mark.parametrize("role", sorted(BY_TWO))
@pytest.mark.parametrize(("proposed", "confirmed", "counts"), [(True, False, False), (True, True, True), (False, False, True)])
async def test_roles_by_two_count_once_confirmed_or_when_opened_at_the_console(planted, role, proposed, confirmed, counts):
    manager, secretary = await somebody(), await somebody()
    by = {"proposed_by": manager if proposed else None, "confirmed_by": secretary if confirmed else None}
    account = await granted(await somebody(), role, **by)
    assert (role in await queries.roles_of(account)) is counts


async def test_a_delegate_has_the_role_and_says_for_whom(planted):
    secretary = await granted(await somebody(), Role.SECRETARY)
    await Account.update({Account.name: "Ibu Sekda"}).where(Account.id == secretary)
    until = clock.day_of(clock.now()) + DAY
    delegate = await granted(await somebody(), Role.SECRETARY, acts_for=secretary, valid_until=until)
    actor = await sessions.actor_of((await sessions.open_for(delegate, proved=True)).token, None)
    assert (actor.acts_for, actor.roles, actor.reach(Permission.CONFIRM_GRANT).name) == ("Ibu Sekda", {Role.SECRETARY}, "CITY")
    assert await queries.holding(Role.SECRETARY) == {secretary, delegate}
    assert await queries.holding_themselves(Role.SECRETARY) == {secretary}


@pytest.mark.parametrize("lost", ["ended", "over", "closed", "never"])
async def test_a_delegate_is_nobody_once_the_secretary_is(planted, lost):
    today = clock.day_of(clock.now())
    over = {"valid_from": today - 9 * DAY, "valid_until": today - DAY} if lost == "over" else {}
    secretary = await somebody()
    if lost != "never":
        await granted(secretary, Role.SECRETARY, **({"ended_at": clock.now()} if lost == "ended" else over))
    if lost == "closed":
        await Account.update({Account.disabled_at: clock.now()}).where(Account.id == secretary)
    delegate = await granted(await somebody(), Role.SECRETARY, acts_for=secretary, valid_until=today + DAY)
    assert await queries.roles_of(delegate) == {Role.CITIZEN: frozenset()}
    assert (await queries.standing(delegate)).acts_for == ""


async def test_who_reaches_a_unit_hears_of_it_and_can_be_sent_there(planted):
    above = await granted(await somebody(), Role.OFFICER, "DINKES")
    own = await granted(await somebody(), Role.OFFICER, "PKM-ARJUNO")
    await granted(await somebody(), Role.OFFICER, "PKM-BARENG")
    assert {person.id for person in await queries.officers_of("PKM-ARJUNO")} == {above, own}
    assert {person.id for person in await queries.officers_of("DINKES")} == {above}
    assert await queries.holding(Role.OFFICER, {"PKM-ARJUNO"}) == {above, own}
    assert await queries.holding(Role.OFFICER, set()) == set()
