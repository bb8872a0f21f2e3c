"""A forgotten password: a link to the mailbox, once, for half an hour. The second factor is still asked for afterwards."""

from backend import database
from backend.accounts import actions, codes, entering, letters, limits, oneself, passwords, sessions
from backend.accounts.codes import CodeOver, Kind
from backend.accounts.limits import Guess
from backend.accounts.tables import Account


async def ask(email: str, source: str) -> None:
    """Send the link; the same is done, and said, whether or not anybody has an account. Raises `InvalidInput`, `TooMany`."""
    address = entering.address_of(email)
    await limits.take(Guess.RESET_ASKED, source=source, account=address)
    async with database.transaction():
        account = await Account.objects().get(Account.email == address)
        await codes.withdraw(address, Kind.RESET)
        token = await codes.make(Kind.RESET, address, account=account.id if account else None)
        if account is None:
            await letters.nobody_here(address)
        elif not actions.is_open(account):
            await letters.closed(address)
        else:
            await letters.reset(address, token)


async def set_new(token: str, password: str, source: str) -> None:
    """The new password, by who holds the link; every session ends. Raises `CodeOver`, `InvalidInput`, `TooMany`."""
    taken = await limits.take(Guess.LINK, source=source)
    code = await codes.find(Kind.RESET, token)
    await limits.give_back(taken)
    password_hash = await passwords.hashed(password, email=code.email)
    async with database.transaction():
        await codes.use_up(Kind.RESET, token)
        account = await Account.objects().get(Account.email == code.email)
        if account is None or not actions.is_open(account):
            raise CodeOver
        await oneself.set_password(account.id, account.email, password_hash)
        await sessions.close_all(account.id)
