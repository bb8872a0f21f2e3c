"""Opening and closing accounts, and proving who one is."""

from uuid import UUID

from backend import clock, database
from backend.accounts import limits, passwords, sessions
from backend.accounts.limits import Guess
from backend.accounts.tables import Account, Code
from backend.errors import DomainError, InvalidInput
from backend.settings import settings
from backend.words import N_


class WrongPassword(DomainError):
    """Email and password do not belong together, whichever of the two is wrong; or the account is closed."""

    code = "wrong_password"
    http_status = 401
    sentence = N_("Surel atau kata sandi tidak cocok. Periksa lagi, lalu coba sekali lagi.")
    permanent = False


async def create(name: str, email: str, password: str, *, demo: bool = False) -> Account:
    """Open an account; a role comes by a grant (`grants.give`, at the console `opening.at_the_console`)."""
    address = normal(email)
    if await Account.exists().where(Account.email == address):
        raise InvalidInput({"email": N_("Surel ini sudah dipakai akun lain.")})
    account = Account(
        id=database.new_id(),
        name=name.strip(),
        email=address,
        password_hash=await passwords.hashed(password, email=address),
        demo=demo,
        mail_me=not demo,  # nobody reads there
        created_at=clock.now(),
    )
    await Account.insert(account)
    return account


async def sign_in(email: str, password: str, source: str) -> Account:
    """The account of a right password. Else `WrongPassword`, or `TooMany` once guessing has gone on too long; time tells nothing."""
    address = normal(email)
    taken = await limits.take(Guess.SIGN_IN, source=source, account=address)
    account = await Account.objects().get(Account.email == address)
    usable = account if account is not None and is_open(account) else None
    right = await passwords.matches(usable.password_hash or None if usable else None, password)
    if usable is None or not right:
        raise WrongPassword
    await limits.give_back(taken)
    return usable


async def disable(account: UUID) -> None:
    """Close an account: it is out at once, everywhere."""
    async with database.transaction():
        await Account.update({Account.disabled_at: clock.now()}).where(Account.id == account, Account.disabled_at.is_null())
        await Code.delete().where(Code.account == account)
        await sessions.close_all(account)


def is_open(account: Account) -> bool:
    """Does the account let anybody in? In a city's real installation one to try the app with never does: its password is known."""
    return account.disabled_at is None and not (account.demo and settings().production)


def normal(email: str) -> str:
    """One spelling of an address."""
    return email.strip().lower()
