"""Strangers are given accounts that let them in and keys that open, again each time they ask; a real city gives none."""

import msgspec
import pyotp
import pytest

from backend import settings, trials
from backend.accounts import actions as accounts
from backend.accounts import queries as people
from backend.accounts import second_factor
from backend.actors.permissions import Role
from backend.errors import NotFound
from tests.support.commands import PRODUCTION
from tests.support.entered import shown, sign_in


@pytest.fixture
async def exam(planted):
    return await trials.load()


async def signed_in(door, account):
    """A browser that came in as strangers do: with the password, and a code where there is a seed."""
    browser = await door()
    answer = await sign_in(browser, account.email, account.password)
    if account.totp:
        assert answer.headers["location"] == "/sign-in/second"
        answer = await browser.post("/sign-in/second", data={"code": shown(pyotp.TOTP(account.totp))})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return browser


def named(exam, name):
    return next(account for account in exam.accounts if account.email.startswith(f"{name}@"))


async def test_there_is_every_role_and_in_three_opds_an_officer_an_admin_and_a_head(exam, at):
    roles = [account.role for account in exam.accounts]
    assert set(roles) == set(Role)
    assert roles.count(Role.CITIZEN) == 2
    assert any(account.role == Role.SECRETARY and account.acts_for for account in exam.accounts)
    works_at = {(account.agency, account.role, account.head) for account in exam.accounts if account.agency}
    assert works_at == {
        (code, role, head)
        for code in ("DPUPRPKP", "DLH", "DISHUB")
        for role, head in ((Role.OFFICER, False), (Role.AGENCY_ADMIN, False), (Role.AGENCY_ADMIN, True))
    }
    for account in exam.accounts:
        standing = await people.standing(account.id)
        assert (set(standing.roles), bool(standing.heads), bool(standing.acts_for)) == (
            {account.role},
            account.head,
            bool(account.acts_for),
        )


async def test_they_come_in_and_see_what_is_theirs(exam, door):
    citizen, officer = await signed_in(door, named(exam, "citizen2")), await signed_in(door, named(exam, "officer.dlh"))
    confidential = next(one for one in exam.complaints if one.confidential)
    others = next(one for one in exam.complaints if one.reporter == "citizen@ujian.test")
    for browser in (citizen, officer):
        assert (await browser.get(f"/complaints/{confidential.id}")).status_code == 200
        assert (await browser.get(f"/complaints/{others.id}")).status_code == 404


async def test_a_key_opens_its_complaint_and_no_other(exam, door):
    with_key = [one for one in exam.complaints if one.claim_key]
    assert {one.secrecy for one in with_key} == {"anonymous", "name_hidden"}
    for one in with_key:
        browser = await door()
        answer = await browser.post("/claim", data={"key": one.claim_key})
        assert answer.headers["location"] == f"/complaints/{one.id}"
        opened = [other.id for other in with_key if (await browser.get(f"/complaints/{other.id}")).status_code == 200]
        assert opened == [one.id]


async def test_what_was_published_stands_under_its_number(exam, door):
    anybody = await door()
    statuses = {one.published: (await anybody.get(f"/public/{one.number}")).status_code for one in exam.complaints}
    assert statuses == {True: 200, False: 404}


async def test_asked_again_it_tells_the_same_and_lets_in_whoever_the_trials_have_locked_out(exam, door):
    officer, citizen = named(exam, "officer.dishub"), named(exam, "citizen")
    await second_factor.clear(officer.id)
    await accounts.disable(citizen.id)
    assert msgspec.json.encode(await trials.load()) == msgspec.json.encode(exam)
    await signed_in(door, officer)
    await signed_in(door, citizen)


async def test_a_real_city_gives_none(planted, monkeypatch):
    real = settings.read({f"SAMBAT_{name.upper()}": value for name, value in PRODUCTION.items()})
    monkeypatch.setattr(trials, "settings", lambda: real)
    with pytest.raises(trials.NotInProduction):
        await trials.load()
    with pytest.raises(NotFound):
        await people.by_email("citizen@ujian.test")
