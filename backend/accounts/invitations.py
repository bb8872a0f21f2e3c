"""Coming to work for the city: somebody who may gives a role, and the mail that says so leads to a password of one's own."""

from uuid import UUID

from backend import clock, database
from backend.accounts import actions, codes, entering, grants, letters, limits, oneself, passwords, sessions
from backend.accounts.codes import CodeOver, Kind
from backend.accounts.entering import Browser, Led
from backend.accounts.giving import Wish
from backend.accounts.limits import Guess
from backend.accounts.tables import Account
from backend.accounts.titles import title
from backend.actors.actor import Actor
from backend.errors import InvalidInput
from backend.words import N_


async def invite(by: Actor | None, email: str, name: str, wish: Wish) -> None:
    """Give the role, or propose it, and open an account where the address has none. Without a password nobody can use it yet.

    Who signs in already gets no link: the new role is told as every new role is. Raises what `grants.give` raises, `InvalidInput`.
    """
    address, called = entering.address_of(email), oneself.called(name)
    async with database.transaction():
        account = await _account(address, called)
        await grants.give(by, account.id, wish)
        if not account.password_hash:
            await _send(account, title(wish.role, head=wish.head, delegate=wish.acts_for is not None))


async def again(account_id: UUID) -> None:
    """A new link for somebody whose first one was lost or is too old; whoever has a password needs none."""
    account = await Account.objects().get(Account.id == account_id)
    if account is not None and not account.password_hash and account.disabled_at is None:
        async with database.transaction():
            await _send(account, N_("petugas Pemkot"))


async def accept(token: str, name: str, password: str, browser: Browser) -> Led:
    """A name and a password, by who holds the link; then the second factor. Raises `CodeOver`, `InvalidInput`, `TooMany`."""
    taken = await limits.take(Guess.LINK, source=browser.source)
    code = await codes.find(Kind.INVITATION, token)
    await limits.give_back(taken)
    called = oneself.called(name)
    password_hash = await passwords.hashed(password, email=code.email)
    async with database.transaction():
        await codes.use_up(Kind.INVITATION, token)
        account = await Account.objects().get(Account.email == code.email)
        if account is None or not actions.is_open(account):
            raise CodeOver
        await Account.update({Account.name: called, Account.password_hash: password_hash}).where(Account.id == account.id)
        await codes.withdraw(account.email)
        await sessions.close_all(account.id)
    await limits.is_new_browser(account.email, browser.words)  # it is not news to who sits before it
    return await entering.enter(account, browser, "/")


async def _account(address: str, name: str) -> Account:
    new = Account(id=database.new_id(), name=name, email=address, password_hash="", created_at=clock.now())
    await Account.insert(new).on_conflict(target=Account.email, action="DO NOTHING")
    account = await Account.objects().get(Account.email == address)
    if account is None or not actions.is_open(account):
        raise InvalidInput({"email": N_("Akun dengan alamat ini sudah ditutup.")})
    return account


async def _send(account: Account, role: str) -> None:
    await codes.withdraw(account.email, Kind.INVITATION)
    token = await codes.make(Kind.INVITATION, account.email, account=account.id)
    await letters.invitation(account.email, account.name, role, token)
