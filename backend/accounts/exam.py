"""Accounts by which strangers try the house: every role, in three OPDs, each with its second factor set up. Never in production.

Passwords and seeds are made of the house's secret, so that each call tells the same ones; what the trials have changed of
them is made right again.
"""

import base64
import hmac
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from backend import clock, database
from backend.accounts import grants, opening, passwords, queries, seals
from backend.accounts.giving import Wish
from backend.accounts.opening import Asked
from backend.accounts.tables import Account
from backend.actors.permissions import Role
from backend.settings import settings

AGENCIES = ("DPUPRPKP", "DLH", "DISHUB")
DELEGATED = timedelta(days=365)
PASSWORD_BYTES, SEED_BYTES = 15, 20


class ExamAccount(msgspec.Struct, frozen=True, kw_only=True):
    """Who can be signed in as. `role` as the permission table has it; a delegate's is `secretary`, with the address of whom it acts for.

    `totp`: the seed of the second factor, base32; none for a citizen, who has none.
    """

    id: UUID
    name: str
    email: str
    password: str
    totp: str | None
    role: Role
    agency: str | None
    head: bool
    acts_for: str | None


async def seed() -> list[ExamAccount]:
    """Open those that are missing, and let the others in again; the agencies must be there."""
    people = _people()
    there = {row["email"]: row for row in await Account.select(*_OF_INTEREST).where(Account.email.is_in(list(people)))}
    return [await _let_in(name, email, asked, there.get(email)) for email, (name, asked) in people.items()]


_OF_INTEREST = (Account.id, Account.email, Account.password_hash, Account.totp_secret, Account.totp_since, Account.disabled_at)


def _people() -> dict[str, tuple[str, Asked]]:
    """By address: name and role. The secretary comes before the delegate."""
    until = clock.day_of(clock.now()) + DELEGATED
    city = {
        "citizen": ("Warga Satu", Asked(Role.CITIZEN)),
        "citizen2": ("Warga Dua", Asked(Role.CITIZEN)),
        "moderator": ("Moderator Satu", Asked(Role.MODERATOR)),
        "moderator2": ("Moderator Dua", Asked(Role.MODERATOR)),
        "manager": ("Manajer", Asked(Role.MANAGER)),
        "secretary": ("Sekda", Asked(Role.SECRETARY)),
        "delegate": ("Staf Sekda", Asked(Role.SECRETARY, until=until, acts_for=address("secretary"))),
        "mayor": ("Wali Kota", Asked(Role.MAYOR)),
    }
    for code in AGENCIES:
        city[f"head.{code.lower()}"] = (f"Kepala {code}", Asked(Role.AGENCY_ADMIN, code, head=True))
        city[f"admin.{code.lower()}"] = (f"Admin {code}", Asked(Role.AGENCY_ADMIN, code))
        city[f"officer.{code.lower()}"] = (f"Petugas {code}", Asked(Role.OFFICER, code))
    return {address(name): person for name, person in city.items()}


async def _let_in(name: str, email: str, asked: Asked, known: dict[str, Any] | None) -> ExamAccount:
    """Opened, or with password, second factor and role as they were told."""
    password = base64.b32encode(made(f"password {email}")[:PASSWORD_BYTES]).decode().lower()
    seed = None if asked.role == Role.CITIZEN else base64.b32encode(made(f"totp {email}")[:SEED_BYTES]).decode()
    account_id = known["id"] if known else await opening.at_the_console(name, email, password, asked)
    changes: dict[Any, Any] = {Account.mail_me: False, Account.disabled_at: None}  # nobody reads there
    if known and not await passwords.matches(known["password_hash"] or None, password):
        changes[Account.password_hash] = await passwords.hashed(password)
    if seed and (known is None or known["totp_since"] is None or seals.unseal(known["totp_secret"]) != seed):
        changes |= {Account.totp_secret: seals.seal(seed), Account.totp_since: clock.now(), Account.totp_step: 0}
    await Account.update(changes).where(Account.id == account_id)
    if asked.role not in await queries.roles_of(account_id):
        await _give_again(account_id, asked)
    return ExamAccount(
        id=account_id,
        name=name,
        email=email,
        password=password,
        totp=seed,
        role=asked.role,
        agency=asked.agency,
        head=asked.head,
        acts_for=asked.acts_for or None,
    )


async def _give_again(account_id: UUID, asked: Asked) -> None:
    acts_for = (await queries.by_email(asked.acts_for)).id if asked.acts_for else None
    today = clock.day_of(clock.now())
    wish = Wish(role=asked.role, agency=asked.agency, head=asked.head, valid_from=today, valid_until=asked.until, acts_for=acts_for)
    async with database.transaction():
        await grants.give(None, account_id, wish)


def made(what: str) -> bytes:
    """Bytes that only this house can make, the same each time."""
    return hmac.digest(settings().secret_key.encode(), f"exam\0{what}".encode(), "sha256")


def address(name: str) -> str:
    """Where nobody reads: `.test` is nobody's."""
    return f"{name}@ujian.test"
