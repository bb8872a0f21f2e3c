"""Invitations: the role waits in the account, the link leads to a password, and then to the second factor."""

import pytest

from backend import clock
from backend.accounts import invitations, sessions
from backend.accounts.giving import Wish
from backend.accounts.tables import Account, Code, RoleGrant
from backend.actors.permissions import Role
from backend.errors import InvalidInput, NotFound
from tests.support import entered
from tests.support.entered import set_up_app, sign_in, who
from tests.support.mailbox import text_of

AGUS = "agus@contoh.test"


def officer(**other):
    return Wish(**{"role": Role.OFFICER, "agency": "DPUPRPKP", "valid_from": clock.day_of(clock.now()), "reason": "Petugas baru", **other})


async def invited(city, mailbox, **other):
    """The token of the mail."""
    await invitations.invite(city.roads, " Agus@Contoh.test", "Agus  Wibowo", officer(**other))
    return await token_in(mailbox)


async def token_in(mailbox):
    [message] = [message for message in await mailbox.arrived() if "Undangan" in message["subject"]][-1:]
    text = text_of(message)
    assert "https://sambat.example/invitation#" in text
    return text.partition("/invitation#")[2].split()[0]


async def accept(browser, token, password=entered.PASSWORD, name="Agus Wibowo"):
    return await browser.post("/invitation", data={"token": token, "name": name, "password": password})


async def test_who_was_invited_sets_a_password_then_the_second_factor_and_works(city, door, mailbox):
    token = await invited(city, mailbox)
    assert (await sign_in(await door(), AGUS)).status_code == 401
    browser = await door()
    answer = await accept(browser, token, name="Agus W.")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/second-factor")
    assert (await browser.get("/work")).status_code == 404
    await set_up_app(browser)
    assert (await browser.get("/work")).status_code == 200
    actor = await sessions.actor_of(browser.cookies[sessions.ACCOUNT_COOKIE], None)
    assert (actor.name, actor.roles) == ("Agus W.", {Role.OFFICER})


async def test_an_invitation_works_once_and_for_seven_days(city, door, mailbox, at):
    token = await invited(city, mailbox)
    at.later(days=7)
    assert (await accept(await door(), token)).status_code == 401
    await invitations.again((await Account.objects().get(Account.email == AGUS)).id)
    second = await token_in(mailbox)
    at.later(days=6)
    assert (await accept(await door(), second)).status_code == 303
    assert (await accept(await door(), second, "kata sandi pencuri")).status_code == 401
    assert not await Code.exists().where(Code.kind == "invitation")


async def test_a_second_invitation_ends_the_first_link(city, door, mailbox):
    first = await invited(city, mailbox)
    await invitations.again((await Account.objects().get(Account.email == AGUS)).id)
    second = await token_in(mailbox)
    assert first != second
    assert (await accept(await door(), first)).status_code == 401
    assert (await accept(await door(), second)).status_code == 303


async def test_a_citizen_who_is_invited_keeps_the_account_and_leaves_the_open_browser(city, door, mailbox):
    phone = await door()
    await entered.ask_code(phone, AGUS)
    await phone.post("/sign-in/code", data={"code": await mailbox.latest_code(), "name": "Agus"})
    before = await who(phone)
    token = await invited(city, mailbox)
    browser = await door()
    await accept(browser, token)
    assert await who(phone) == ""
    assert await who(browser) == before
    assert await Account.count().where(Account.email == AGUS) == 1


async def test_who_signs_in_already_gets_no_link(city, door, mailbox):
    await entered.account(AGUS)
    await invitations.invite(city.roads, AGUS, "Agus", officer())
    assert all("invitation#" not in text_of(message) for message in await mailbox.arrived())
    assert await RoleGrant.exists().where(RoleGrant.role == Role.OFFICER, RoleGrant.account.email == AGUS)


async def test_who_may_not_give_the_role_invites_nobody(city, mailbox):
    with pytest.raises(NotFound):
        await invitations.invite(city.roads, AGUS, "Agus", officer(role=Role.MODERATOR, agency=None))
    with pytest.raises(NotFound):
        await invitations.invite(city.officer, AGUS, "Agus", officer())
    assert not await Account.exists().where(Account.email == AGUS)
    assert await mailbox.arrived() == []


async def test_a_closed_account_is_not_invited(city, mailbox):
    closed = await entered.account(AGUS)
    await Account.update({Account.disabled_at: clock.now()}).where(Account.id == closed.id)
    with pytest.raises(InvalidInput):
        await invitations.invite(city.roads, AGUS, "Agus", officer())
    assert await mailbox.arrived() == []


@pytest.mark.parametrize(
    ("name", "password", "field"), [("", entered.PASSWORD, "name"), ("Agus", "pendek", "password"), ("x" * 81, "x", "name")]
)
async def test_what_is_missing_is_told_and_the_link_still_works(city, door, mailbox, name, password, field):
    token = await invited(city, mailbox)
    browser = await door()
    refused = await accept(browser, token, password, name)
    assert refused.status_code == 422
    assert f'id="{field}-problem"' in refused.text
    assert refused.headers["x-sambat-scope"] == "none"
    assert (await accept(browser, token)).status_code == 303


async def test_a_header_in_a_name_stays_a_name(city, door, mailbox):
    await invitations.invite(city.roads, AGUS, "Agus\r\nBcc: semua@contoh.test\x1b[2J", officer())
    for message in await mailbox.arrived():
        assert message["Bcc"] is None
        assert "\x1b" not in text_of(message)
    assert all(recipients == [AGUS] for _, recipients in mailbox.envelopes)


async def test_an_account_without_a_password_opens_by_no_password(city, door, mailbox):
    await invited(city, mailbox)
    for password in (" ", "x", "!"):
        assert (await sign_in(await door(), AGUS, password)).status_code == 401
