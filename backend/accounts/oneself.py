"""One's own account: what it says of one, and what one may change in it."""

from datetime import datetime
from uuid import UUID

import msgspec

from backend import database
from backend.accounts import actions, codes, letters, passwords, queries, recovery, sessions
from backend.accounts.actions import WrongPassword
from backend.accounts.codes import Kind
from backend.accounts.tables import Account
from backend.errors import InvalidInput, NotSignedIn
from backend.words import N_

LONGEST_NAME = 80


class WrongOldPassword(WrongPassword):
    """Whoever wants another password proves the one there is."""

    sentence = N_("Kata sandi lama tidak cocok.")


class Oneself(msgspec.Struct, frozen=True, kw_only=True):
    """An account as its owner sees it. `works_for_the_city`: by its roles of today, whether or not a second factor was shown."""

    name: str
    email: str
    mail_me: bool
    demo: bool
    has_password: bool
    works_for_the_city: bool
    second_factor_since: datetime | None
    recovery_codes_left: int


async def of(account_id: UUID) -> Oneself:
    """Raises `NotSignedIn` where the account is gone."""
    account = await Account.objects().get(Account.id == account_id)
    if account is None:
        raise NotSignedIn
    return Oneself(
        name=account.name,
        email=account.email,
        mail_me=account.mail_me,
        demo=account.demo,
        has_password=bool(account.password_hash),
        works_for_the_city=sessions.works_for_the_city(await queries.roles_of(account_id)),
        second_factor_since=account.totp_since,
        recovery_codes_left=await recovery.left(account_id),
    )


async def tell(account_id: UUID, name: str, *, mail_me: bool) -> None:
    """How one is called, and whether news come by mail too. Raises `InvalidInput`."""
    await Account.update({Account.name: called(name), Account.mail_me: mail_me}).where(Account.id == account_id)


async def change_password(account_id: UUID, old: str, new: str, *, source: str, here: str) -> None:
    """Another password, by who knows the old one; everywhere but `here` the account is out. Raises `WrongOldPassword`, `InvalidInput`, `TooMany`."""
    email = (await of(account_id)).email
    try:
        await actions.sign_in(email, old, source)
    except WrongPassword:
        raise WrongOldPassword from None
    password_hash = await passwords.hashed(new, email=email)
    async with database.transaction():
        await set_password(account_id, email, password_hash)
        await sessions.close_all(account_id, but=here)


async def set_password(account_id: UUID, email: str, password_hash: str) -> None:
    """In the caller's transaction. What was proved by the old one, or could be turned into another, counts no longer."""
    await Account.update({Account.password_hash: password_hash}).where(Account.id == account_id)
    await codes.withdraw(email, Kind.SECOND_FACTOR, Kind.RESET)
    await letters.password_changed(email)


def called(name: str) -> str:
    """A name as it is written: on one line. Raises `InvalidInput`."""
    words = " ".join(name.split())
    if not words:
        raise InvalidInput({"name": N_("Tuliskan nama Anda.")})
    if len(words) > LONGEST_NAME:
        raise InvalidInput({"name": N_("Nama ini terlalu panjang: paling banyak {longest} huruf.").format(longest=LONGEST_NAME)})
    return words
