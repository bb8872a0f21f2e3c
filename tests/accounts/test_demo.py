"""Accounts to try the app with: every role is there, and each can be what it says."""

from datetime import timedelta

import pytest

from backend import clock
from backend.accounts import demo, queries
from backend.accounts.tables import Account, RoleGrant
from backend.actors.permissions import Role
from backend.agencies import queries as agencies


@pytest.fixture
async def listed(planted):
    return await demo.seed()


async def test_every_role_is_there_with_its_opd(listed):
    assert {each.role for each in listed} == set(Role)
    assert await Account.select(Account.demo).distinct().output(as_list=True) == [True]
    offices = await agencies.agency_names()
    for each in listed:
        standing = await queries.standing((await queries.by_email(each.email)).id)
        assert set(standing.roles) == {each.role}
        assert each.agency is None or (each.agency in offices and each.agency in standing.roles[each.role])
        assert standing.heads == ({each.agency} if each.head else set())


async def test_two_moderators_three_citizens_and_a_clerk_of_a_kelurahan_can_be_played(listed):
    roles = [each.role for each in listed]
    assert (roles.count(Role.MODERATOR), roles.count(Role.CITIZEN), roles.count(Role.MANAGER)) == (2, 3, 1)
    [clerk] = [each for each in listed if each.agency and each.agency.startswith("KEL-")]
    assert (await agencies.agency(clerk.agency)).area is not None
    assert (await queries.roles_of((await queries.by_email(clerk.email)).id))[Role.AGENCY_ADMIN] == {clerk.agency}


async def test_the_delegate_acts_for_the_secretary_until_a_day_a_year_from_now(listed):
    [delegate] = [each for each in listed if each.acts_for]
    standing = await queries.standing((await queries.by_email(delegate.email)).id)
    secretary = await queries.by_email(delegate.acts_for)
    assert standing.acts_for == secretary.name
    [until] = await RoleGrant.select(RoleGrant.valid_until).where(RoleGrant.acts_for == secretary.id).output(as_list=True)
    assert until == clock.day_of(clock.now()) + timedelta(days=365)


async def test_they_have_been_in_office_since_before_the_stories_they_are_told_in(listed):
    with clock.at(clock.now() - timedelta(days=100)):
        assert await queries.officers_of("DPUPRPKP")


async def test_loading_again_adds_nobody(listed):
    await demo.seed()
    assert await Account.count() == len(listed)
