"""Opening and closing accounts, and proving who one is."""

from uuid import UUID

from backend import clock, database
from backend.accounts import limits, passwords, sessions
from backend.accounts.limits import Guess
from backend.accounts.tables import Account, Code, RoleGrant
from backend.actors.permissions import Role
from backend.errors import DomainError, InvalidInput
from backend.settings import settings
from backend.words import N_

IN_AN_AGENCY = frozenset({Role.OFFICER, Role.AGENCY_ADMIN})


class WrongPassword(DomainError):
    """Email and password do not belong together, whichever of the two is wrong; or the account is closed."""

    code = "wrong_password"
    http_status = 401
    sentence = N_("Surel atau kata sandi tidak cocok. Periksa lagi, lalu coba sekali lagi.")
    permanent = False


async def create(
    name: str,
    email: str,
    password: str,
    role: Role,
    agency: str | None = None,
    *,
    head: bool = False,
    demo: bool = False,
) -> Account:
    """Open an account with a role from today on. A citizen needs no grant."""
    address = normal(email)
    if (agency is not None) != (role in IN_AN_AGENCY):
        raise InvalidInput({"agency": "Petugas dan admin dinas bertugas di satu dinas, peran lain tidak."})
    if head and role != Role.AGENCY_ADMIN:
        raise InvalidInput({"head": "Hanya admin dinas yang dapat menjadi kepala."})
    if await Account.exists().where(Account.email == address):
        raise InvalidInput({"email": "Surel ini sudah dipakai akun lain."})
    now = clock.now()
    password_hash = await passwords.hashed(password, email=address)
    account = Account(
        id=database.new_id(),
        name=name.strip(),
        email=address,
        password_hash=password_hash,
        demo=demo,
        mail_me=not demo,  # nobody reads there
        created_at=now,
    )
    grant = RoleGrant(id=database.new_id(), account=account.id, role=role, agency=agency, head=head, valid_from=clock.day_of(now))
    async with database.transaction():
        await Account.insert(account)
        if role != Role.CITIZEN:
            await RoleGrant.insert(grant)
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
