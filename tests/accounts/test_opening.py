"""Accounts opened at the console: every role at once, and nothing at all where something does not fit."""

from datetime import timedelta

import pytest

from backend import clock
from backend.accounts import opening, queries
from backend.accounts.opening import Asked
from backend.accounts.tables import Account
from backend.actors.permissions import Role
from backend.errors import InvalidInput
from backend.mail.tables import Mail

PASSWORD = "kembang kol goreng"
TODAY = clock.day_of(clock.now())


@pytest.mark.parametrize(
    "asked",
    [
        Asked(Role.CITIZEN),
        Asked(Role.OFFICER, "DLH"),
        Asked(Role.AGENCY_ADMIN, "KEL-DINOYO"),
        Asked(Role.AGENCY_ADMIN, "DLH", head=True),
        Asked(Role.MODERATOR, until=TODAY),
        Asked(Role.MANAGER),
        Asked(Role.SECRETARY),
        Asked(Role.MAYOR),
    ],
)
async def test_at_the_console_every_role_counts_at_once(planted, asked):
    account = await opening.at_the_console("Budi", "budi@contoh.test", PASSWORD, asked)
    standing = await queries.standing(account)
    assert set(standing.roles) == {asked.role}
    assert bool(standing.heads) is asked.head
    assert not await Mail.exists()


async def test_a_delegate_is_named_by_the_secretarys_address(planted):
    await opening.at_the_console("Ibu Sekda", "sekda@contoh.test", PASSWORD, Asked(Role.SECRETARY))
    asked = Asked(Role.SECRETARY, until=TODAY + timedelta(days=30), acts_for=" SEKDA@contoh.test")
    delegate = await opening.at_the_console("Budi", "budi@contoh.test", PASSWORD, asked)
    assert (await queries.standing(delegate)).acts_for == "Ibu Sekda"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked(Role.CITIZEN, "DLH"), "agency"),
        (Asked(Role.CITIZEN, head=True), "head"),
        (Asked(Role.OFFICER), "agency"),
        (Asked(Role.OFFICER, "TIDAK-ADA"), "agency"),
        (Asked(Role.MANAGER, "DLH"), "agency"),
        (Asked(Role.MANAGER, until=TODAY - timedelta(days=1)), "valid_until"),
        (Asked(Role.SECRETARY, until=TODAY, acts_for="tidak.ada@contoh.test"), "acts_for"),
    ],
)
async def test_what_does_not_fit_opens_nothing(planted, asked, field):
    with pytest.raises(InvalidInput) as refused:
        await opening.at_the_console("Budi", "budi@contoh.test", PASSWORD, asked)
    assert field in refused.value.fields
    assert not await Account.exists()


async def test_who_is_no_secretary_has_no_delegate(planted):
    await opening.at_the_console("Ani", "ani@contoh.test", PASSWORD, Asked(Role.MANAGER))
    with pytest.raises(InvalidInput) as refused:
        await opening.at_the_console("Budi", "budi@contoh.test", PASSWORD, Asked(Role.SECRETARY, until=TODAY, acts_for="ani@contoh.test"))
    assert set(refused.value.fields) == {"acts_for"}
    assert await Account.count() == 1
